/**
 * The invoice of a payment: the one of its Checkout Session, or one that is made for a card that we charged
 * ourselves.
 */
import type Stripe from "stripe";
import type { Context } from "@/lib/platform/context";
import { withCustomer } from "../customers/ensure-customer";
import type { Payment } from "../payment/payment-store";
import { stripe } from "../provider/client";

const MOST_LISTED = 300;
const CHECKOUT_MAKES_IT_MS = 3_600_000;
const SKEW_SECONDS = 86_400;

/** One that was made by an earlier try, whatever became of our memory of it. */
async function madeBefore({ id, createdAt }: Payment, customer: string): Promise<Stripe.Invoice | undefined> {
  const created = { gte: Math.floor(createdAt.getTime() / 1_000) - SKEW_SECONDS };
  const list = await stripe()
    .invoices.list({ customer, created, limit: 100 })
    .autoPagingToArray({ limit: MOST_LISTED });
  return list.find(({ metadata, status }) => metadata?.payment === id && status !== "void");
}

async function draft(payment: Payment, customer: string): Promise<Stripe.Invoice> {
  const { id, organizationId, description } = payment;
  const currency = payment.currency.toLowerCase();
  const metadata = { organization: organizationId, payment: id };
  const options = (step: string) => ({ idempotencyKey: `${id}:${step}:${customer}` });
  const made = await stripe().invoices.create(
    { customer, currency, description, metadata, auto_advance: false, pending_invoice_items_behavior: "exclude" },
    options("invoice"),
  );
  await stripe().invoiceItems.create(
    { customer, currency, description, invoice: made.id ?? "", amount: Number(payment.amount) },
    options("item"),
  );
  return made;
}

/** Each step is skipped when the invoice is beyond it, so that a broken one is finished by the next try. */
async function make(payment: Payment, customer: string): Promise<string> {
  const found = await madeBefore(payment, customer);
  // A draft without its line is started again with the same keys, which answer what they made.
  const made = found && found.status !== "draft" ? found : await draft(payment, customer);
  const id = made.id ?? "";
  const open = made.status === "draft" ? await stripe().invoices.finalizeInvoice(id, { auto_advance: false }) : made;
  if (open.status === "open" && payment.intent) {
    await stripe().invoices.attachPayment(id, { payment_intent: payment.intent });
  }
  return id;
}

/** Nothing while the provider has not made it yet. Errors: those of the provider. */
export async function invoiceOf(ctx: Context, payment: Payment): Promise<string | undefined> {
  if (payment.session) {
    const session = await stripe().checkout.sessions.retrieve(payment.session);
    const id = typeof session.invoice === "string" ? session.invoice : session.invoice?.id;
    if (id) return id;
    const since = ctx.now.getTime() - (payment.settledAt ?? payment.createdAt).getTime();
    if (since < CHECKOUT_MAKES_IT_MS) return undefined;
  }
  return withCustomer(ctx, (customer) => make(payment, customer));
}
