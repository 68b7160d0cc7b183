import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { TransactionDetail } from "@/lib/ledger/schema";

export type Entry = TransactionDetail["entries"][number];
export type GrantFacts = NonNullable<Entry["grant"]>;
/** How much one grant gained or lost, as a positive decimal. */
export type Part = { amount: string; grant: GrantFacts };
export type EntrySums = {
  gained: Part[];
  lost: Part[];
  /** The amount that became debt, and the amount of debt that was paid; null is none. */
  becameDebt: string | null;
  paidDebt: string | null;
};

function sumsByGrant(entries: readonly Entry[], scale: number, sign: 1n | -1n): Part[] {
  const sums = new Map<string, { grant: GrantFacts; sum: bigint }>();
  for (const { grant, amount } of entries) {
    const steps = parseAmount(amount, scale, { signed: true }) * sign;
    if (!grant || steps <= 0n) continue;
    const known = sums.get(grant.id);
    if (known) known.sum += steps;
    else sums.set(grant.id, { grant, sum: steps });
  }
  return [...sums.values()].map(({ grant, sum }) => ({ grant, amount: formatAmount(sum, scale) }));
}

/** The changes of each grant and of the debt by a transaction's entries, in their order. */
export function sumEntries(entries: readonly Entry[], scale: number): EntrySums {
  let made = 0n;
  let paid = 0n;
  for (const { account, amount } of entries) {
    if (account !== "debt") continue;
    const steps = parseAmount(amount, scale, { signed: true });
    if (steps < 0n) made -= steps;
    else paid += steps;
  }
  return {
    gained: sumsByGrant(entries, scale, 1n),
    lost: sumsByGrant(entries, scale, -1n),
    becameDebt: made === 0n ? null : formatAmount(made, scale),
    paidDebt: paid === 0n ? null : formatAmount(paid, scale),
  };
}
