/** The price and the credit of a purchase, at the live catalogue's prices. Pure. */
import type { CatalogueVersion } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { creditOf, formatMinor, type Money, parseMinor } from "@/lib/kernel/minor-units";

export type Bought = Money & { credit: bigint; description: string; pack: string | null; catalogueVersion: number };
type Sold = Pick<CatalogueVersion, "catalogue" | "version">;

function refuse(message: string, field = "amount"): never {
  throw new TollgateError("validation_failed", message, { field });
}

function byAmount({ catalogue, version }: Sold, text: string): Bought {
  const { payment, topUp, labels } = catalogue;
  const { currency, digits, step, symbol } = payment;
  if (!topUp) return refuse("Credit is sold in packs. Choose one.", "pack");
  const money = (minor: bigint) => `${symbol}${formatMinor(minor, digits)}`;
  const example = formatMinor(topUp.minimumMinor, digits);
  const amount = /^[0-9]+(?:\.[0-9]+)?$/.test(text) ? parseMinorOr(text, digits) : undefined;
  if (amount === undefined || amount % BigInt(step) !== 0n) return refuse(`Write an amount such as ${example}.`);
  if (amount < topUp.minimumMinor) refuse(`The least is ${money(topUp.minimumMinor)}.`);
  if (amount > topUp.maximumMinor) refuse(`The maximum is ${money(topUp.maximumMinor)}.`);
  const credit = creditOf(amount, topUp.creditPerPayment, digits);
  const description = `${labels.bought}: ${money(amount)}`;
  return { amount, currency, credit, description, pack: null, catalogueVersion: version };
}

function parseMinorOr(text: string, digits: number): bigint | undefined {
  try {
    return parseMinor(text.replace(/^0+(?=\d)/, ""), digits);
  } catch {
    return undefined;
  }
}

function byPack({ catalogue, version }: Sold, id: string): Bought {
  const pack = catalogue.packs.find((one) => one.id === id);
  if (!pack) return refuse("This pack is no longer sold. Choose another pack.", "pack");
  const { priceMinor: amount, credit, name } = pack;
  const description = `${catalogue.labels.bought}: ${name}`;
  const { currency } = catalogue.payment;
  return { amount, currency, credit, description, pack: id, catalogueVersion: version };
}

/** Errors: validation_failed, with what is sold instead. */
export function priceTopUp(
  sold: Sold,
  { amount, pack }: { amount?: string | undefined; pack?: string | undefined },
): Bought {
  return pack === undefined ? byAmount(sold, amount ?? "") : byPack(sold, pack);
}
