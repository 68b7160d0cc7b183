import type Stripe from "stripe";
import { z } from "zod";
import { attach, bankCard, decide, methodNamed, newCard } from "../bank";
import { cardFault, invalid, missing } from "../fault";
import { pageOf } from "../list";
import { filled, ignored, integer, metadata, paging, text } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import type { World } from "../world";
import { customerNamed } from "./customers";

const card = z.union([
  z.strictObject({ token: filled }),
  z.strictObject({ number: filled, exp_month: integer, exp_year: integer, cvc: text.optional() }),
]);

function create(world: World, of: z.output<typeof card>, email: string | null): Stripe.PaymentMethod {
  if ("token" in of) {
    const method = methodNamed(world, of.token.replace(/^tok_/, "pm_card_"), "card[token]");
    return method;
  }
  const made = newCard(world, { ...of, email });
  if ("message" in made) throw cardFault(made);
  return made;
}

/** Errors: resource_missing for a method that is not this customer's. */
function detach(world: World, id: string): Stripe.PaymentMethod {
  const method = world.store.get("payment_method", id);
  if (!method) throw missing("PaymentMethod", id);
  if (method.customer === null) {
    throw invalid(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
      undefined,
      "payment_method",
    );
  }
  const customer = customerNamed(world, String(method.customer));
  const previous = { customer: method.customer };
  method.customer = null;
  world.store.put("payment_method", method);
  world.store.put("bank_card", { ...bankCard(world, method), used: true });
  if (customer.invoice_settings?.default_payment_method === id) {
    customer.invoice_settings.default_payment_method = null;
    world.store.put("customer", customer);
    world.emit("customer.updated", customer);
  }
  for (const subscription of world.store.all("subscription")) {
    if (subscription.default_payment_method === id)
      world.store.put("subscription", { ...subscription, default_payment_method: null });
  }
  world.emit("payment_method.detached", method, previous);
  return method;
}

const listOf = (world: World, customer: string | undefined, type: string | undefined) =>
  world.store
    .all("payment_method")
    .filter((method) => method.customer === customer && (type === undefined || method.type === type));

export const paymentMethodRoutes = [
  route(
    "POST",
    "/v1/payment_methods",
    { type: filled, card, billing_details: ignored, metadata: metadata.optional(), allow_redisplay: text.optional() },
    (params, { world }) => {
      const method = create(world, params.card, null);
      if (params.metadata) method.metadata = params.metadata;
      return world.store.put("payment_method", method);
    },
  ),
  route(
    "GET",
    "/v1/payment_methods",
    { ...paging, customer: filled.optional(), type: filled.optional(), allow_redisplay: text.optional() },
    ({ customer, type, allow_redisplay, ...page }, { world }) => {
      if (customer !== undefined) customerNamed(world, customer, "customer");
      const methods = customer === undefined ? [] : listOf(world, customer, type);
      return pageOf(
        methods.filter((method) => !allow_redisplay || method.allow_redisplay === allow_redisplay),
        "/v1/payment_methods",
        page,
      );
    },
  ),
  route(
    "GET",
    "/v1/customers/:id/payment_methods",
    { ...paging, type: filled.optional(), allow_redisplay: text.optional() },
    ({ type, allow_redisplay, ...page }, { world, path }) => {
      const { id } = customerNamed(world, path.id ?? "");
      const methods = listOf(world, id, type).filter(
        (method) => !allow_redisplay || method.allow_redisplay === allow_redisplay,
      );
      return pageOf(methods, `/v1/customers/${id}/payment_methods`, page);
    },
  ),
  route("GET", "/v1/customers/:id/payment_methods/:method", {}, (_, { world, path }) => {
    const found = listOf(world, path.id, undefined).find(({ id }) => id === path.method);
    if (!found) throw missing("PaymentMethod", path.method ?? "");
    return found;
  }),
  route("GET", "/v1/payment_methods/:id", {}, (_, { world, path }) => methodNamed(world, path.id ?? "")),
  route(
    "POST",
    "/v1/payment_methods/:id",
    {
      metadata: metadata.optional(),
      billing_details: ignored,
      allow_redisplay: text.optional(),
      card: z.strictObject({ exp_month: integer.optional(), exp_year: integer.optional() }).optional(),
    },
    (params, { world, path }) => {
      const method = methodNamed(world, path.id ?? "");
      if (method.customer === null)
        throw invalid(
          "You must save this PaymentMethod to a customer before you can update it.",
          undefined,
          "payment_method",
        );
      if (params.metadata) method.metadata = merged(method.metadata, params.metadata);
      if (params.allow_redisplay) method.allow_redisplay = params.allow_redisplay;
      if (method.card) method.card = { ...method.card, ...params.card };
      world.store.put("payment_method", method);
      world.emit("payment_method.updated", method);
      return method;
    },
  ),
  route("POST", "/v1/payment_methods/:id/attach", { customer: filled }, ({ customer }, { world, path }) => {
    const owner = customerNamed(world, customer, "customer");
    const method = methodNamed(world, path.id ?? "");
    if (method.customer !== null && method.customer !== owner.id) {
      throw invalid(
        "The payment method you provided has already been attached to a customer.",
        undefined,
        "payment_method",
      );
    }
    if (bankCard(world, method).used)
      throw invalid(
        "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.",
        undefined,
        "payment_method",
      );
    const verdict = decide(world, method, { purpose: "setup", offSession: false, authenticated: true });
    if (verdict.kind === "declined") throw cardFault(verdict.decline);
    attach(world, method, owner.id);
    return method;
  }),
  route("POST", "/v1/payment_methods/:id/detach", {}, (_, { world, path }) => detach(world, path.id ?? "")),
];
