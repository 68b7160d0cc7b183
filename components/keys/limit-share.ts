import type { Key } from "@/lib/accounts/schema";
import { formatAmount, parseAmount } from "@/lib/kernel/money";

export type Limit = Key["limits"][number];
export type Fullness = "open" | "near" | "reached";

const NEAR_PERCENT = 80n;
const STEPS = 1_000n;

/** What counts towards a limit (spent and reserved), how much of it that is (0 … 1), and whether it is nearly all. */
export function limitShare({ limit, spent, held }: Limit, scale: number) {
  if (limit === null) return null;
  const most = parseAmount(limit, scale);
  const used = parseAmount(spent, scale) + parseAmount(held, scale);
  const full = used >= most;
  const near = used * 100n >= most * NEAR_PERCENT;
  const fullness: Fullness = full ? "reached" : near ? "near" : "open";
  return { used: formatAmount(used, scale), share: full ? 1 : Number((used * STEPS) / most) / Number(STEPS), fullness };
}
