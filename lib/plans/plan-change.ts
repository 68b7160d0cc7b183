/** The kind, credit and dates of a change of the running plan. Pure; amounts are bigint minor units. */
import { TollgateError } from "@/lib/kernel/errors";
import { multiplyDivide } from "@/lib/kernel/money";
import { cyclesOf, type Plan } from "./plan-catalogue";
import type { Allowance, RunningPlan } from "./plan-read-store";
import type { ChangeKind, Interval } from "./schema";

type TargetPlan = { plan: Plan; interval: Interval };

const refuse = (message: string) => new TollgateError("conflict", message);
const priceFor = (plan: Plan, interval: Interval) =>
  (interval === "year" ? plan.yearlyMinor : plan.monthlyMinor) ?? plan.monthlyMinor;

/**
 * `current` is the running plan in the live catalogue; undefined if the operator has removed it.
 * Errors: conflict, with what to do instead.
 */
export function changeKind(
  running: RunningPlan,
  current: Plan | undefined,
  { plan, interval }: TargetPlan,
): ChangeKind {
  const price = (of: Plan) => priceFor(of, interval);
  if (running.endsAt) throw refuse("The plan is canceled. Resume it first, then change it.");
  if (running.pastDueSince) throw refuse("An invoice is unpaid. Pay it first, then change the plan.");
  if (plan.free) throw refuse("Cancel the plan. The free plan starts when the paid period ends.");
  if (running.interval === "year" && interval === "month") {
    throw refuse("The paid year is still active. Cancel the plan, then subscribe monthly when the year ends.");
  }
  const grows = !current || price(plan) > price(current);
  if (running.interval !== interval) {
    if (plan.id !== running.plan && !grows) throw refuse("Choose the yearly price of this plan, or of a larger one.");
    return "restart";
  }
  if (plan.id === running.plan) {
    if (running.nextPlan) return "keep";
    throw refuse("You already have this plan.");
  }
  return grows ? "upgrade" : "downgrade";
}

/**
 * The credit of an upgrade: `now` for the rest of the running cycle, `all` with the later cycles that are paid.
 */
export function upgradeCredit(
  { allowance, cycle, paidCycles, cycleStart, cycleEnd }: RunningPlan,
  next: bigint,
  at: Date,
): { now: bigint; all: bigint } {
  const difference = next > allowance ? next - allowance : 0n;
  const length = BigInt(cycleEnd.getTime() - cycleStart.getTime());
  const left = BigInt(Math.max(0, cycleEnd.getTime() - at.getTime()));
  const now = multiplyDivide(difference, left < length ? left : length, length);
  return { now, all: now + difference * BigInt(Math.max(0, paidCycles - cycle - 1)) };
}

const SECOND_MS = 1_000;

/**
 * The moment from which the provider credits the rest of a paid period: its share of time, at most the share of its
 * allowance that is left. A later moment credits less; one second before the end credits nothing.
 */
export function creditStart(period: { start: Date; end: Date }, { given, left }: Allowance, at: Date): Date {
  const end = period.end.getTime();
  const length = BigInt(end - period.start.getTime());
  const rest = given > 0n ? Number((length * (left > 0n ? left : 0n)) / given) : Number(length);
  const start = Math.max(at.getTime(), Math.ceil((end - rest) / SECOND_MS) * SECOND_MS);
  return new Date(Math.min(start, end - SECOND_MS));
}

/** The credit of a change: `now`, and `all` in total. */
export function changeCredit(kind: ChangeKind, running: RunningPlan, { plan, interval }: TargetPlan, at: Date) {
  if (kind === "upgrade") return upgradeCredit(running, plan.allowance, at);
  if (kind === "restart") return { now: plan.allowance, all: plan.allowance * BigInt(cyclesOf(interval)) };
  return { now: 0n, all: 0n };
}
