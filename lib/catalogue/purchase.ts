/** "What $5 buys": a round amount that the catalogue itself names, and how much of each price it pays for. */
import { creditOf, formatMinor } from "@/lib/kernel/minor-units";
import type { Catalogue, Component } from "./compiled";

/** `price` is payment money as a decimal; null for credit that is given. `name` is the pack's. */
export type Purchase = {
  from: "signup" | "topUp" | "pack";
  credit: bigint;
  price: string | null;
  name: string | null;
};

/** The sign-up credit where there is one, else the smallest top-up or pack; null where nothing is given or sold. */
export function examplePurchase({ signup, topUp, packs, payment }: Catalogue): Purchase | null {
  if (signup.when !== "never") return { from: "signup", credit: signup.amount, price: null, name: null };
  const { digits } = payment;
  if (topUp) {
    const credit = creditOf(topUp.minimumMinor, topUp.creditPerPayment, digits);
    return { from: "topUp", credit, price: formatMinor(topUp.minimumMinor, digits), name: null };
  }
  const [first, ...others] = packs;
  if (!first) return null;
  const pack = others.reduce((least, one) => (one.credit < least.credit ? one : least), first);
  return { from: "pack", credit: pack.credit, price: formatMinor(pack.priceMinor, digits), name: pack.name };
}

/** The most of the component's meter that the credit pays for, where nothing else is charged; null where it is free. */
export function mostFor(credit: bigint, { amount, per }: Pick<Component, "amount" | "per">): bigint | null {
  return amount === 0n ? null : (credit * per) / amount;
}
