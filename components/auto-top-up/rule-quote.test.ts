import { expect, it } from "vitest";
import type { AutoTopUpOffer } from "@/lib/topup/schema";
import { presetLabels, quoteOf } from "./rule-quote";

const dollar = { code: "USD", kind: "currency", scale: 9, symbol: "$", singular: "dollar", plural: "dollars" } as const;
const byAmount: AutoTopUpOffer = {
  by: "amount",
  currency: { code: "USD", digits: 2, symbol: "$" },
  least: "5.00",
  most: "10000.00",
  packs: [],
  presets: [{ name: "Regular", threshold: "20", amount: "50.00", pack: null }],
  monthlyCap: null,
  paidPlansOnly: false,
};
const packs = [{ id: "standard", name: "Standard", price: "10.00", credit: "2500000", note: null }];
const byPack: AutoTopUpOffer = { ...byAmount, by: "pack", packs, currency: { code: "EUR", digits: 2, symbol: "€" } };
const rule = { threshold: "20", amount: "50", pack: "", card: "", cap: "150" };

it("the words of a rule say what a typed rule will do, and whether it starts at once", () => {
  const quote = { threshold: "$20.00", price: "$50.00", pack: null, cap: "$150.00" };
  expect(quoteOf(rule, byAmount, "20", dollar)).toEqual({ ...quote, now: false });
  expect(quoteOf(rule, byAmount, "19.999999999", dollar)).toEqual({ ...quote, now: true });
  expect(quoteOf({ ...rule, cap: " " }, byAmount, "-3", dollar)).toMatchObject({ cap: null, now: true });
  // Of a limit of $150.00 there must be $50.00 left.
  expect(quoteOf(rule, byAmount, "-3", dollar, 10_000n)).toMatchObject({ now: true });
  expect(quoteOf(rule, byAmount, "-3", dollar, 10_001n)).toMatchObject({ now: false });
});

it("the words of a rule take a pack's price from the catalogue", () => {
  const chosen = { ...rule, amount: "1", pack: "standard" };
  expect(quoteOf(chosen, byPack, "20", dollar)).toMatchObject({ price: "€10.00", pack: "Standard" });
});

it("the words of a rule say nothing of an incomplete one", () => {
  for (const part of [{ threshold: "" }, { amount: "x" }, { amount: "1.001" }, { cap: "-1" }]) {
    expect(quoteOf({ ...rule, ...part }, byAmount, "20", dollar)).toBeUndefined();
  }
  expect(quoteOf({ ...rule, pack: "gone" }, byPack, "20", dollar)).toBeUndefined();
});

it("the words of a rule name a preset by what it buys", () => {
  const [preset] = byAmount.presets;
  if (preset) expect(presetLabels(preset, byAmount, dollar)).toEqual({ what: "$50.00", threshold: "$20.00" });
});
