import type Stripe from "stripe";
import { z } from "zod";
import { methodNamed, mustBeUsable } from "../bank";
import { invalid, missing } from "../fault";
import { cancelIntent, confirmIntent, newIntent } from "../intents";
import { pageOf } from "../list";
import { MOST, moneyText, smallest, stepOf } from "../money-text";
import { currency, filled, flag, ignored, integer, listed, metadata, paging, text } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import { searchRoute } from "../search";
import { idOf, type World } from "../world";
import { customerNamed } from "./customers";

const offSession = z.union([flag, z.enum(["one_off", "recurring"]).transform(() => true)]);
const confirming = {
  off_session: offSession.optional(),
  return_url: filled.optional(),
  error_on_requires_action: flag.optional(),
  use_stripe_sdk: flag.optional(),
  mandate_data: ignored,
  setup_future_usage: z.enum(["off_session", "on_session", ""]).optional(),
  payment_method: filled.optional(),
  payment_method_options: ignored,
  receipt_email: text.optional(),
};
const creating = {
  ...confirming,
  amount: integer,
  currency,
  customer: filled.optional(),
  confirm: flag.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  allowed_payment_method_types: listed.optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(["always", "never"]).optional() })
    .optional(),
  statement_descriptor: text.optional(),
  statement_descriptor_suffix: text.optional(),
  capture_method: z.enum(["automatic", "automatic_async"]).optional(),
  confirmation_method: z.enum(["automatic"]).optional(),
};
type Creating = z.output<z.ZodObject<typeof creating>>;
type Confirming = z.output<z.ZodObject<typeof confirming>>;

/** Errors: amount_too_small, amount_too_large. */
export function mustBePayable(amount: number, of: string): void {
  if (amount < 1)
    throw invalid("This value must be greater than or equal to 1.", "parameter_invalid_integer", "amount");
  if (amount % stepOf(of) !== 0)
    throw invalid(`Amount must be evenly divisible by ${stepOf(of)} in ${of}.`, "parameter_invalid_integer", "amount");
  if (amount < smallest(of))
    throw invalid(`Amount must be at least ${moneyText(smallest(of), of)} ${of}`, "amount_too_small", "amount");
  if (amount > MOST) throw invalid(`Amount must be no more than ${moneyText(MOST, of)}`, "amount_too_large", "amount");
}

export function intentNamed(world: World, id: string, param?: string): Stripe.PaymentIntent {
  const intent = world.store.get("payment_intent", id);
  if (!intent) throw missing("payment_intent", id, param);
  return intent;
}

function confirm(world: World, intent: Stripe.PaymentIntent, params: Confirming): Stripe.PaymentIntent {
  const redirects =
    intent.automatic_payment_methods?.enabled === true && intent.automatic_payment_methods.allow_redirects !== "never";
  if (redirects && !params.return_url && !params.off_session) {
    throw invalid(
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
      undefined,
      "return_url",
    );
  }
  if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage || null;
  confirmIntent(world, intent, { offSession: params.off_session === true, returnUrl: params.return_url ?? null });
  return intent;
}

function create(params: Creating, world: World): Stripe.PaymentIntent {
  mustBePayable(params.amount, params.currency);
  if (params.off_session && !params.confirm)
    throw invalid(
      "The parameter `off_session` cannot be passed unless `confirm` is set to true.",
      undefined,
      "off_session",
    );
  if (params.customer) customerNamed(world, params.customer, "customer");
  const method = params.payment_method ? methodNamed(world, params.payment_method, "payment_method") : undefined;
  if (method) mustBeUsable(world, method, params.customer);
  const automatic =
    params.automatic_payment_methods ?? (params.allowed_payment_method_types ? null : { enabled: true });
  const intent = newIntent(world, {
    amount: params.amount,
    currency: params.currency,
    customer: params.customer ?? null,
    method: method?.id ?? null,
    metadata: params.metadata ?? {},
    description: params.description || null,
    setupFutureUsage: params.setup_future_usage || null,
    receiptEmail: params.receipt_email || null,
    automatic: automatic && { allow_redirects: "always", ...automatic },
  });
  return params.confirm ? confirm(world, intent, params) : intent;
}

const changing = {
  amount: integer.optional(),
  metadata: metadata.optional(),
  description: text.optional(),
  payment_method: filled.optional(),
  setup_future_usage: z.enum(["off_session", "on_session", ""]).optional(),
};

export const paymentIntentRoutes = [
  searchRoute("payment_intent", "/v1/payment_intents/search"),
  route("POST", "/v1/payment_intents", creating, (params, { world }) => create(params, world)),
  route("GET", "/v1/payment_intents", { ...paging, customer: filled.optional() }, ({ customer, ...page }, { world }) =>
    pageOf(
      world.store.all("payment_intent").filter((one) => customer === undefined || idOf(one.customer) === customer),
      "/v1/payment_intents",
      page,
    ),
  ),
  route("GET", "/v1/payment_intents/:id", { client_secret: ignored }, (_, { world, path }) =>
    intentNamed(world, path.id ?? ""),
  ),
  route("POST", "/v1/payment_intents/:id", changing, (params, { world, path }) => {
    const intent = intentNamed(world, path.id ?? "");
    const open = ["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status);
    if (!open && Object.keys(params).some((name) => name !== "metadata" && name !== "description")) {
      throw invalid(
        `This PaymentIntent could not be updated because it has a status of ${intent.status}.`,
        "payment_intent_unexpected_state",
      );
    }
    if (params.amount !== undefined) mustBePayable(params.amount, intent.currency);
    if (params.payment_method)
      Object.assign(intent, {
        payment_method: methodNamed(world, params.payment_method, "payment_method").id,
        status: "requires_confirmation",
      });
    if (params.amount !== undefined) intent.amount = params.amount;
    if (params.description !== undefined) intent.description = params.description || null;
    if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage || null;
    if (params.metadata) intent.metadata = merged(intent.metadata, params.metadata);
    return world.store.put("payment_intent", intent);
  }),
  route("POST", "/v1/payment_intents/:id/confirm", confirming, (params, { world, path }) => {
    const intent = intentNamed(world, path.id ?? "");
    if (params.payment_method) intent.payment_method = methodNamed(world, params.payment_method, "payment_method").id;
    return confirm(world, intent, params);
  }),
  route(
    "POST",
    "/v1/payment_intents/:id/cancel",
    { cancellation_reason: filled.optional() },
    (params, { world, path }) => {
      const intent = intentNamed(world, path.id ?? "");
      cancelIntent(world, intent, params.cancellation_reason ?? null);
      return intent;
    },
  ),
];
