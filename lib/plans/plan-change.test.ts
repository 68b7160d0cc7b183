import { describe, expect, it } from "vitest";
import type { Plan } from "./plan-catalogue";
import { changeKind, creditStart, upgradeCredit } from "./plan-change";
import type { RunningPlan } from "./plan-read-store";

const plan = (
  id: string,
  monthlyMinor: bigint,
  yearlyMinor: bigint | null = monthlyMinor * 10n,
  free = false,
): Plan => ({
  ...{
    id,
    name: id,
    allowance: monthlyMinor,
    free,
    monthlyMinor,
    yearlyMinor,
    discountPercent: 0,
    limits: {},
    note: null,
  },
});
const basic = plan("basic", 2_000n);
const pro = plan("pro", 5_000n);
const running = (own: Partial<RunningPlan> = {}): RunningPlan => ({
  ...{ plan: "basic", version: 1, allowance: 100n, free: false, interval: "month", providerId: "sub_1", cycle: 4 },
  ...{ paidCycles: 5, cycleStart: new Date("2026-01-01T00:00:00Z"), cycleEnd: new Date("2026-02-01T00:00:00Z") },
  ...{ paidUntil: new Date("2026-02-01T00:00:00Z"), endsAt: null, pastDueSince: null, nextPlan: null },
  ...{ suspended: false, refunded: false },
  ...own,
});
const now = new Date();

describe("a change of plan", () => {
  it.each([
    ["upgrade", running(), basic, pro, "month"],
    ["downgrade", running({ plan: "pro" }), pro, basic, "month"],
    ["restart", running(), basic, basic, "year"],
    ["restart", running(), basic, pro, "year"],
    ["upgrade", running({ interval: "year" }), basic, pro, "year"],
    ["keep", running({ nextPlan: "pro" }), basic, basic, "month"],
    // The operator has removed the plan that runs.
    ["upgrade", running(), undefined, pro, "month"],
  ] as const)("is %s", (kind, from, current, to, interval) => {
    expect(changeKind(from, current, { plan: to, interval })).toBe(kind);
  });

  it.each([
    [/paid year is still active/, running({ interval: "year" }), pro, "month"],
    [/already have this plan/, running(), basic, "month"],
    [/Resume it first/, running({ endsAt: now }), pro, "month"],
    [/Pay it first/, running({ pastDueSince: now }), pro, "month"],
    [/Cancel the plan/, running(), plan("free", 0n, null, true), "month"],
    [/or of a larger one/, running({ plan: "pro" }), basic, "year"],
  ] as const)("is refused with what to do instead: %s", (words, from, to, interval) => {
    const current = from.plan === "pro" ? pro : basic;
    expect(() => changeKind(from, current, { plan: to, interval })).toThrow(words);
  });
});

describe("the credit of an upgrade", () => {
  const at = (text: string) => new Date(`2026-01-${text}Z`);

  it.each([
    ["01T00:00:00", 200n],
    ["16T12:00:00", 100n],
    ["31T23:59:59", 0n],
  ])("is its share of the rest, rounded half up: at %s of January", (text, added) => {
    expect(upgradeCredit(running(), 300n, at(text))).toEqual({ now: added, all: added });
  });

  it("never exceeds the cycle's bounds, and is never negative", () => {
    expect(upgradeCredit(running(), 300n, new Date("2025-12-31T00:00:00Z")).now).toBe(200n);
    expect(upgradeCredit(running(), 300n, new Date("2026-02-02T00:00:00Z")).now).toBe(0n);
    expect(upgradeCredit(running(), 40n, at("16T12:00:00"))).toEqual({ now: 0n, all: 0n });
  });

  it("counts the cycles that are paid and still to come whole", () => {
    expect(upgradeCredit(running({ paidCycles: 12 }), 300n, at("16T12:00:00"))).toEqual({ now: 100n, all: 1500n });
  });
});

describe("the credited rest of a period", () => {
  const period = { start: new Date("2026-01-01T00:00:00Z"), end: new Date("2026-01-31T00:00:00Z") };
  const day = (number: number) => new Date(`2026-01-${number.toString().padStart(2, "0")}T00:00:00Z`);

  it.each([
    ["its time, while the allowance is not used", 100n, day(11), day(11)],
    ["the share of the allowance that is left, where that is smaller", 30n, day(2), day(22)],
    ["nothing of an allowance that is used up", 0n, day(2), new Date(period.end.getTime() - 1_000)],
    ["its time, where more is left than the time's share", 90n, day(11), day(11)],
  ])("is %s", (_, left, at, from) => {
    expect(creditStart(period, { given: 100n, left }, at)).toEqual(from);
  });

  it("is its time where the plan has no allowance", () => {
    expect(creditStart(period, { given: 0n, left: 0n }, day(3))).toEqual(day(3));
  });
});
