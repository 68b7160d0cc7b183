/** Pure: which mail a balance asks for after what was told before. docs/adr/0046-alerts-follow-the-level-that-calls-see.md */
import type { LevelName } from "@/lib/catalogue/schema";

/** The rule, and what the mails told last. */
export type AlertState = {
  levelMails: boolean;
  /** Minor units of the unit. */
  threshold: bigint | null;
  /** Only a worse level than this is told. */
  told: LevelName;
  /** The balance was found below the threshold and has not recovered. */
  below: boolean;
  waitingSince: Date | null;
  dueAt: Date | null;
};

export type Seen = {
  level: LevelName;
  /** The level whose bound is exceeded by at least a tenth. */
  steady: LevelName;
  /** Minor units. */
  spendable: bigint;
  /** A charge of auto top-up is due or in flight. */
  charging: boolean;
  /** The organization has paid for a call. */
  spent: boolean;
};

export type AlertKind = "level" | "threshold";
export type AlertPlan = { next: AlertState; mail: AlertKind | null };

export const FIRST_STATE: AlertState = {
  levelMails: true,
  threshold: null,
  told: "normal",
  below: false,
  waitingSince: null,
  dueAt: null,
};

/** How long a mail waits for a charge that may mend the balance. */
const PATIENCE_MS = 120_000;
const RANK: Record<LevelName, number> = { normal: 0, low: 1, warning: 2, critical: 3 };
const worse = (one: LevelName, other: LevelName) => RANK[one] > RANK[other];

/** What is still told: a level, or a threshold, is armed again a tenth above its bound. */
function rearmed({ told, below, threshold }: AlertState, { steady, spendable }: Seen) {
  return {
    told: worse(told, steady) ? steady : told,
    below: below && threshold !== null && spendable * 10n < threshold * 11n,
  };
}

/** The state after this look, and the one mail that it sends: a level's comes before the threshold's. */
export function planAlert(state: AlertState, seen: Seen, now: Date): AlertPlan {
  const { levelMails, threshold, waitingSince } = state;
  const isBelow = threshold !== null && seen.spendable < threshold;
  const idle = { levelMails, threshold, waitingSince: null, dueAt: null };
  // Who has spent nothing yet has lost nothing: what they begin with is no alarm.
  if (!seen.spent) return { next: { ...idle, told: seen.level, below: isBelow }, mail: null };
  const { told, below } = rearmed(state, seen);
  const fell = worse(seen.level, told);
  const crossed = isBelow && !below;
  const mail = fell && levelMails ? "level" : crossed ? "threshold" : null;
  const since = waitingSince ?? now;
  if (mail && seen.charging && now.getTime() - since.getTime() < PATIENCE_MS) {
    return { next: { levelMails, threshold, told, below, waitingSince: since, dueAt: since }, mail: null };
  }
  return { next: { ...idle, told: fell ? seen.level : told, below: below || crossed }, mail };
}
