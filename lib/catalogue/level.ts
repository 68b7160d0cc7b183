import { floorSignificant } from "@/lib/kernel/money";
import type { Catalogue, LevelName } from "./compiled";

/** The level of a balance by what is available, with the catalogue's advice for it. */
export function levelOf(catalogue: Catalogue, available: bigint): { name: LevelName; advice: string } {
  for (const { name, bound, inclusive, advice } of catalogue.levels) {
    if (bound === null || available > bound || (inclusive && available === bound)) return { name, advice };
  }
  throw new RangeError("a catalogue's last level has no bound");
}

const SIGNIFICANT_DIGITS = 2;

/** What a balance buys at base price: the exact number of calls, and the same floored to two significant digits. */
export function whatBuys(
  catalogue: Catalogue,
  available: bigint,
): { label: string; exact: bigint; about: string; rest: bigint }[] {
  const spendable = available > 0n ? available : 0n;
  return catalogue.baseline.map(({ label, cost }) => {
    const exact = spendable / cost;
    return { label, exact, about: floorSignificant(exact, SIGNIFICANT_DIGITS).toString(), rest: spendable % cost };
  });
}
