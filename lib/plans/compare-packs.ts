import type { Plan } from "@/lib/catalogue/schema";

/** A cycle's purchases besides the plan: money in minor units, credit in minor units of the unit. */
export type Bought = { paid: bigint; credit: bigint };
export type PackComparison = {
  plan: Plan;
  /** A cycle's average, in minor units. */
  packs: bigint;
  /** What the larger plan costs more each month, in minor units, and what it includes more. */
  more: bigint;
  extra: bigint;
  /** What the larger plan saves each month: it replaces purchases as far as what it pays more. Negative if it costs more. */
  saves: bigint;
};

/** The usage at standard prices that the allowance pays for, which a discount makes larger. */
function worth({ allowance, discountPercent }: Plan): bigint {
  return (allowance * 100n) / BigInt(100 - discountPercent);
}

/** The next larger plan that is sold by the month. */
function nextPlan(plans: readonly Plan[], current: Plan): Plan | undefined {
  const larger = plans.filter(({ free, allowance }) => !free && allowance > current.allowance);
  return larger.sort((a, b) => Number(a.allowance - b.allowance))[0];
}

/**
 * Compares the credit bought in past cycles with the next larger plan. Undefined if a cycle had no purchase, or there is
 * no larger plan. Source: docs/seeds/token-packs.md, "Upgrade if consistent".
 */
export function comparePacks(
  plans: readonly Plan[],
  current: Plan,
  cycles: readonly Bought[],
): PackComparison | undefined {
  const plan = nextPlan(plans, current);
  if (!plan || cycles.length === 0 || cycles.some(({ paid }) => paid === 0n)) return undefined;
  const count = BigInt(cycles.length);
  const packs = cycles.reduce((sum, { paid }) => sum + paid, 0n) / count;
  const credit = cycles.reduce((sum, one) => sum + one.credit, 0n) / count;
  const extra = plan.allowance - current.allowance;
  const replaces = worth(plan) - worth(current);
  const more = plan.monthlyMinor - current.monthlyMinor;
  const replaced = credit > replaces ? (packs * replaces) / credit : packs;
  return { plan, packs, more, extra, saves: replaced - more };
}
