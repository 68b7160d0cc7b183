import type Stripe from "stripe";
import { z } from "zod";
import { newPrice, newProduct } from "../catalog";
import { expireSession, sessionPage } from "../checkout";
import { invalid, missing } from "../fault";
import { pageOf } from "../list";
import { filled, metadata, paging } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import { idOf, type World } from "../world";
import { customerNamed } from "./customers";
import { mustBePayable } from "./payment-intents";
import { blankSession } from "./session-object";
import { type Creating, creating, type Line } from "./session-params";

export function sessionNamed(world: World, id: string): Stripe.Checkout.Session {
  const session = world.store.get("checkout.session", id);
  if (!session) throw missing("checkout.session", id);
  if (session.status === "open" && session.expires_at <= world.now()) expireSession(world, session);
  return session;
}

function priceOf(world: World, of: Line, param: string): Stripe.Price {
  if (of.price) {
    const price = world.store.get("price", of.price);
    if (!price) throw missing("price", of.price, `${param}[price]`);
    if (!price.active)
      throw invalid(
        `The price specified is inactive. This field only accepts active prices.`,
        undefined,
        `${param}[price]`,
      );
    return price;
  }
  const data = of.price_data;
  if (!data)
    throw invalid(`Missing required param: ${param}[price_data].`, "parameter_missing", `${param}[price_data]`);
  if (data.product && !world.store.get("product", data.product))
    throw missing("product", data.product, `${param}[price_data][product]`);
  const made = data.product_data && newProduct(world, { ...data.product_data, active: false });
  const product = data.product ?? made?.id;
  if (!product)
    throw invalid(
      `You must specify either \`product\` or \`product_data\` when creating a price.`,
      "parameter_missing",
      `${param}[price_data]`,
    );
  return newPrice(world, {
    currency: data.currency,
    unitAmount: data.unit_amount,
    product,
    recurring: data.recurring ?? null,
    active: false,
  });
}

function lineOf(world: World, of: Line, index: number): Stripe.LineItem {
  const price = priceOf(world, of, `line_items[${index}]`);
  const quantity = of.quantity ?? 1;
  if (quantity < 1)
    throw invalid("This value must be greater than or equal to 1.", undefined, `line_items[${index}][quantity]`);
  const amount = (price.unit_amount ?? 0) * quantity;
  const product = world.store.get("product", idOf(price.product) ?? "");
  return {
    id: world.id("li"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: product?.name ?? null,
    metadata: of.metadata ?? {},
    price,
    quantity,
  };
}

function linesOf(world: World, params: Creating): Stripe.LineItem[] {
  const given = params.line_items ?? [];
  if (params.mode === "setup") {
    if (given.length > 0) throw invalid("You can not pass `line_items` in `setup` mode.", undefined, "line_items");
    return [];
  }
  if (given.length === 0) throw invalid(`Missing required param: line_items.`, "parameter_missing", "line_items");
  const lines = given.map((one, index) => lineOf(world, one, index));
  const recurs = lines.some(({ price }) => price?.recurring);
  if (params.mode === "payment" && recurs)
    throw invalid(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
    );
  if (params.mode === "subscription" && !recurs)
    throw invalid("You must provide at least one recurring price in `subscription` mode when using prices.");
  const [first] = lines;
  if (lines.some((one) => one.currency !== first?.currency))
    throw invalid("All prices on a Checkout session must be in the same currency.");
  return lines;
}

function mustFit({ mode, ...params }: Creating): void {
  const only = (name: keyof typeof params, wanted: string) => {
    if (params[name] !== undefined && mode !== wanted)
      throw invalid(`You can not pass \`${name}\` in \`${mode}\` mode.`, undefined, name);
  };
  only("payment_intent_data", "payment");
  only("invoice_creation", "payment");
  only("setup_intent_data", "setup");
  only("subscription_data", "subscription");
  if (params.customer && params.customer_email)
    throw invalid("You may only specify one of these parameters: customer, customer_email.", undefined, "customer");
}

function create(params: Creating, world: World): Stripe.Checkout.Session {
  mustFit(params);
  const customer = params.customer ? customerNamed(world, params.customer, "customer") : undefined;
  const lines = linesOf(world, params);
  const total = lines.reduce((sum, one) => sum + one.amount_total, 0);
  if (params.mode === "payment") mustBePayable(total, lines[0]?.currency ?? "usd");
  const session = blankSession(world, {
    params,
    customer,
    total,
    currency: lines[0]?.currency ?? params.currency ?? null,
  });
  world.store.put("checkout.session", session);
  world.store.put("desk", {
    id: session.id,
    lines,
    payment: {
      metadata: params.payment_intent_data?.metadata ?? {},
      description: params.payment_intent_data?.description || null,
      setup_future_usage: params.payment_intent_data?.setup_future_usage ?? null,
    },
    setup: {
      metadata: params.setup_intent_data?.metadata ?? {},
      description: params.setup_intent_data?.description || null,
    },
    subscription: {
      metadata: params.subscription_data?.metadata ?? {},
      description: params.subscription_data?.description || null,
    },
    error: null,
    keep: false,
  });
  session.url = sessionPage(world, session);
  return world.store.put("checkout.session", session);
}

const filters = {
  ...paging,
  customer: filled.optional(),
  payment_intent: filled.optional(),
  subscription: filled.optional(),
  status: z.enum(["open", "complete", "expired"]).optional(),
};

export const checkoutRoutes = [
  route("POST", "/v1/checkout/sessions", creating, (params, { world }) => create(params, world)),
  route(
    "GET",
    "/v1/checkout/sessions",
    filters,
    ({ customer, payment_intent, subscription, status, ...page }, { world }) => {
      const wanted = Object.entries({ customer, payment_intent, subscription, status }).filter(
        ([, value]) => value !== undefined,
      );
      const sessions = world.store
        .all("checkout.session")
        .filter((one) => wanted.every(([name, value]) => one[name as "customer"] === value));
      return pageOf(sessions, "/v1/checkout/sessions", page);
    },
  ),
  route("GET", "/v1/checkout/sessions/:id", {}, (_, { world, path }) => sessionNamed(world, path.id ?? "")),
  route("POST", "/v1/checkout/sessions/:id", { metadata: metadata.optional() }, (params, { world, path }) => {
    const session = sessionNamed(world, path.id ?? "");
    if (params.metadata) session.metadata = merged(session.metadata, params.metadata);
    return world.store.put("checkout.session", session);
  }),
  route("POST", "/v1/checkout/sessions/:id/expire", {}, (_, { world, path }) => {
    const session = sessionNamed(world, path.id ?? "");
    expireSession(world, session);
    return session;
  }),
  route("GET", "/v1/checkout/sessions/:id/line_items", paging, (page, { world, path }) => {
    const session = sessionNamed(world, path.id ?? "");
    return pageOf(
      world.store.get("desk", session.id)?.lines ?? [],
      `/v1/checkout/sessions/${session.id}/line_items`,
      page,
    );
  }),
];
