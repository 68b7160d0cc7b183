import type Stripe from "stripe";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { withCustomer } from "../customers/ensure-customer";
import { stripe } from "../provider/client";
import { providerProblem, toTollgateError } from "../provider/provider-error";
import { askPayment, checkPayment, linkPayment, type Payment } from "./payment-store";
import { planSettlement } from "./plan-settlement";
import { applySettlement, requirePayment, settlePayment } from "./settle-payment";

export type ChargeOutcome =
  | { outcome: "succeeded" }
  /** The cardholder confirms there, then comes back to `returnUrl`. */
  | { outcome: "redirect"; url: string }
  | { outcome: "declined"; code: string; message: string }
  | { outcome: "authentication_required"; message: string }
  /** The provider did not say: the payment stays open and is checked again. */
  | { outcome: "unknown" };

export type ChargeCard = {
  /** The payment's UUID. Its row says how much, in which currency, from which saved card. */
  paymentId: string;
  /** Where the cardholder returns to; null without a cardholder. */
  returnUrl: string | null;
  /** The time by which keys are chosen; left out, it is the database's. */
  at?: Date;
};

function outcomeOf({ state, failureCode, failureMessage }: Payment, redirect: string | null): ChargeOutcome {
  const message = failureMessage ?? "The card was not charged.";
  if (state === "succeeded") return { outcome: "succeeded" };
  if (state === "open") return redirect ? { outcome: "redirect", url: redirect } : { outcome: "unknown" };
  if (failureCode === "authentication_required") return { outcome: "authentication_required", message };
  return { outcome: "declined", code: failureCode ?? "canceled", message };
}

function draft(payment: Payment, customer: string, returnUrl: string | null): Stripe.PaymentIntentCreateParams {
  return {
    amount: Number(payment.amount),
    currency: payment.currency.toLowerCase(),
    customer,
    payment_method: payment.paymentMethod ?? "",
    allowed_payment_method_types: ["card"],
    confirm: true,
    description: payment.description,
    metadata: { organization: payment.organizationId, payment: payment.id },
    expand: ["latest_charge"],
    ...(returnUrl === null ? { off_session: true } : { return_url: returnUrl }),
  };
}

/** Asks the provider to charge. Returns the charge, also a refused one; undefined if the result is unknown. */
async function requestCharge(ctx: Context, payment: Payment, key: number, returnUrl: string | null) {
  const idempotencyKey = key === 0 ? payment.id : `${payment.id}:${key}`;
  try {
    return await withCustomer(ctx, (customer) =>
      // A new customer at the provider makes it another request, which needs another key.
      stripe().paymentIntents.create(draft(payment, customer, returnUrl), {
        idempotencyKey: `${idempotencyKey}:${customer}`,
      }),
    );
  } catch (error) {
    const refused = (error as { payment_intent?: Stripe.PaymentIntent }).payment_intent;
    if (refused) return refused;
    const problem = providerProblem(error);
    log.warn({ err: (error as Error).message, payment: payment.id }, "a card could not be charged this time");
    if (problem?.kind === "unavailable") return undefined;
    throw error;
  }
}

/**
 * Charges a payment to its saved card. Safe to call again for the same payment, at any time and at once: the provider
 * is first asked what it has of it, then with a key that it knows.
 * Errors: not_found, upstream_failed when the provider refuses the request itself, which ends the payment.
 */
export async function chargeCard(ctx: Context, { paymentId, returnUrl, at }: ChargeCard): Promise<ChargeOutcome> {
  const before = await requirePayment(ctx, paymentId);
  if (before.tries > 0 || before.state !== "open") {
    const settled = await settledOr(ctx, paymentId);
    if (!settled) return { outcome: "unknown" };
    const { payment, redirect } = settled;
    if (payment.state !== "open" || payment.intent) return outcomeOf(payment, redirect);
  }
  const key = await askPayment(ctx, paymentId, at ?? null);
  if (key === null) return { outcome: "unknown" };
  const intent = await requestCharge(ctx, before, key, returnUrl).catch((error) => refuse(ctx, before, error));
  if (!intent) return { outcome: "unknown" };
  try {
    return await applied(ctx, before, intent);
  } catch (error) {
    // The provider may have charged, so no message may deny it. The job reads the charge again.
    log.error({ err: error, payment: paymentId }, "the result of a charge was not recorded; the next run tries again");
    return { outcome: "unknown" };
  }
}

async function applied(ctx: Context, payment: Payment, intent: Stripe.PaymentIntent): Promise<ChargeOutcome> {
  const { id } = payment;
  await linkPayment(ctx, id, { intent: intent.id });
  const step = planSettlement(payment, { intent, session: null }, ctx.now);
  await applySettlement(ctx, payment, step);
  // The job makes its invoice within a second, so that the request does not wait for it.
  if (step.do === "credit") await checkPayment(ctx, id, ctx.now);
  return outcomeOf(await requirePayment(ctx, id), step.do === "wait" ? step.redirect : null);
}

/** Nothing when the provider does not answer. */
async function settledOr(ctx: Context, paymentId: string) {
  try {
    return await settlePayment(ctx, paymentId);
  } catch (error) {
    if ((error as { code?: string }).code === "upstream_failed") return undefined;
    throw error;
  }
}

/** The provider takes no such request, now or later: the payment has failed. */
async function refuse(ctx: Context, payment: Payment, error: unknown): Promise<never> {
  const missing = providerProblem(error)?.kind === "missing";
  const message = missing ? "The card is no longer saved at the payment provider." : "The payment was refused.";
  const ending = { state: "failed", code: missing ? "card_missing" : "invalid_request", message } as const;
  await applySettlement(ctx, payment, { do: "end", ending, cancel: null });
  throw toTollgateError(error);
}
