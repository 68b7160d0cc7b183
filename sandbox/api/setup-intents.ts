import type Stripe from "stripe";
import { z } from "zod";
import { methodNamed, mustBeUsable } from "../bank";
import { invalid, missing } from "../fault";
import { pageOf } from "../list";
import { filled, flag, ignored, listed, metadata, paging, text } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import { confirmSetup, newSetup } from "../setup-intents";
import { idOf, type World } from "../world";
import { customerNamed } from "./customers";

function setupNamed(world: World, id: string): Stripe.SetupIntent {
  const intent = world.store.get("setup_intent", id);
  if (!intent) throw missing("setup_intent", id);
  return intent;
}

const confirming = {
  payment_method: filled.optional(),
  return_url: filled.optional(),
  mandate_data: ignored,
  use_stripe_sdk: flag.optional(),
};
const creating = {
  ...confirming,
  customer: filled.optional(),
  confirm: flag.optional(),
  usage: z.enum(["off_session", "on_session"]).optional(),
  metadata: metadata.optional(),
  description: text.optional(),
  allowed_payment_method_types: listed.optional(),
  automatic_payment_methods: ignored,
  payment_method_options: ignored,
};

export const setupIntentRoutes = [
  route("POST", "/v1/setup_intents", creating, (params, { world }) => {
    if (params.customer) customerNamed(world, params.customer, "customer");
    const method = params.payment_method ? methodNamed(world, params.payment_method, "payment_method") : undefined;
    if (method) mustBeUsable(world, method, params.customer);
    const intent = newSetup(world, {
      customer: params.customer ?? null,
      method: method?.id ?? null,
      metadata: params.metadata ?? {},
      description: params.description || null,
      ...(params.usage && { usage: params.usage }),
    });
    if (params.confirm) confirmSetup(world, intent, params.return_url ?? null);
    return intent;
  }),
  route(
    "GET",
    "/v1/setup_intents",
    { ...paging, customer: filled.optional(), payment_method: filled.optional() },
    ({ customer, payment_method, ...page }, { world }) => {
      const intents = world.store
        .all("setup_intent")
        .filter(
          (one) =>
            (customer === undefined || idOf(one.customer) === customer) &&
            (payment_method === undefined || idOf(one.payment_method) === payment_method),
        );
      return pageOf(intents, "/v1/setup_intents", page);
    },
  ),
  route("GET", "/v1/setup_intents/:id", { client_secret: ignored }, (_, { world, path }) =>
    setupNamed(world, path.id ?? ""),
  ),
  route(
    "POST",
    "/v1/setup_intents/:id",
    { metadata: metadata.optional(), description: text.optional() },
    (params, { world, path }) => {
      const intent = setupNamed(world, path.id ?? "");
      if (params.metadata) intent.metadata = merged(intent.metadata, params.metadata);
      if (params.description !== undefined) intent.description = params.description || null;
      return world.store.put("setup_intent", intent);
    },
  ),
  route("POST", "/v1/setup_intents/:id/confirm", confirming, (params, { world, path }) => {
    const intent = setupNamed(world, path.id ?? "");
    if (params.payment_method) intent.payment_method = methodNamed(world, params.payment_method, "payment_method").id;
    confirmSetup(world, intent, params.return_url ?? null);
    return intent;
  }),
  route(
    "POST",
    "/v1/setup_intents/:id/cancel",
    { cancellation_reason: filled.optional() },
    (params, { world, path }) => {
      const intent = setupNamed(world, path.id ?? "");
      if (intent.status === "succeeded" || intent.status === "canceled") {
        throw invalid(
          `You cannot cancel this SetupIntent because it has a status of ${intent.status}.`,
          "setup_intent_unexpected_state",
        );
      }
      Object.assign(intent, {
        status: "canceled",
        cancellation_reason: params.cancellation_reason ?? null,
        next_action: null,
      });
      world.store.put("setup_intent", intent);
      world.emit("setup_intent.canceled", intent);
      return intent;
    },
  ),
];
