/** A subscription's change of price: its cost now, by the second, and its effect. */
import type Stripe from "stripe";
import { voidInvoice } from "./invoice-end";
import { newLine } from "./invoices";
import { stepOf } from "./money-text";
import { periodEnd } from "./periods";
import {
  billSubscription,
  everyOf,
  lineText,
  needsAction,
  newItem,
  type PricedItem,
  periodLine,
  periodOf,
  setStatus,
  tryInvoice,
  withPrice,
} from "./subscriptions";
import type { World } from "./world";

export type Proration = "none" | "create_prorations" | "always_invoice";
export type Change = {
  items: { id?: string | undefined; wanted: PricedItem }[];
  proration: Proration;
  date?: number | undefined;
  anchorNow: boolean;
};
export type Planned = {
  /** As they will be. */
  items: Stripe.SubscriptionItem[];
  /** A new period starts now, with its full price: another interval, or a new anchor. */
  restart: boolean;
  date: number;
  /** When the new period starts, where one does: now, from whenever the old one's rest is credited. */
  anchor: number;
  prorations: (invoice: string | null) => Stripe.InvoiceLineItem[];
  /** The lines of the invoice of the change: the prorations, and the price of a new period. */
  now: (invoice: string | null) => Stripe.InvoiceLineItem[];
};
type Behavior = "allow_incomplete" | "default_incomplete" | "error_if_incomplete" | "pending_if_incomplete";

const PENDING_SECONDS = 23 * 3_600;

function shareOf(amount: number, part: number, whole: number, step: number): number {
  return whole <= 0 ? 0 : Math.round((amount * part) / whole / step) * step;
}

function line(
  world: World,
  invoice: string | null,
  subscription: Stripe.Subscription,
  of: { item: Stripe.SubscriptionItem; amount: number; text: string; from: number },
): Stripe.InvoiceLineItem {
  const { end } = periodOf(subscription);
  return newLine(world, invoice, {
    amount: of.amount,
    currency: subscription.currency,
    description: of.text,
    quantity: of.item.quantity ?? 1,
    price: of.item.price,
    period: { start: of.from, end },
    subscription: subscription.id,
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: true,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: of.item.id,
      },
    },
  });
}

const worth = (item: Stripe.SubscriptionItem) => (item.price.unit_amount ?? 0) * (item.quantity ?? 1);

/** Changes nothing. The preview and the change are made of the same plan, so they cost the same. */
export function planChange(world: World, subscription: Stripe.Subscription, change: Change): Planned {
  const { start, end } = periodOf(subscription);
  const step = stepOf(subscription.currency);
  const date = Math.min(Math.max(change.date ?? world.now(), start), end);
  const old = subscription.items.data;
  const added = change.items.filter(({ id }) => !old.some((item) => item.id === id));
  const next = [
    ...old.map((item) => {
      const asked = change.items.find(({ id }) => id === item.id);
      return asked ? withPrice(item, asked.wanted) : item;
    }),
    ...added.map(({ wanted }) => newItem(world, subscription.id, wanted, { start, end })),
  ];
  const [before, after] = [old[0], next[0]];
  const another = before && after && JSON.stringify(everyOf(before.price)) !== JSON.stringify(everyOf(after.price));
  const restart = change.anchorNow || another === true;
  const whole = end - start;
  const changed = next.filter((item) => {
    const was = old.find(({ id }) => id === item.id);
    return restart || was?.price.id !== item.price.id || was.quantity !== item.quantity;
  });
  const credits = (invoice: string | null) =>
    changed.flatMap((item) => {
      const was = old.find(({ id }) => id === item.id);
      if (!was || change.proration === "none") return [];
      const text = `Unused time on ${lineText(world, { price: was.price, quantity: was.quantity ?? 1 })}`;
      return [
        line(world, invoice, subscription, {
          item: was,
          amount: -shareOf(worth(was), end - date, whole, step),
          text,
          from: date,
        }),
      ];
    });
  const charges = (invoice: string | null) =>
    changed.flatMap((item) => {
      if (change.proration === "none") return [];
      const text = `Remaining time on ${lineText(world, { price: item.price, quantity: item.quantity ?? 1 })}`;
      return [
        line(world, invoice, subscription, {
          item,
          amount: shareOf(worth(item), end - date, whole, step),
          text,
          from: date,
        }),
      ];
    });
  const anchor = world.now();
  const period = after ? { start: anchor, end: periodEnd(anchor, everyOf(after.price), anchor) } : { start, end };
  const items = restart
    ? next.map((item) => ({ ...item, current_period_start: period.start, current_period_end: period.end }))
    : next;
  const prorations = (invoice: string | null) =>
    restart ? credits(invoice) : [...credits(invoice), ...charges(invoice)];
  const full = (invoice: string | null) =>
    restart ? items.map((item) => periodLine(world, invoice, subscription.id, item, period)) : [];
  return { items, restart, date, anchor, prorations, now: (invoice) => [...prorations(invoice), ...full(invoice)] };
}

