import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { formatAmount } from "@/lib/kernel/money";
import { previewRenewal, readSubscription } from "@/lib/payments";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { comparePacks, type PackComparison } from "./compare-packs";
import { fallbackPlan } from "./plan-catalogue";
import { countUsed, type RunningPlan, readBought, readRunningPlan } from "./plan-read-store";
import { readReversedPlan } from "./reversal-store";
import type { PlanAnswer, PlanList, SubscriptionAnswer } from "./schema";

function answerOf(plan: Catalogue["plans"][number], scale: number): PlanAnswer {
  const { id, name, note, free, discountPercent, limits } = plan;
  const prices = free
    ? { month: null, year: null }
    : { month: plan.monthlyMinor.toString(), year: plan.yearlyMinor?.toString() ?? null };
  return { id, name, note, free, discountPercent, limits, prices, allowance: formatAmount(plan.allowance, scale) };
}

type Billing = Pick<SubscriptionAnswer, "payUrl" | "renewal">;

/** Facts that only the provider has. Without them, the page shows only ours. */
async function readBilling({ providerId, paidUntil, pastDueSince, ...of }: RunningPlan): Promise<Billing> {
  // A plan that a dispute has stopped does not renew, even before the provider's subscription says so.
  const renewal =
    of.endsAt === null && !of.suspended && providerId ? { at: paidUntil.toISOString(), money: null } : null;
  if (!providerId) return { payUrl: null, renewal };
  try {
    const [next, found] = await Promise.all([
      renewal && !pastDueSince ? previewRenewal(providerId) : null,
      pastDueSince ? readSubscription(providerId) : null,
    ]);
    const payUrl = found?.invoices.findLast(({ state }) => state === "open")?.payUrl ?? null;
    const money = next && { amount: next.amount.toString(), currency: next.currency };
    return { payUrl, renewal: renewal && { ...renewal, money } };
  } catch (error) {
    log.info({ err: (error as Error).message }, "the next invoice is not known now");
    return { payUrl: null, renewal };
  }
}

const nameOf = ({ planIndex }: Catalogue, id: string) => planIndex.get(id)?.name ?? id;

async function subscriptionOf(running: RunningPlan, catalogue: Catalogue): Promise<SubscriptionAnswer> {
  const { plan, free, interval, providerId, endsAt, pastDueSince, nextPlan, paidUntil } = running;
  return {
    plan,
    name: nameOf(catalogue, plan),
    free,
    interval,
    billed: providerId !== null,
    allowance: formatAmount(running.allowance, catalogue.unit.scale),
    cycleEnd: running.cycleEnd.toISOString(),
    paidUntil: paidUntil.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    pastDueSince: pastDueSince?.toISOString() ?? null,
    stopped: running.suspended ? "dispute" : running.refunded ? "refund" : null,
    next: nextPlan === null ? null : { plan: nextPlan, name: nameOf(catalogue, nextPlan), at: paidUntil.toISOString() },
    ...(await readBilling(running)),
  };
}

function upgradeAnswer({ plan, packs, more, extra, saves }: PackComparison, { payment, unit }: Catalogue) {
  const money = (minor: bigint) => ({ amount: minor.toString(), currency: payment.currency });
  return {
    ...{ name: plan.name, extra: formatAmount(extra, unit.scale) },
    ...{ packs: money(packs), more: money(more), saves: money(saves) },
  };
}

/** The plans for sale, the running plan and its next price. Errors: not_found. */
export async function listPlans(ctx: Context): Promise<PlanList> {
  mayRead(ctx);
  const { catalogue } = currentCatalogue();
  const [running, used] = await Promise.all([readRunningPlan(ctx), countUsed(ctx)]);
  const current = running && catalogue.planIndex.get(running.plan);
  const upgrade = current && comparePacks(catalogue.plans, current, await readBought(ctx));
  const ended = running?.providerId ? undefined : await readReversedPlan(ctx);
  return {
    currency: catalogue.payment.currency,
    symbol: catalogue.payment.symbol,
    digits: catalogue.payment.digits,
    plans: catalogue.plans.map((plan) => answerOf(plan, catalogue.unit.scale)),
    subscription: running ? await subscriptionOf(running, catalogue) : null,
    ended: ended ? { name: nameOf(catalogue, ended.plan), at: ended.at.toISOString(), reason: ended.reason } : null,
    upgrade: upgrade ? upgradeAnswer(upgrade, catalogue) : null,
    used,
    afterwards: fallbackPlan()?.name ?? null,
  };
}
