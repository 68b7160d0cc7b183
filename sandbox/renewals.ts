/**
 * What a subscription does as time continues: the next period is billed, a declined renewal is tried again, and it
 * ends.
 */
import type Stripe from "stripe";
import { newLine } from "./invoices";
import { periodEnd } from "./periods";
import { applyPending, expirePending } from "./subscription-change";
import {
  billSubscription,
  endSubscription,
  everyOf,
  periodLine,
  periodOf,
  setStatus,
  tryInvoice,
} from "./subscriptions";
import { idOf, type World } from "./world";

const DAY = 86_400;
/** Days after each declined try; then the subscription is canceled. */
const RETRY_DAYS = [1, 3, 5];
const INCOMPLETE_SECONDS = 23 * 3_600;

function leftItems(world: World, subscription: Stripe.Subscription): Stripe.InvoiceItem[] {
  return world.store
    .all("invoiceitem")
    .filter(
      (item) =>
        item.invoice === null &&
        item.customer === subscription.customer &&
        idOf(item.parent?.subscription_details?.subscription) === subscription.id,
    );
}

/** The lines of the next period's invoice, whose period they have. */
export function nextLines(
  world: World,
  invoice: string | null,
  subscription: Stripe.Subscription,
  items = subscription.items.data,
): Stripe.InvoiceLineItem[] {
  const { end: start } = periodOf(subscription);
  const [first] = items;
  const end = first ? periodEnd(subscription.billing_cycle_anchor, everyOf(first.price), start) : start;
  return [
    ...leftItems(world, subscription).map(({ amount, currency, description, period, quantity }) =>
      newLine(world, invoice, { amount, currency, description, period, quantity, subscription: subscription.id }),
    ),
    ...items.map((item) => periodLine(world, invoice, subscription.id, item, { start, end })),
  ];
}

function tryAgain(world: World, subscription: Stripe.Subscription, invoice: Stripe.Invoice): void {
  if (tryInvoice(world, invoice, true) === "paid") return;
  const days = RETRY_DAYS[invoice.attempt_count - 1];
  invoice.next_payment_attempt = days === undefined ? null : world.now() + days * DAY;
  world.store.put("invoice", invoice);
  if (days === undefined) endSubscription(world, subscription, "payment_failed");
  else setStatus(world, subscription, "past_due");
}

/** Bills the next period, whenever that is requested. */
export function renew(world: World, subscription: Stripe.Subscription): void {
  if (subscription.cancel_at_period_end) {
    endSubscription(world, subscription, "cancellation_requested");
    return;
  }
  const left = leftItems(world, subscription);
  const { start, end } = periodOf(subscription);
  const drafted = nextLines(world, null, subscription);
  const period = drafted.at(-1)?.period ?? { start: end, end };
  for (const item of subscription.items.data)
    Object.assign(item, { current_period_start: period.start, current_period_end: period.end });
  world.store.put("subscription", subscription);
  world.emit("customer.subscription.updated", subscription, { current_period_start: start, current_period_end: end });
  const invoice = billSubscription(world, subscription, {
    reason: "subscription_cycle",
    lines: (id) => drafted.map((line) => ({ ...line, invoice: id })),
  });
  for (const item of left) world.store.put("invoiceitem", { ...item, invoice: invoice.id });
  tryAgain(world, subscription, invoice);
}

/** Called when any invoice is paid. */
export function invoiceWasPaid(world: World, invoice: Stripe.Invoice): void {
  const subscription = world.store.get("subscription", idOf(invoice.parent?.subscription_details?.subscription) ?? "");
  if (!subscription || subscription.status === "canceled" || subscription.status === "incomplete_expired") return;
  if (subscription.latest_invoice === invoice.id) applyPending(world, subscription);
  const owes = world.store
    .all("invoice")
    .some((one) => one.status === "open" && idOf(one.parent?.subscription_details?.subscription) === subscription.id);
  if (subscription.status === "incomplete" || !owes) setStatus(world, subscription, "active");
}

function retries(world: World, subscription: Stripe.Subscription): void {
  for (const invoice of world.store.all("invoice")) {
    const isDue =
      invoice.status === "open" && invoice.next_payment_attempt !== null && invoice.next_payment_attempt <= world.now();
    if (isDue && idOf(invoice.parent?.subscription_details?.subscription) === subscription.id)
      tryAgain(world, subscription, invoice);
  }
}

/** Everything of subscriptions that is due by the world's clock. */
export function doDueSubscriptions(world: World): void {
  for (const subscription of world.store.all("subscription")) {
    const now = world.now();
    if (subscription.pending_update && subscription.pending_update.expires_at <= now)
      expirePending(world, subscription);
    if (subscription.status === "incomplete" && subscription.created + INCOMPLETE_SECONDS <= now)
      setStatus(world, subscription, "incomplete_expired");
    if (subscription.status === "active" || subscription.status === "past_due") retries(world, subscription);
    while (
      (subscription.status === "active" || subscription.status === "past_due") &&
      periodOf(subscription).end <= now
    )
      renew(world, subscription);
  }
}
