import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { endPayment, linkPayment, repriceSubscription, upgradeSubscription } from "@/lib/payments";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { freezePlanPayment } from "./freeze-plan-payment";
import { type PlannedChange, planChange } from "./preview-change";
import type { ChangePlan, PlanMove } from "./schema";
import { syncSubscription } from "./sync-subscription";

/** Older previews are refused, because a change since then is not in them. */
const PREVIEW_LASTS_MS = 900_000;

/** Errors: conflict (the preview is too old, or has no price). */
function checkShown(ctx: Context, { at, charged }: ChangePlan): Date {
  const shownAt = new Date(at);
  const age = ctx.now.getTime() - shownAt.getTime();
  if (age > PREVIEW_LASTS_MS || age < -60_000 || !charged) {
    throw new TollgateError("conflict", "This price is out of date. Check the new price, then change the plan.");
  }
  return shownAt;
}

/** Cancels the payment of a declined change. The plan stays as it is. */
async function cancelPayment(ctx: Context, paymentId: string, message: string): Promise<void> {
  await audited(ctx, async (client) => {
    const ended = await endPayment(client, ctx, paymentId, { state: "failed", code: null, message });
    const audit = {
      action: "plan.change_failed",
      object: { type: "subscription" },
      after: { reason: message },
    } as const;
    return { answer: undefined, audit: ended ? audit : null };
  });
}

/** The general error of the provider says that nothing was charged, which is unknown here. */
const uncertainOutcome = () =>
  new TollgateError(
    "upstream_failed",
    "The payment provider did not respond in time. We do not know yet whether the card was charged. Check again in a minute.",
  );

async function chargeNow(ctx: Context, change: PlannedChange, input: ChangePlan): Promise<PlanMove> {
  const { running, provider, price } = change;
  const { plan, interval, kind, credit, charged: money } = change;
  const request = { kind, charged: input.charged };
  const paymentId = await freezePlanPayment(ctx, {
    plan,
    interval,
    money,
    credit: credit.all,
    key: input.key,
    request,
  });
  const { providerId } = running;
  const upgrade = { subscription: providerId, item: provider.item, price, prorationDate: change.creditFrom, paymentId };
  try {
    const { invoice, paid, payUrl } = await upgradeSubscription(upgrade);
    if (invoice) await linkPayment(ctx, paymentId, { invoice });
    await syncSubscription(ctx, providerId);
    return { redirect: paid ? null : payUrl };
  } catch (error) {
    if (!(error instanceof TollgateError)) throw error;
    if (error.code === "payment_required") await cancelPayment(ctx, paymentId, error.message);
    // It may still have been charged: the job reads the result.
    if (error.code === "upstream_failed") throw uncertainOutcome();
    throw error;
  }
}

/**
 * Changes the running plan. A larger plan starts now: its difference is charged and its share of credit is added. From
 * months to years, a new period starts now. A smaller plan starts when the paid period ends. If the card needs a
 * confirmation or is declined, the answer has the provider's page and nothing changes yet. Errors: forbidden,
 * validation_failed, conflict (with what to do; also if the price has changed), payment_required, upstream_failed.
 */
export async function changePlan(ctx: Context, input: ChangePlan): Promise<PlanMove> {
  requirePermission(ctx, "billing.manage");
  const shownAt = checkShown(ctx, input);
  const creditFrom = input.creditFrom === undefined ? shownAt : new Date(input.creditFrom);
  const change = await planChange(ctx, { plan: input.plan, interval: input.interval }, shownAt, creditFrom);
  if (change.charged.amount.toString() !== input.charged) {
    throw new TollgateError("conflict", "The price has changed. Check the new price, then change the plan.");
  }
  if (change.kind === "upgrade" || change.kind === "restart") return chargeNow(ctx, change, input);
  const { running, provider, price } = change;
  await repriceSubscription({ subscription: running.providerId, item: provider.item, price });
  await syncSubscription(ctx, running.providerId);
  return { redirect: null };
}
