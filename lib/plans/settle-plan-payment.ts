import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import {
  closePlanCheckout,
  endPayment,
  linkPayment,
  type Payment,
  readPayment,
  readPlanCheckout,
} from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { readDeletedAt, readRunningPlan } from "./plan-read-store";
import { syncSubscription } from "./sync-subscription";

/** The provider drops an unconfirmed change after 23 hours, and a page after 24. */
const FORGOTTEN_MS = 26 * 3_600_000;

/** Errors: not_found, also another organization's. */
async function requirePlanPayment(ctx: Context, id: string): Promise<Payment> {
  const payment = await readPayment(ctx, id);
  if (payment?.purpose !== "plan") throw new TollgateError("not_found", "There is no payment with this id.");
  return payment;
}

async function cancelPayment(ctx: Context, { id, description }: Payment, message: string): Promise<void> {
  await audited(ctx, async (client) => {
    const ended = await endPayment(client, ctx, id, { state: "canceled", code: null, message });
    const object = { type: "subscription", name: description } as const;
    const audit = { action: "plan.change_failed", object, after: { reason: message } } as const;
    return { answer: undefined, audit: ended ? audit : null };
  });
}

/**
 * Reads the result of a plan's payment at the provider and makes our rows equal to it, for the returning customer and
 * for the job. Errors: not_found, upstream_failed, conflict.
 */
export async function settlePlanPayment(ctx: Context, id: string): Promise<Payment> {
  const payment = await requirePlanPayment(ctx, id);
  if (payment.state !== "open") return payment;
  const checkout = payment.session ? await readPlanCheckout(payment.session) : null;
  // The organization is deleted, so the page must not sell to it.
  if (payment.session && checkout?.state === "open" && (await readDeletedAt(ctx)))
    await closePlanCheckout(payment.session);
  const subscription = checkout ? checkout.subscription : (await readRunningPlan(ctx))?.providerId;
  if (subscription) await syncSubscription(ctx, subscription);
  const after = await requirePlanPayment(ctx, id);
  if (after.state !== "open") return after;
  const old = ctx.now.getTime() - payment.createdAt.getTime() > FORGOTTEN_MS;
  if (checkout?.state === "expired" || (old && checkout?.state !== "complete"))
    await cancelPayment(ctx, after, "It was not paid in time. Nothing was charged.");
  return requirePlanPayment(ctx, id);
}

/** The event of a finished page. It names the payment's session, in case that response was lost. */
export async function settlePlanSession(ctx: Context, id: string, session: string): Promise<void> {
  const payment = await requirePlanPayment(ctx, id);
  if (!payment.session) await linkPayment(ctx, id, { session });
  await settlePlanPayment(ctx, id);
}
