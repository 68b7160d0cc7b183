import { type AuditRecord, audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { publicId } from "@/lib/kernel/ids";
import { formatMinor, type Money } from "@/lib/kernel/minor-units";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { stripe } from "../provider/client";
import { toTollgateError } from "../provider/provider-error";
import { findCharge } from "./find-charge";
import { finishPayment } from "./finish-payment";
import { checkPayment, creditPayment, endPayment, linkPayment, type Payment, readPayment } from "./payment-store";
import { planSettlement, type Settlement } from "./plan-settlement";

const SOONEST_MS = 5_000;
const LATEST_MS = 3_600_000;

/** Half of its age from now: often at first, hourly at last. */
function nextCheck({ createdAt }: Payment, now: Date): Date {
  const pause = Math.min(LATEST_MS, Math.max(SOONEST_MS, (now.getTime() - createdAt.getTime()) / 2));
  return new Date(now.getTime() + pause);
}

/** Errors: not_found, also for another organization's. */
export async function requirePayment(ctx: Context, id: string): Promise<Payment> {
  const payment = await readPayment(ctx, id);
  if (!payment) throw new TollgateError("not_found", "There is no payment with this id.");
  return payment;
}

function record(action: AuditRecord["action"], payment: Payment, after: Record<string, unknown>): AuditRecord {
  const { organizationId, id, description } = payment;
  return { action, object: { type: "payment", id: publicId("pay", organizationId, id), name: description }, after };
}

/** "50.00 USD" */
export function moneyText({ amount, currency }: Money): string {
  return `${formatMinor(amount, currentCatalogue().catalogue.payment.digits)} ${currency}`;
}

async function cancelIntent(id: string): Promise<void> {
  try {
    await stripe().paymentIntents.cancel(id);
  } catch (error) {
    // It has succeeded or was canceled since; the event of that change reads its state.
    log.info({ err: (error as Error).message, intent: id }, "a payment was not canceled at the provider");
  }
}

/** Makes the row equal to the provider's state. A credited or ended payment stays as it is. */
export async function applySettlement(ctx: Context, payment: Payment, step: Settlement): Promise<void> {
  const { id } = payment;
  const money = { paid: moneyText(payment) };
  if (step.do === "credit") {
    await audited(ctx, async (client) => {
      const { intent, paid, card } = step;
      const given = await creditPayment(client, ctx, { id, intent, paid, card });
      return { answer: given, audit: given.replayed ? null : record("payment.succeeded", payment, { ...money, card }) };
    });
    return;
  }
  if (step.do === "end") {
    await audited(ctx, async (client) => {
      const ended = await endPayment(client, ctx, id, step.ending);
      const { state, message } = step.ending;
      const audit = ended ? record("payment.failed", payment, { ...money, state, reason: message }) : null;
      return { answer: ended, audit };
    });
    if (step.cancel) await cancelIntent(step.cancel);
    return;
  }
  if (payment.state === "open") await checkPayment(ctx, id, nextCheck(payment, ctx.now));
}

export type Settled = {
  payment: Payment;
  /** Where its payer continues at the provider; null when there is nothing to do. */
  redirect: string | null;
};

/**
 * Reads what the provider has of a payment and makes our row equal to it: credits it, ends it or leaves it open. The
 * redirect, the webhook and the job all call this, in any order and at once; it is credited once. Then its invoice and
 * its card are looked after, which the job continues with where the provider fails. Errors: not_found (also another
 * organization's), upstream_failed (nothing was changed), conflict (another amount or currency was paid than was
 * asked).
 */
export async function settlePayment(ctx: Context, paymentId: string): Promise<Settled> {
  const payment = await requirePayment(ctx, paymentId);
  if (payment.purpose === "plan") return { payment, redirect: null };
  let redirect: string | null = null;
  if (payment.state !== "succeeded") {
    const found = await findCharge(ctx, payment).catch((error) => Promise.reject(toTollgateError(error)));
    const ids = { session: found.session?.id ?? null, intent: found.intent?.id ?? null };
    if (ids.session !== payment.session || ids.intent !== payment.intent) await linkPayment(ctx, paymentId, ids);
    const step = planSettlement(payment, found, ctx.now);
    await applySettlement(ctx, payment, step);
    if (step.do === "wait") redirect = step.redirect;
  }
  const after = await requirePayment(ctx, paymentId);
  if (after.state === "succeeded") await finishPayment(ctx, after);
  return { payment: after, redirect };
}
