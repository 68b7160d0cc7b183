import { describe, expect, it } from "vitest";
import type { Plan } from "@/lib/catalogue/schema";
import { comparePacks } from "./compare-packs";

const plan = (id: string, allowance: bigint, monthlyMinor: bigint) =>
  ({ id, allowance, monthlyMinor, free: monthlyMinor === 0n, discountPercent: 0 }) as Plan;
const free = plan("free", 50n, 0n);
const team = plan("team", 2_000n, 900n);
const business = plan("business", 10_000n, 2_900n);
const plans = [free, team, business];

describe("comparePacks", () => {
  it("says what the next plan saves where packs cost more each month", () => {
    const cycles = [
      { paid: 2_500n, credit: 7_000n },
      { paid: 2_500n, credit: 7_000n },
      { paid: 3_100n, credit: 8_000n },
    ];
    expect(comparePacks(plans, team, cycles)).toEqual({
      ...{ plan: business, packs: 2_700n, more: 2_000n, extra: 8_000n, saves: 700n },
    });
  });

  it("says what the next plan costs more where packs are cheaper", () => {
    const cycles = Array(3).fill({ paid: 1_000n, credit: 2_500n });
    expect(comparePacks(plans, team, cycles)).toMatchObject({ packs: 1_000n, saves: -1_000n });
  });

  it("counts only the purchases that the larger allowance replaces", () => {
    const cycles = Array(3).fill({ paid: 5_000n, credit: 16_000n });
    expect(comparePacks(plans, team, cycles)).toMatchObject({ saves: 500n });
  });

  it("counts the discount of the larger plan, whose allowance pays for more", () => {
    // 10,000 at 20 % off pay for 12,500 of usage, 2,000 for 2,000: the plan replaces 10,500 of the 16,000 bought.
    const cycles = Array(3).fill({ paid: 16_000n, credit: 16_000n });
    const discounted = { ...business, discountPercent: 20 };
    expect(comparePacks([free, team, discounted], team, cycles)).toMatchObject({ saves: 8_500n, extra: 8_000n });
  });

  it("says nothing after a cycle without a purchase, and of the largest plan", () => {
    const cycles = Array(3).fill({ paid: 5_000n, credit: 16_000n });
    expect(comparePacks(plans, team, [...cycles.slice(1), { paid: 0n, credit: 0n }])).toBeUndefined();
    expect(comparePacks(plans, business, cycles)).toBeUndefined();
    expect(comparePacks(plans, team, [])).toBeUndefined();
  });
});
