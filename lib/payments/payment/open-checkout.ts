import type Stripe from "stripe";
import { TollgateError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/platform/context";
import { withCustomer } from "../customers/ensure-customer";
import { stripe } from "../provider/client";
import { mapProviderErrors } from "../provider/provider-error";
import { checkPayment, linkPayment, type Payment } from "./payment-store";

/** Where the browser comes back to: after paying, and when the payer turns back. */
export type ReturnTo = { success: string; cancel: string };

/** The job's first check is when a customer who pays immediately is back. */
const FIRST_LOOK_MS = 60_000;

function draft(payment: Payment, customer: string, to: ReturnTo): Stripe.Checkout.SessionCreateParams {
  const { description, id, organizationId, saveCard } = payment;
  const metadata = { organization: organizationId, payment: id };
  const price = {
    currency: payment.currency.toLowerCase(),
    unit_amount: Number(payment.amount),
    product_data: { name: description },
  };
  return {
    mode: "payment",
    customer,
    line_items: [{ quantity: 1, price_data: price }],
    metadata,
    payment_intent_data: { metadata, description, ...(saveCard && { setup_future_usage: "off_session" }) },
    allowed_payment_method_types: ["card"],
    invoice_creation: { enabled: true, invoice_data: { metadata, description } },
    success_url: to.success,
    cancel_url: to.cancel,
  };
}

/**
 * Opens the provider's page on which a payment is paid with any card; the same payment answers the same page again.
 * Errors: upstream_failed, conflict (it was paid or has expired in the meantime).
 */
export async function openCheckout(ctx: Context, payment: Payment, to: ReturnTo): Promise<{ url: string }> {
  const session = await mapProviderErrors(() =>
    withCustomer(ctx, (customer) =>
      stripe().checkout.sessions.create(draft(payment, customer, to), { idempotencyKey: `${payment.id}:${customer}` }),
    ),
  );
  await linkPayment(ctx, payment.id, { session: session.id });
  await checkPayment(ctx, payment.id, new Date(ctx.now.getTime() + FIRST_LOOK_MS));
  if (!session.url) throw new TollgateError("conflict", "This payment has ended. Start a new one.");
  return { url: session.url };
}
