import { describe, expect, it } from "vitest";
import { packRate, type Shop } from "./offers";

const payment = { currency: "EUR", digits: 2, symbol: "€" };
const tokens = { code: "tokens", kind: "tokens", scale: 3, symbol: "", singular: "token", plural: "tokens" } as const;
const pack = (credit: string, price: string): Shop["packs"][number] => ({
  ...{ id: credit, name: credit, note: null, popular: false },
  ...{ credit, price },
});

describe("packRate", () => {
  it("packRate prices a round number of units, which falls from pack to pack", () => {
    const packs = [pack("1000000", "500"), pack("2500000", "1000"), pack("7000000", "2500"), pack("15000000", "5000")];
    const rates = packs.map((one) => packRate(one, { payment, topUp: null, packs }, tokens));
    expect(rates.map(({ price }) => price)).toEqual(["€5.00", "€4.00", "€3.57", "€3.33"]);
    expect(new Set(rates.map(({ units }) => units))).toEqual(new Set(["1 M tokens"]));
  });

  it("takes the largest power of ten that the smallest pack holds", () => {
    const credits = {
      ...tokens,
      code: "credits",
      kind: "credits",
      scale: 6,
      singular: "credit",
      plural: "credits",
    } as const;
    const packs = [pack("500", "600"), pack("10000", "10000")];
    const shop = { payment, topUp: null, packs };
    expect(packs.map((one) => packRate(one, shop, credits))).toEqual([
      { price: "€1.20", units: "100 credits" },
      { price: "€1.00", units: "100 credits" },
    ]);
  });
});
