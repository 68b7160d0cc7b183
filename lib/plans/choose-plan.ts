import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { publicId } from "@/lib/kernel/ids";
import { ownPaths } from "@/lib/kernel/own-paths";
import { requestHash } from "@/lib/kernel/request-hash";
import {
  closePlanCheckout,
  ensurePlanPrice,
  linkPayment,
  openPlanCheckout,
  readPayment,
  readPlanCheckout,
} from "@/lib/payments";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { freezePlanPayment } from "./freeze-plan-payment";
import { cyclesOf, offerOf, type Plan, priceOf, requirePlan } from "./plan-catalogue";
import { readOpenPayments, readRunningPlan } from "./plan-read-store";
import { startFreePlan } from "./plan-store";
import { requireCharges } from "./require-charges";
import type { ChoosePlan, PlanMove } from "./schema";
import { settlePlanPayment } from "./settle-plan-payment";

async function startFree(ctx: Context, plan: Plan, key: string): Promise<void> {
  const { catalogue } = currentCatalogue();
  await audited(ctx, async (client) => {
    const hash = requestHash({ plan: plan.id });
    await startFreePlan(client, ctx, plan, { paygMode: catalogue.payg.mode, key, hash });
    const audit = { action: "plan.started", object: { type: "subscription", name: plan.name } } as const;
    return { answer: undefined, audit: { ...audit, after: { plan: plan.id } } };
  });
}

/**
 * Only one payment page is open at a time, and the payment of another page is read first, so that two tabs cannot pay
 * for two plans.
 */
async function settleOthers(ctx: Context): Promise<void> {
  for (const { id, session } of await readOpenPayments(ctx)) {
    if (!session) continue;
    await closePlanCheckout(session);
    if ((await readPlanCheckout(session)).state === "complete") await settlePlanPayment(ctx, id);
  }
  const running = await readRunningPlan(ctx);
  if (running && !running.free) throw new TollgateError("conflict", "You have just paid for a plan. Reload the page.");
}

type PlanCheckout = ChoosePlan & { origin: string };

async function openPage(ctx: Context, plan: Plan, { interval, origin }: PlanCheckout, id: string): Promise<PlanMove> {
  const payment = await readPayment(ctx, id);
  const page = `${origin}${ownPaths(ctx.organizationId).subscription}`;
  const back = `${page}?payment=${publicId("pay", ctx.organizationId, id)}`;
  if (payment?.state !== "open") return { redirect: back };
  if (payment.session) {
    const { url } = await readPlanCheckout(payment.session);
    return { redirect: url ?? back };
  }
  if (payment.amount !== priceOf(plan, interval).amount) {
    throw new TollgateError("conflict", "The price has changed. Reload the page, then choose the plan.");
  }
  await settleOthers(ctx);
  const price = await ensurePlanPrice(offerOf(plan, interval));
  const labels = { paymentId: id, plan: plan.id, interval };
  const opened = await openPlanCheckout(ctx, { price, labels, success: back, cancel: page });
  await linkPayment(ctx, id, { session: opened.id });
  return { redirect: opened.url };
}

/**
 * Starts a plan for an organization without a plan or with a free one. A free plan starts now. A paid plan starts with
 * its first payment, on the provider's page. The same key again is the same payment. `origin` is the portal's address
 * in the browser. Errors: forbidden, validation_failed (no such plan, or not sold by this interval), conflict (a plan
 * is running), upstream_failed.
 */
export async function choosePlan(ctx: Context, input: ChoosePlan, origin: string): Promise<PlanMove> {
  requirePermission(ctx, "billing.manage");
  const plan = requirePlan(input.plan);
  const running = await readRunningPlan(ctx);
  if (running && (plan.free || !running.free)) {
    throw new TollgateError("conflict", "You already have a plan. Change it instead.");
  }
  if (plan.free) {
    await startFree(ctx, plan, input.key);
    return { redirect: null };
  }
  await requireCharges(ctx);
  const { interval, key } = input;
  const credit = plan.allowance * BigInt(cyclesOf(interval));
  const purchase = { plan, interval, money: priceOf(plan, interval), credit, key, request: {} };
  return openPage(ctx, plan, { ...input, origin }, await freezePlanPayment(ctx, purchase));
}
