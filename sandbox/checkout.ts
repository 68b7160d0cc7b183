/** The steps of a Checkout Session's page: the payer enters a card, the payment is tried, the session is complete. */
import type Stripe from "stripe";
import { attach, newCard } from "./bank";
import { cardFault, type Decline, invalid, StripeFault } from "./fault";
import { cancelIntent, confirmIntent, newIntent } from "./intents";
import { finalize, newInvoice, newLine, tiePayment } from "./invoices";
import type { Desk } from "./kinds";
import { idOf, type World } from "./world";

export type CardForm = { number: string; month: number; year: number; email: string | null; name: string | null };
export type Submitted = { card: CardForm | { saved: string }; keep: boolean };
/** Where the reader goes now. */
export type Outcome = { to: string };

export function successUrl(session: Stripe.Checkout.Session): string {
  return (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

export function deskOf(world: World, session: Stripe.Checkout.Session): Desk {
  const desk = world.store.get("desk", session.id);
  if (!desk) throw invalid(`No such checkout.session: '${session.id}'`, "resource_missing");
  return desk;
}

/** The session's own page, where it is reached by someone who goes back to its success_url. */
export function sessionPage(world: World, session: Stripe.Checkout.Session): string {
  return `${world.pagesFor(session.success_url)}/sandbox/checkout/${session.id}`;
}

export function methodFor(
  world: World,
  session: Stripe.Checkout.Session,
  { card }: Submitted,
): Stripe.PaymentMethod | Decline {
  if ("saved" in card) {
    const method = world.store.get("payment_method", card.saved);
    const customer = idOf(session.customer);
    return method && customer !== undefined && method.customer === customer
      ? method
      : { code: "resource_missing", message: "Choose a saved card, or enter a new one." };
  }
  return newCard(world, {
    number: card.number,
    exp_month: card.month,
    exp_year: card.year,
    email: card.email,
    name: card.name,
  });
}

function guest(world: World, session: Stripe.Checkout.Session, email: string | null): void {
  session.customer_details = {
    address: null,
    business_name: null,
    email: email ?? session.customer_details?.email ?? session.customer_email,
    individual_name: null,
    name: session.customer_details?.name ?? null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
  world.store.put("checkout.session", session);
}

/** The intent of a session: made at the first try, used again after a decline. */
function intentOf(world: World, session: Stripe.Checkout.Session, desk: Desk): Stripe.PaymentIntent {
  const made = world.store.get("payment_intent", idOf(session.payment_intent) ?? "");
  if (made) return made;
  const intent = newIntent(world, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer: idOf(session.customer) ?? null,
    metadata: { ...desk.payment.metadata },
    description: desk.payment.description,
    setupFutureUsage: desk.payment.setup_future_usage,
  });
  session.payment_intent = intent.id;
  world.store.put("checkout.session", session);
  return intent;
}

function invoiceFor(world: World, session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent): void {
  const customer = world.store.get("customer", idOf(session.customer) ?? "");
  if (!session.invoice_creation?.enabled || !customer) return;
  const { invoice_data } = session.invoice_creation;
  const { lines } = deskOf(world, session);
  const invoice = newInvoice(
    world,
    {
      customer,
      currency: intent.currency,
      reason: "manual",
      description: invoice_data.description,
      footer: invoice_data.footer,
      metadata: { ...invoice_data.metadata },
    },
    (id) =>
      lines.map((line) =>
        newLine(world, id, {
          amount: line.amount_total,
          currency: line.currency,
          description: line.description,
          quantity: line.quantity ?? 1,
          price: line.price,
        }),
      ),
  );
  finalize(world, invoice);
  tiePayment(world, invoice, intent, true);
  session.invoice = invoice.id;
}

/** Called when any intent has succeeded: the session that it belongs to is complete. */
export function completePaidSession(world: World, intent: Stripe.PaymentIntent): void {
  const session = world.store.all("checkout.session").findLast((one) => one.payment_intent === intent.id);
  if (session?.status !== "open") return;
  const desk = deskOf(world, session);
  const method = world.store.get("payment_method", idOf(intent.payment_method) ?? "");
  const customer = idOf(session.customer);
  if (method && customer && (desk.keep || intent.setup_future_usage)) {
    method.allow_redisplay = desk.keep ? "always" : "limited";
    attach(world, method, customer);
    world.store.put("payment_method", method);
  }
  invoiceFor(world, session, intent);
  complete(world, session, "paid");
}

export function complete(
  world: World,
  session: Stripe.Checkout.Session,
  paymentStatus: Stripe.Checkout.Session.PaymentStatus,
): void {
  Object.assign(session, {
    status: "complete",
    payment_status: paymentStatus,
    url: null,
  } satisfies Partial<Stripe.Checkout.Session>);
  world.store.put("checkout.session", session);
  world.emit("checkout.session.completed", session);
}

export function say(world: World, session: Stripe.Checkout.Session, error: string | null): void {
  world.store.put("desk", { ...deskOf(world, session), error });
}

/** Errors: none for the card: the form shows a decline, and the session stays open. */
export function pay(world: World, session: Stripe.Checkout.Session, submitted: Submitted): Outcome {
  const page = { to: sessionPage(world, session) };
  const desk = world.store.put("desk", { ...deskOf(world, session), keep: submitted.keep, error: null });
  try {
    const method = methodFor(world, session, submitted);
    if ("message" in method) throw cardFault(method);
    guest(world, session, "saved" in submitted.card ? null : submitted.card.email);
    const intent = intentOf(world, session, desk);
    intent.payment_method = method.id;
    // Back to the session's own page: it leads on when the payment has succeeded.
    confirmIntent(world, intent, { offSession: false, returnUrl: page.to });
    const { next_action } = intent;
    return next_action?.redirect_to_url?.url ? { to: next_action.redirect_to_url.url } : { to: successUrl(session) };
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    say(world, session, error.message);
    return page;
  }
}

/** Errors: invalid_request_error unless it is open. */
export function expireSession(world: World, session: Stripe.Checkout.Session): void {
  if (session.status !== "open") {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  const intent = world.store.get("payment_intent", idOf(session.payment_intent) ?? "");
  session.status = "expired";
  session.url = null;
  world.store.put("checkout.session", session);
  if (intent && intent.status !== "succeeded" && intent.status !== "canceled")
    cancelIntent(world, intent, "void_invoice");
  world.emit("checkout.session.expired", session);
}
