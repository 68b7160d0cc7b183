import { floorSignificant } from "@/lib/kernel/money";
import type { Catalogue, LevelName } from "./compiled";

/**
 * The level of what calls can be paid from, with the catalogue's advice for it. With a running plan a level also takes
 * in those of whose allowance at least its share is `left`, so the milder of the two counts.
 */
export function levelOf(
  catalogue: Catalogue,
  payable: bigint,
  plan: { left: bigint; allowance: bigint } | null = null,
): { name: LevelName; advice: string } {
  for (const { name, bound, inclusive, sharePercent, advice } of catalogue.levels) {
    if (bound === null || payable > bound || (inclusive && payable === bound)) return { name, advice };
    if (sharePercent === null || plan === null || plan.allowance === 0n) continue;
    if (plan.left * 100n >= plan.allowance * sharePercent) return { name, advice };
  }
  throw new RangeError("a catalogue's last level has no bound");
}

const SIGNIFICANT_DIGITS = 2;

/** The number of calls that a balance buys at base price: exact, and floored to two significant digits. */
export function whatBuys(
  catalogue: Catalogue,
  available: bigint,
): { label: string; exact: bigint; about: string; rest: bigint }[] {
  const spendable = available > 0n ? available : 0n;
  return catalogue.baseline.map(({ label: many, singular, cost }) => {
    const exact = spendable / cost;
    const label = exact === 1n ? singular : many;
    return { label, exact, about: floorSignificant(exact, SIGNIFICANT_DIGITS).toString(), rest: spendable % cost };
  });
}
