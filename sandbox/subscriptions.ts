/** Subscriptions: their objects, their start and their end. */
import type Stripe from "stripe";
import { cardFault, StripeFault } from "./fault";
import { payInvoice } from "./invoice-payment";
import { finalize, newInvoice, newLine } from "./invoices";
import { listOf } from "./list";
import { moneyText } from "./money-text";
import { periodEnd } from "./periods";
import { idOf, type World } from "./world";

export type PricedItem = { price: Stripe.Price; quantity: number };
export type NewSubscription = {
  customer: Stripe.Customer;
  items: PricedItem[];
  metadata: Record<string, string>;
  description: string | null;
  method: string | null;
};

export function everyOf(price: Stripe.Price) {
  return { interval: price.recurring?.interval ?? "month", interval_count: price.recurring?.interval_count ?? 1 };
}

function planOf(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    ...everyOf(price),
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}

export function newItem(
  world: World,
  subscription: string,
  { price, quantity }: PricedItem,
  period: { start: number; end: number },
): Stripe.SubscriptionItem {
  return {
    id: world.id("si", 14),
    object: "subscription_item",
    billing_thresholds: null,
    created: world.now(),
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

export function withPrice(item: Stripe.SubscriptionItem, { price, quantity }: PricedItem): Stripe.SubscriptionItem {
  return { ...item, price, quantity, plan: planOf(price) };
}

export function periodOf(subscription: Stripe.Subscription): { start: number; end: number } {
  const [item] = subscription.items.data;
  return {
    start: item?.current_period_start ?? subscription.start_date,
    end: item?.current_period_end ?? subscription.start_date,
  };
}

/** "1 × Pro (at $20.00 / month)" */
export function lineText(world: World, { price, quantity }: PricedItem): string {
  const product = world.store.get("product", idOf(price.product) ?? "");
  return `${quantity} × ${product?.name ?? "Subscription"} (at ${moneyText(price.unit_amount ?? 0, price.currency)} / ${everyOf(price).interval})`;
}

export function periodLine(
  world: World,
  invoice: string | null,
  subscription: string,
  item: Stripe.SubscriptionItem,
  period: { start: number; end: number },
): Stripe.InvoiceLineItem {
  const quantity = item.quantity ?? 1;
  return newLine(world, invoice, {
    amount: (item.price.unit_amount ?? 0) * quantity,
    currency: item.price.currency,
    description: lineText(world, { price: item.price, quantity }),
    quantity,
    price: item.price,
    period,
    subscription,
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription,
        subscription_item: item.id,
      },
    },
  });
}

function blank(world: World, of: NewSubscription): Stripe.Subscription {
  const id = world.id("sub");
  const now = world.now();
  const [first] = of.items;
  const period = { start: now, end: first ? periodEnd(now, everyOf(first.price), now) : now };
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: "classic" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: now,
    currency: first?.price.currency ?? "usd",
    customer: of.customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: of.method,
    default_source: null,
    default_tax_rates: [],
    description: of.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: listOf(
      of.items.map((item) => newItem(world, id, item, period)),
      `/v1/subscription_items?subscription=${id}`,
    ),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: of.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: "off" },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: "incomplete",
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
  };
}

/** An invoice of a subscription: it has a number, and is unpaid unless its amount is zero. */
export function billSubscription(
  world: World,
  subscription: Stripe.Subscription,
  of: {
    reason: "subscription_create" | "subscription_cycle" | "subscription_update";
    lines: (invoice: string) => Stripe.InvoiceLineItem[];
    prorationDate?: number;
  },
): Stripe.Invoice {
  const customer = world.store.get("customer", idOf(subscription.customer) ?? "");
  if (!customer) throw new Error(`Subscription ${subscription.id} has no customer.`);
  const invoice = newInvoice(
    world,
    {
      customer,
      currency: subscription.currency,
      reason: of.reason,
      autoAdvance: true,
      period: periodOf(subscription),
      subscription: {
        id: subscription.id,
        metadata: subscription.metadata,
        ...(of.prorationDate !== undefined && { prorationDate: of.prorationDate }),
      },
    },
    of.lines,
  );
  subscription.latest_invoice = invoice.id;
  world.store.put("subscription", subscription);
  finalize(world, invoice);
  return invoice;
}

/** Incomplete until its first invoice is paid. */
export function beginSubscription(
  world: World,
  of: NewSubscription,
): { subscription: Stripe.Subscription; invoice: Stripe.Invoice } {
  const subscription = world.store.put("subscription", blank(world, of));
  if (!of.customer.currency)
    world.store.put("customer", Object.assign(of.customer, { currency: subscription.currency }));
  world.emit("customer.subscription.created", subscription);
  const period = periodOf(subscription);
  const invoice = billSubscription(world, subscription, {
    reason: "subscription_create",
    lines: (id) => subscription.items.data.map((item) => periodLine(world, id, subscription.id, item, period)),
  });
  return { subscription, invoice };
}

export type Tried = "paid" | "requires_action" | StripeFault;

/** Errors: none: the answer contains the bank's. */
export function tryInvoice(world: World, invoice: Stripe.Invoice, offSession: boolean, method?: string): Tried {
  if (invoice.status === "paid") return "paid";
  try {
    const intent = payInvoice(world, invoice, {
      method,
      offSession,
      returnUrl: `${world.pagesFor()}/sandbox/invoices/${invoice.id}`,
    });
    return intent?.status === "requires_action" ? "requires_action" : "paid";
  } catch (error) {
    if (error instanceof StripeFault) return error;
    throw error;
  }
}

export function needsAction(): StripeFault {
  return cardFault({
    code: "subscription_payment_intent_requires_action",
    message: "Payment for this subscription requires additional user action before it can be completed successfully.",
  });
}

export function setStatus(world: World, subscription: Stripe.Subscription, status: Stripe.Subscription.Status): void {
  if (subscription.status === status) return;
  const previous = { status: subscription.status };
  subscription.status = status;
  world.store.put("subscription", subscription);
  world.emit("customer.subscription.updated", subscription, previous);
}

export function endSubscription(
  world: World,
  subscription: Stripe.Subscription,
  reason: "cancellation_requested" | "payment_failed",
): void {
  const now = world.now();
  Object.assign(subscription, {
    status: "canceled",
    ended_at: now,
    canceled_at: subscription.canceled_at ?? now,
    pending_update: null,
  } satisfies Partial<Stripe.Subscription>);
  subscription.cancellation_details = { comment: null, feedback: null, feedback_option: null, reason };
  world.store.put("subscription", subscription);
  world.emit("customer.subscription.deleted", subscription);
}
