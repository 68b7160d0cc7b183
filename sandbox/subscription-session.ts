/** A Checkout Session in subscription mode: the first period is paid, and the subscription is active. */
import type Stripe from "stripe";
import { attach } from "./bank";
import { complete, deskOf, methodFor, type Outcome, type Submitted, say, sessionPage, successUrl } from "./checkout";
import { cardFault, invalid, StripeFault } from "./fault";
import { payInvoice } from "./invoice-payment";
import { beginSubscription, type PricedItem } from "./subscriptions";
import { idOf, type World } from "./world";

function begin(
  world: World,
  session: Stripe.Checkout.Session,
): { subscription: Stripe.Subscription; invoice: Stripe.Invoice } {
  const made = world.store.get("subscription", idOf(session.subscription) ?? "");
  const bill = made && world.store.get("invoice", idOf(made.latest_invoice) ?? "");
  if (made && bill) return { subscription: made, invoice: bill };
  const desk = deskOf(world, session);
  const customer = world.store.get("customer", idOf(session.customer) ?? "");
  if (!customer)
    throw invalid("This stand-in subscribes known customers only: pass `customer`.", undefined, "customer");
  const items = desk.lines.flatMap((line): PricedItem[] =>
    line.price ? [{ price: line.price, quantity: line.quantity ?? 1 }] : [],
  );
  const begun = beginSubscription(world, {
    customer,
    items,
    metadata: { ...desk.subscription.metadata },
    description: desk.subscription.description,
    method: null,
  });
  Object.assign(session, { subscription: begun.subscription.id, invoice: begun.invoice.id });
  world.store.put("checkout.session", session);
  return begun;
}

/** Called when any invoice is paid. */
export function completeSubscribedSession(world: World, invoice: Stripe.Invoice): void {
  const session = world.store.all("checkout.session").findLast((one) => one.invoice === invoice.id);
  const subscription = session && world.store.get("subscription", idOf(session.subscription) ?? "");
  if (!subscription || session?.status !== "open") return;
  const payment = world.store
    .all("invoice_payment")
    .findLast((one) => one.invoice === invoice.id && one.status === "paid");
  const intent = world.store.get("payment_intent", idOf(payment?.payment.payment_intent) ?? "");
  const method = world.store.get("payment_method", idOf(intent?.payment_method) ?? "");
  if (method) {
    world.store.put("payment_method", Object.assign(method, { allow_redisplay: "always" }));
    attach(world, method, String(session.customer));
    world.store.put("subscription", Object.assign(subscription, { default_payment_method: method.id }));
  }
  complete(world, session, "paid");
}

export function subscribe(world: World, session: Stripe.Checkout.Session, submitted: Submitted): Outcome {
  const page = { to: sessionPage(world, session) };
  say(world, session, null);
  try {
    const method = methodFor(world, session, submitted);
    if ("message" in method) throw cardFault(method);
    const { invoice } = begin(world, session);
    const intent =
      invoice.status === "paid"
        ? undefined
        : payInvoice(world, invoice, { method: method.id, offSession: false, returnUrl: page.to });
    return { to: intent?.next_action?.redirect_to_url?.url ?? successUrl(session) };
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    say(world, session, error.message);
    return page;
  }
}
