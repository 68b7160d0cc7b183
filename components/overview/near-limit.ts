import type { UnsummedKey } from "@/lib/accounts/schema";
import { compareNames } from "@/lib/kernel/locale";
import { parseAmount } from "@/lib/kernel/money";

type Limit = UnsummedKey["limits"][number];
/** A key's window with at least four fifths of its limit used; held amounts count as spent. */
export type NearLimit = {
  id: string;
  name: string;
  window: Limit["window"];
  /** In minor units. */
  used: bigint;
  limit: bigint;
  /** Whole percent, rounded down: a hundred is only said when nothing is left. */
  percent: number;
  resetsAt: string | null;
};

const NEAR_PERCENT = 80n;

function nearOf(
  { id, name }: UnsummedKey,
  { window, limit, spent, held, resetsAt }: Limit,
  scale: number,
): NearLimit[] {
  if (limit === null) return [];
  const most = parseAmount(limit, scale);
  const used = parseAmount(spent, scale, { signed: true }) + parseAmount(held, scale);
  // A limit of nothing is reached by nothing.
  const percent = most === 0n ? 100n : (used * 100n) / most;
  return percent < NEAR_PERCENT ? [] : [{ id, name, window, used, limit: most, percent: Number(percent), resetsAt }];
}

/** Windows of keys that still work and are near their limit, the fullest first. */
export function nearLimits(keys: readonly UnsummedKey[], scale: number, now: Date): NearLimit[] {
  return keys
    .filter(
      ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now.getTime()),
    )
    .flatMap((key) => key.limits.flatMap((limit) => nearOf(key, limit, scale)))
    .sort((a, b) => b.percent - a.percent || compareNames(a.name, b.name));
}
