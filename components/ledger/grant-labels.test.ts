import { describe, expect, it } from "vitest";
import { readCatalogue } from "@/lib/catalogue/load";
import { sumEntries } from "./entry-sums";
import { expiryLabel, grantName } from "./grant-labels";
import { sumPrice } from "./price-sum";
import { entry, grantOf, plan, setting, topUp } from "./sample";
import { usedSentences } from "./used";

describe("the name of a grant", () => {
  it("follows kind, source and the day in the organization's zone", () => {
    // 23:00 UTC on 31 October is 1 November in Berlin.
    expect(grantName(plan, setting)).toBe("the plan credit of November");
    expect(grantName(topUp, setting)).toBe("the top-up of 3 November");
    expect(grantName(grantOf({ source: "auto_top_up" }), setting)).toBe("the auto top-up of 3 November");
    expect(grantName(grantOf({ source: "pack" }), setting)).toBe("the top-up of 3 November");
    expect(grantName(grantOf({ kind: "promotional", source: "signup" }), setting)).toBe("the welcome credit");
    expect(grantName(grantOf({ kind: "promotional", source: "first_call" }), setting)).toBe("the welcome credit");
    const humalike = { ...setting, promotional: "Initial allowance" };
    const first = grantOf({ kind: "promotional", source: "first_call" });
    expect(grantName(first, humalike)).toBe("the initial allowance");
    expect(grantName(grantOf({ kind: "promotional" }), setting)).toBe("the promotional credit of 3 November");
    expect(grantName(grantOf({ kind: "adjustment", source: "refund" }), setting)).toBe(
      "the refunded credit of 3 November",
    );
    expect(grantName(grantOf({ kind: "adjustment" }), setting)).toBe("the adjustment of 3 November");
  });

  it.each([
    { name: "apertis", bought: "account funds", plan: "subscription quota" },
    { name: "humalike", bought: "top-up", plan: undefined },
    { name: "persly", bought: "credits", plan: undefined },
    { name: "pleyor", bought: "credit pack", plan: "subscription credits" },
    { name: "token-packs", bought: "credit pack", plan: "monthly AI token quota" },
  ])("has the words of its catalogue: $name", async ({ name, bought, plan: quota }) => {
    const { labels } = await readCatalogue(name);
    const own = { ...setting, ...labels };
    for (const source of ["top_up", "pack"]) {
      expect(grantName(grantOf({ source }), own)).toBe(`the ${bought} of 3 November`);
    }
    if (quota) expect(grantName(plan, own)).toBe(`the ${quota} of November`);
  });

  it("carries the year when it is another one", () => {
    expect(grantName(grantOf({ createdAt: "2025-12-31T22:59:00Z" }), setting)).toBe("the top-up of 31 December 2025");
    expect(grantName({ ...plan, createdAt: "2025-12-31T23:00:00Z" }, setting)).toBe("the plan credit of January");
  });

  it("says until when it can be used", () => {
    expect(expiryLabel(plan, setting)).toBe("Usable until 1 December");
    expect(expiryLabel(topUp, setting)).toBe("Does not expire");
  });
});

describe("the sentence on the credit of a call", () => {
  it("names every grant with its exact part", () => {
    const entries = [entry("usage", "0.193"), entry("grant", "-0.1", plan), entry("grant", "-0.093", topUp)];
    expect(usedSentences(entries, setting)).toEqual([
      "This charge used $0.10 of the plan credit of November and $0.093 of the top-up of 3 November.",
    ]);
  });

  it("says what became debt", () => {
    expect(usedSentences([entry("grant", "-0.1", plan), entry("debt", "-0.02")], setting)).toEqual([
      "This charge used $0.10 of the plan credit of November.",
      "$0.02 became debt because the call cost more than the credit left.",
    ]);
    expect(usedSentences([entry("debt", "-0.02")], setting)).toEqual([
      "No credit was left, so the full $0.02 became debt.",
    ]);
    expect(usedSentences([], setting)).toEqual([]);
  });

  it("adds up entries of one grant and keeps debt made apart from debt paid", () => {
    const sums = sumEntries(
      [entry("grant", "-0.1", plan), entry("grant", "-0.000000001", plan), entry("debt", "0.5"), entry("debt", "-0.2")],
      9,
    );
    expect(sums).toEqual({
      gained: [],
      lost: [{ grant: plan, amount: "0.100000001" }],
      becameDebt: "0.2",
      paidDebt: "0.5",
    });
  });
});

describe("the sum of a price", () => {
  const line = (amount: string) => ({ meter: "page", quantity: 1, unitAmount: amount, per: 1, amount });
  const lines = [line("0.05"), line("0.03")];

  it("is its lines, unless something was taken off", () => {
    expect(sumPrice({ lines }, 9)).toEqual({ standard: "0.08", discount: null, waived: null, cost: "0.08" });
  });

  it("explains the plan's discount and what was waived", () => {
    expect(sumPrice({ lines, cost: "0.06", waived: "0.004", discountPercent: 20 }, 9)).toEqual({
      standard: "0.08",
      discount: "0.016",
      waived: "0.004",
      cost: "0.06",
    });
  });

  it("shows a refund's cost as the call's", () => {
    expect(sumPrice({ lines, cost: "-0.08", waived: "0" }, 9).cost).toBe("0.08");
  });
});
