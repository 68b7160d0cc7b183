/** Paying an invoice: its own PaymentIntent is tried with a card, with the customer there or not. */
import type Stripe from "stripe";
import { invalid } from "./fault";
import { confirmIntent, newIntent } from "./intents";
import { tiePayment } from "./invoices";
import { idOf, type World } from "./world";

export type Payment = { method?: string | undefined; offSession: boolean; returnUrl: string | null };

/** The intent that Stripe makes for an invoice with something to pay; one for all tries. */
export function intentFor(world: World, invoice: Stripe.Invoice): Stripe.PaymentIntent {
  const tied = world.store
    .all("invoice_payment")
    .find((one) => one.invoice === invoice.id && one.is_default && one.status === "open");
  const made = tied && world.store.get("payment_intent", idOf(tied.payment.payment_intent) ?? "");
  if (made && made.status !== "canceled") return made;
  const intent = newIntent(world, {
    amount: invoice.amount_remaining,
    currency: invoice.currency,
    customer: idOf(invoice.customer) ?? null,
    description:
      invoice.description ??
      (invoice.parent ? "Subscription update" : `Payment for Invoice ${invoice.number ?? ""}`.trim()),
    setupFutureUsage: invoice.parent ? "off_session" : null,
  });
  tiePayment(world, invoice, intent, true);
  return intent;
}

/** The card that Stripe takes when none is named: of the invoice, of its subscription, of its customer. */
export function defaultMethod(world: World, invoice: Stripe.Invoice): string | undefined {
  const subscription = world.store.get("subscription", idOf(invoice.parent?.subscription_details?.subscription) ?? "");
  const customer = world.store.get("customer", idOf(invoice.customer) ?? "");
  return (
    idOf(invoice.default_payment_method) ??
    idOf(subscription?.default_payment_method) ??
    idOf(customer?.invoice_settings?.default_payment_method)
  );
}

function count(world: World, invoice: Stripe.Invoice): void {
  invoice.attempted = true;
  invoice.attempt_count += 1;
  world.store.put("invoice", invoice);
}

/** Errors: card_error when it is declined; invalid_request_error without a card or for one that is not open. */
export function payInvoice(
  world: World,
  invoice: Stripe.Invoice,
  { method, offSession, returnUrl }: Payment,
): Stripe.PaymentIntent | undefined {
  if (invoice.status === "paid") throw invalid("Invoice is already paid", "invoice_already_paid");
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalid(`This invoice has a status of ${invoice.status} and cannot be paid.`);
  const intent = intentFor(world, invoice);
  const card = method ?? defaultMethod(world, invoice);
  if (!card)
    throw invalid(
      "There is no `default_payment_method` set on this Customer or Invoice. Please set either field prior to making payment.",
      "missing",
    );
  if (intent.status === "requires_action")
    Object.assign(intent, { status: "requires_confirmation", next_action: null });
  intent.payment_method = card;
  count(world, invoice);
  try {
    confirmIntent(world, intent, { offSession, returnUrl });
  } catch (error) {
    world.emit("invoice.payment_failed", invoice);
    throw error;
  }
  if (intent.status === "requires_action") world.emit("invoice.payment_action_required", invoice);
  return intent;
}