function apply(
  world: World,
  subscription: Stripe.Subscription,
  { items, restart, anchor }: Pick<Planned, "items" | "restart" | "anchor">,
): void {
  const previous = { items: structuredClone(subscription.items) };
  subscription.items.data = structuredClone(items);
  if (restart) subscription.billing_cycle_anchor = anchor;
  subscription.pending_update = null;
  world.store.put("subscription", subscription);
  world.emit("customer.subscription.updated", subscription, previous);
}

/** Left for the next invoice. */
function leave(world: World, subscription: Stripe.Subscription, lines: Stripe.InvoiceLineItem[]): void {
  for (const { amount, currency, description, period, quantity } of lines) {
    const item = {
      id: world.id("ii"),
      object: "invoiceitem",
      amount,
      currency,
      customer: subscription.customer,
      customer_account: null,
      date: world.now(),
      description,
      discountable: false,
      discounts: [],
      invoice: null,
      livemode: false,
      metadata: {},
      net_amount: amount,
      parent: { type: "subscription_details", subscription_details: { subscription: subscription.id } },
      period,
      pricing: null,
      proration: true,
      quantity,
      quantity_decimal: String(quantity),
      tax_rates: [],
      test_clock: null,
    } as unknown as Stripe.InvoiceItem;
    world.store.put("invoiceitem", item);
    world.emit("invoiceitem.created", item);
  }
}

/** Errors: card_error with `error_if_incomplete`, and nothing is changed. */
export function changeItems(
  world: World,
  subscription: Stripe.Subscription,
  change: Change,
  how: { behavior: Behavior; offSession: boolean },
): void {
  const planned = planChange(world, subscription, change);
  if (!planned.restart && change.proration !== "always_invoice") {
    apply(world, subscription, planned);
    if (change.proration === "create_prorations") leave(world, subscription, planned.prorations(null));
    return;
  }
  const former = subscription.latest_invoice;
  const invoice = billSubscription(world, subscription, {
    reason: "subscription_update",
    lines: planned.now,
    prorationDate: planned.date,
  });
  const tried = how.behavior === "default_incomplete" ? "requires_action" : tryInvoice(world, invoice, how.offSession);
  if (tried === "paid" || how.behavior === "allow_incomplete" || how.behavior === "default_incomplete") {
    apply(world, subscription, planned);
    if (tried !== "paid") setStatus(world, subscription, "past_due");
    return;
  }
  if (how.behavior === "error_if_incomplete") {
    subscription.latest_invoice = former;
    world.store.put("subscription", subscription);
    voidInvoice(world, invoice);
    throw tried === "requires_action" ? needsAction() : tried;
  }
  hold(world, subscription, planned);
}

/** The change waits for its invoice. */
function hold(world: World, subscription: Stripe.Subscription, planned: Planned): void {
  subscription.pending_update = {
    billing_cycle_anchor: planned.restart ? planned.anchor : null,
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    expires_at: world.now() + PENDING_SECONDS,
    metadata: null,
    subscription_items: planned.items,
    trial_end: null,
    trial_from_plan: null,
  };
  world.store.put("subscription", subscription);
  world.emit("customer.subscription.updated", subscription, { pending_update: null });
}

/** Its invoice is paid: the change that waited is in force. */
export function applyPending(world: World, subscription: Stripe.Subscription): void {
  const { pending_update: pending } = subscription;
  if (!pending) return;
  const anchor = pending.billing_cycle_anchor;
  apply(world, subscription, {
    items: pending.subscription_items ?? [],
    restart: anchor !== null,
    anchor: anchor ?? 0,
  });
  world.emit("customer.subscription.pending_update_applied", subscription);
}

export function expirePending(world: World, subscription: Stripe.Subscription): void {
  const invoice = world.store.get("invoice", String(subscription.latest_invoice));
  subscription.pending_update = null;
  world.store.put("subscription", subscription);
  if (invoice?.status === "open") voidInvoice(world, invoice);
  world.emit("customer.subscription.pending_update_expired", subscription);
}
