/** The life of a SetupIntent: a card is made ready for payments without its holder. */
import type Stripe from "stripe";
import { attach, decide, markSetUp, methodNamed, mustBeUsable } from "./bank";
import { cardFault, type Decline, invalid } from "./fault";
import { present } from "./present";
import { idOf, randomText, type World } from "./world";

export type NewSetup = {
  customer?: string | null;
  method?: string | null;
  metadata?: Record<string, string>;
  description?: string | null;
  usage?: string;
};

const NOT_AUTHENTICATED: Decline = {
  code: "setup_intent_authentication_failure",
  message: "We are unable to authenticate your payment method. Choose a different payment method and try again.",
};

export function newSetup(world: World, of: NewSetup): Stripe.SetupIntent {
  const id = world.id("seti");
  const intent: Stripe.SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: world.now(),
    customer: of.customer ?? null,
    description: of.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: of.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: of.method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: of.method ? "requires_confirmation" : "requires_payment_method",
    usage: of.usage ?? "off_session",
  };
  world.store.put("setup_intent", intent);
  world.emit("setup_intent.created", intent);
  return intent;
}

function approve(world: World, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod): void {
  Object.assign(intent, {
    status: "succeeded",
    next_action: null,
    last_setup_error: null,
  } satisfies Partial<Stripe.SetupIntent>);
  world.store.put("setup_intent", intent);
  markSetUp(world, method);
  const customer = idOf(intent.customer);
  if (customer) attach(world, method, customer);
  world.emit("setup_intent.succeeded", intent);
}

function refuse(world: World, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod, decline: Decline): never {
  Object.assign(intent, {
    status: "requires_payment_method",
    payment_method: null,
    next_action: null,
    last_setup_error: {
      type: decline === NOT_AUTHENTICATED ? "invalid_request_error" : "card_error",
      code: decline.code,
      message: decline.message,
      ...(decline.decline_code && { decline_code: decline.decline_code }),
      payment_method: present(world, method),
    },
  } satisfies Partial<Stripe.SetupIntent>);
  world.store.put("setup_intent", intent);
  world.emit("setup_intent.setup_failed", intent);
  throw cardFault(decline, { setup_intent: present(world, intent), payment_method: present(world, method) });
}

/** Errors: card_error when it is declined; setup_intent_unexpected_state when it cannot be confirmed now. */
export function confirmSetup(world: World, intent: Stripe.SetupIntent, returnUrl: string | null): void {
  if (intent.status === "succeeded" || intent.status === "canceled") {
    throw invalid(
      `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`,
      "setup_intent_unexpected_state",
    );
  }
  const named = idOf(intent.payment_method);
  if (!named)
    throw invalid(
      "You cannot confirm this SetupIntent because it's missing a payment method.",
      "setup_intent_unexpected_state",
    );
  const method = methodNamed(world, named, "payment_method");
  mustBeUsable(world, method, idOf(intent.customer));
  intent.payment_method = method.id;
  const verdict = decide(world, method, { purpose: "setup", offSession: false, authenticated: false });
  if (verdict.kind === "declined") refuse(world, intent, method, verdict.decline);
  if (verdict.kind === "approved") {
    approve(world, intent, method);
    return;
  }
  const url = `${world.pagesFor(returnUrl)}/sandbox/3d-secure/${intent.id}`;
  intent.status = "requires_action";
  intent.next_action = returnUrl
    ? { type: "redirect_to_url", redirect_to_url: { return_url: returnUrl, url } }
    : { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url } };
  world.store.put("setup_intent", intent);
  world.emit("setup_intent.requires_action", intent);
}

export function endSetupAuthentication(world: World, intent: Stripe.SetupIntent, passed: boolean): void {
  const method = methodNamed(world, idOf(intent.payment_method) ?? "");
  if (!passed) refuse(world, intent, method, NOT_AUTHENTICATED);
  const verdict = decide(world, method, { purpose: "setup", offSession: false, authenticated: true });
  if (verdict.kind === "declined") refuse(world, intent, method, verdict.decline);
  approve(world, intent, method);
  for (const listener of world.setUp) listener(intent);
}
