import type Stripe from "stripe";
import { z } from "zod";
import { methodNamed } from "../bank";
import { invalid, missing, type StripeFault } from "../fault";
import { draftInvoice } from "../invoices";
import { pageOf } from "../list";
import { currency, filled, flag, ignored, integer, metadata, paging, text } from "../params";
import { merged } from "../patch";
import { nextLines } from "../renewals";
import { route } from "../route";
import { searchRoute } from "../search";
import { type Change, changeItems, planChange } from "../subscription-change";
import {
  beginSubscription,
  endSubscription,
  needsAction,
  type PricedItem,
  periodOf,
  tryInvoice,
} from "../subscriptions";
import { idOf, type World } from "../world";
import { customerNamed } from "./customers";

export function subscriptionNamed(world: World, id: string, param?: string): Stripe.Subscription {
  const subscription = world.store.get("subscription", id);
  if (!subscription) throw missing("subscription", id, param);
  return subscription;
}

const item = z.strictObject({
  id: filled.optional(),
  price: filled.optional(),
  quantity: integer.optional(),
  metadata: ignored,
});
const behavior = z.enum(["allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"]);
const proration = z.enum(["none", "create_prorations", "always_invoice"]);
const changing = {
  items: z.array(item).optional(),
  proration_behavior: proration.optional(),
  proration_date: integer.optional(),
  billing_cycle_anchor: z.enum(["now", "unchanged"]).optional(),
  cancel_at_period_end: flag.optional(),
};
const updating = {
  ...changing,
  payment_behavior: behavior.optional(),
  off_session: flag.optional(),
  default_payment_method: text.optional(),
  metadata: metadata.optional(),
  description: text.optional(),
  cancellation_details: ignored,
  payment_settings: ignored,
};
type Changing = z.output<z.ZodObject<typeof changing>>;

function priceNamed(world: World, id: string, param: string): Stripe.Price {
  const price = world.store.get("price", id);
  if (!price) throw missing("price", id, param);
  if (!price.recurring)
    throw invalid(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      undefined,
      param,
    );
  return price;
}

function changeOf(world: World, subscription: Stripe.Subscription, params: Changing): Change {
  const items = (params.items ?? []).map((given, index) => {
    const known = subscription.items.data.find(({ id }) => id === given.id);
    if (given.id && !known) throw missing("subscription_item", given.id, `items[${index}][id]`);
    const price = given.price ? priceNamed(world, given.price, `items[${index}][price]`) : known?.price;
    if (!price)
      throw invalid(`Missing required param: items[${index}][price].`, "parameter_missing", `items[${index}][price]`);
    return { id: given.id, wanted: { price, quantity: given.quantity ?? known?.quantity ?? 1 } satisfies PricedItem };
  });
  return {
    items,
    proration: params.proration_behavior ?? "create_prorations",
    date: params.proration_date,
    anchorNow: params.billing_cycle_anchor === "now",
  };
}

function cancelLater(world: World, subscription: Stripe.Subscription, cancels: boolean): void {
  const previous = { cancel_at_period_end: subscription.cancel_at_period_end, cancel_at: subscription.cancel_at };
  subscription.cancel_at_period_end = cancels;
  subscription.cancel_at = cancels ? periodOf(subscription).end : null;
  subscription.canceled_at = cancels ? world.now() : null;
  subscription.cancellation_details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    reason: cancels ? "cancellation_requested" : null,
  };
  world.store.put("subscription", subscription);
  world.emit("customer.subscription.updated", subscription, previous);
}

/** Errors: resource_missing; a canceled one cannot be changed; no other change beside a pending one. */
function update(params: z.output<z.ZodObject<typeof updating>>, world: World, id: string): Stripe.Subscription {
  const subscription = subscriptionNamed(world, id);
  const over = subscription.status === "canceled" || subscription.status === "incomplete_expired";
  if (over) throw invalid("A canceled subscription can only update its cancellation_details and metadata.");
  if (
    params.payment_behavior === "pending_if_incomplete" &&
    (params.metadata || params.cancel_at_period_end !== undefined || params.description !== undefined)
  ) {
    throw invalid(
      "When `payment_behavior` is set to `pending_if_incomplete`, you may only pass supported parameters.",
      undefined,
      "payment_behavior",
    );
  }
  if (params.default_payment_method) {
    if (methodNamed(world, params.default_payment_method, "default_payment_method").customer !== subscription.customer)
      throw missing("PaymentMethod", params.default_payment_method, "default_payment_method");
  }
  if (params.default_payment_method !== undefined)
    subscription.default_payment_method = params.default_payment_method || null;
  if (params.metadata) subscription.metadata = merged(subscription.metadata, params.metadata);
  if (params.description !== undefined) subscription.description = params.description || null;
  world.store.put("subscription", subscription);
  if (params.cancel_at_period_end !== undefined) cancelLater(world, subscription, params.cancel_at_period_end);
  else if (!params.items) world.emit("customer.subscription.updated", subscription);
  if (params.items || params.billing_cycle_anchor === "now") {
    changeItems(world, subscription, changeOf(world, subscription, params), {
      behavior: params.payment_behavior ?? "allow_incomplete",
      offSession: params.off_session ?? false,
    });
  }
  return subscription;
}

