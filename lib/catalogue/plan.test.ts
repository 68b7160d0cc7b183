import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parseCatalogue } from "./load";
import { planCatalogue } from "./plan";

const text = await readFile("catalogues/apertis.yaml", "utf8");
const live = parseCatalogue(text, "live.yaml");

function changesOf(...edits: [part: string, by: string][]) {
  const next = edits.reduce((source, [part, by]) => {
    if (!source.includes(part)) throw new Error(`the preset has no ${part}`);
    return source.replace(part, by);
  }, text);
  return planCatalogue(live, parseCatalogue(next, "next.yaml"));
}

describe("planCatalogue", () => {
  it("finds nothing between equals", () => {
    expect(changesOf()).toEqual([]);
    expect(changesOf(["# From `catalogue import", "# Taken from `catalogue import"])).toEqual([]);
  });

  it("shows a changed rate with its percent, also over another unit size", () => {
    const changed = { area: "price", kind: "changed", name: "chat gpt-4o", what: "input_token" };
    expect(changesOf(['"2.5", per: 1000000', '"3", per: 1000000'])).toEqual([
      { ...changed, from: "2.5 per 1000000", to: "3 per 1000000", percent: "+20%" },
    ]);
    expect(changesOf(['"2.5", per: 1000000', '"0.002", per: 1000'])).toEqual([
      { ...changed, from: "2.5 per 1000000", to: "0.002 per 1000", percent: "-20%" },
    ]);
  });

  it("shows added and removed models, plans and levels", () => {
    expect(changesOf(["model: gpt-4.1", "model: gpt-5"])).toMatchObject([
      { kind: "removed", name: "chat gpt-4.1" },
      { kind: "added", name: "chat gpt-5" },
    ]);
    expect(changesOf(["id: basic", "id: entry"])).toMatchObject([
      { area: "plan", kind: "removed", name: "basic" },
      { area: "plan", kind: "added", name: "entry" },
    ]);
  });

  it("shows what changes in plans, levels and settings", () => {
    expect(changesOf(["discountPercent: 20", "discountPercent: 25"])).toMatchObject([
      { area: "plan", name: "pro", what: "discount", from: "20%", to: "25%" },
    ]);
    expect(changesOf(['above: "20.00"', 'from: "20.00"'])).toMatchObject([
      { area: "level", name: "normal", what: "bound", from: "above 20 USD", to: "from 20 USD" },
    ]);
    expect(changesOf(["settlement: capped", "settlement: actual"])).toMatchObject([
      { area: "setting", what: "settlement", from: "capped", to: "actual" },
    ]);
  });

  it.each([
    ["another scale", "code: USD, kind: currency, scale: 9", "code: USD, kind: currency, scale: 8", "the unit cannot"],
    ["another unit", "code: USD, kind: currency", "code: EUR, kind: currency", "the unit cannot change from USD"],
    ["another currency", "payment: { currency: USD", "payment: { currency: EUR", "the payment currency cannot change"],
  ])("refuses %s", (_, part, by, words) => {
    expect(() => changesOf([part, by])).toThrow(words);
  });
});
