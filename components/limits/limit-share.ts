import type { Key } from "@/lib/accounts/schema";
import { formatAmount, parseAmount } from "@/lib/kernel/money";

export type Limit = Key["limits"][number];
export type Fullness = "open" | "near" | "reached";

const NEAR_PERCENT = 80n;
const STEPS = 1_000n;

/**
 * What counts towards a limit (spent and reserved), how much of it that is and how much of it is spent (0 … 1), and
 * whether it is nearly all.
 */
export function limitShare({ limit, spent, held }: Limit, scale: number) {
  if (limit === null) return null;
  const most = parseAmount(limit, scale);
  const gone = parseAmount(spent, scale);
  const used = gone + parseAmount(held, scale);
  const shareOf = (amount: bigint) => (amount >= most ? 1 : Number((amount * STEPS) / most) / Number(STEPS));
  const full = used >= most;
  const near = used * 100n >= most * NEAR_PERCENT;
  const fullness: Fullness = full ? "reached" : near ? "near" : "open";
  return { used: formatAmount(used, scale), share: shareOf(used), spentShare: shareOf(gone), fullness };
}