const creating = {
  customer: filled,
  items: z.array(z.strictObject({ price: filled, quantity: integer.optional(), metadata: ignored })),
  metadata: metadata.optional(),
  description: text.optional(),
  default_payment_method: filled.optional(),
  payment_behavior: behavior.optional(),
  off_session: flag.optional(),
  currency: currency.optional(),
  payment_settings: ignored,
  proration_behavior: ignored,
  collection_method: z.enum(["charge_automatically"]).optional(),
};

function create(params: z.output<z.ZodObject<typeof creating>>, world: World): Stripe.Subscription {
  const customer = customerNamed(world, params.customer, "customer");
  const items = params.items.map((one, index) => ({
    price: priceNamed(world, one.price, `items[${index}][price]`),
    quantity: one.quantity ?? 1,
  }));
  const method = params.default_payment_method
    ? methodNamed(world, params.default_payment_method, "default_payment_method").id
    : null;
  const { subscription, invoice } = beginSubscription(world, {
    customer,
    items,
    metadata: params.metadata ?? {},
    description: params.description || null,
    method,
  });
  if (params.payment_behavior === "default_incomplete") return subscription;
  const tried = tryInvoice(world, invoice, params.off_session ?? false);
  if (params.payment_behavior === "error_if_incomplete" && tried !== "paid") {
    endSubscription(world, subscription, "payment_failed");
    throw tried === "requires_action" ? needsAction() : (tried as StripeFault);
  }
  return subscription;
}

const previewing = {
  customer: filled.optional(),
  subscription: filled,
  subscription_details: z.strictObject(changing).optional(),
  preview_mode: z.enum(["next"]).optional(),
};

/** Nothing of it is kept. */
function preview(params: z.output<z.ZodObject<typeof previewing>>, world: World): Stripe.Invoice {
  const subscription = subscriptionNamed(world, params.subscription, "subscription");
  const customer = customerNamed(world, String(subscription.customer));
  const details = params.subscription_details ?? {};
  const planned =
    details.items || details.billing_cycle_anchor === "now"
      ? planChange(world, subscription, changeOf(world, subscription, details))
      : undefined;
  const atOnce = planned && (planned.restart || details.proration_behavior === "always_invoice");
  if (!planned && (subscription.status === "canceled" || subscription.cancel_at_period_end))
    throw invalid("No upcoming invoices for customer", "invoice_upcoming_none");
  const reason = atOnce ? "subscription_update" : "upcoming";
  const about = {
    id: subscription.id,
    metadata: subscription.metadata,
    ...(planned && { prorationDate: planned.date }),
  };
  const invoice = draftInvoice(
    world,
    { customer, currency: subscription.currency, reason, period: periodOf(subscription), subscription: about },
    () => {
      if (atOnce) return planned.now(null);
      return [...(planned?.prorations(null) ?? []), ...nextLines(world, null, subscription, planned?.items)];
    },
  );
  return Object.assign(invoice, {
    id: `upcoming_${invoice.id}`,
    next_payment_attempt: atOnce ? world.now() : periodOf(subscription).end,
  });
}

const filters = {
  ...paging,
  customer: filled.optional(),
  status: filled.optional(),
  price: filled.optional(),
  collection_method: ignored,
};
const OVER = ["canceled", "incomplete_expired"];

export const subscriptionRoutes = [
  searchRoute("subscription", "/v1/subscriptions/search"),
  route("POST", "/v1/invoices/create_preview", previewing, (params, { world }) => preview(params, world)),
  route("POST", "/v1/subscriptions", creating, (params, { world }) => create(params, world)),
  route(
    "GET",
    "/v1/subscriptions",
    filters,
    ({ customer, status, price, collection_method: _, ...page }, { world }) => {
      const wanted = (one: Stripe.Subscription) =>
        status === undefined
          ? !OVER.includes(one.status)
          : status === "all" || (status === "ended" ? OVER.includes(one.status) : one.status === status);
      const subscriptions = world.store
        .all("subscription")
        .filter((one) => wanted(one) && (customer === undefined || idOf(one.customer) === customer))
        .filter((one) => price === undefined || one.items.data.some((part) => part.price.id === price));
      return pageOf(subscriptions, "/v1/subscriptions", page);
    },
  ),
  route("GET", "/v1/subscriptions/:id", {}, (_, { world, path }) => subscriptionNamed(world, path.id ?? "")),
  route("POST", "/v1/subscriptions/:id", updating, (params, { world, path }) => update(params, world, path.id ?? "")),
  route(
    "DELETE",
    "/v1/subscriptions/:id",
    { invoice_now: flag.optional(), prorate: flag.optional(), cancellation_details: ignored },
    (_, { world, path }) => {
      const subscription = subscriptionNamed(world, path.id ?? "");
      if (subscription.status === "canceled") throw missing("subscription", subscription.id);
      endSubscription(world, subscription, "cancellation_requested");
      return subscription;
    },
  ),
];
