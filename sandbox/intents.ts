/** The life of a PaymentIntent: confirmed, authenticated, succeeded, failed or canceled. */
import type Stripe from "stripe";
import { attach, decide, markSetUp, markUsed, methodNamed, mustBeUsable } from "./bank";
import { disputeOf, makeCharge } from "./charging";
import { openDispute } from "./disputes";
import { cardFault, type Decline, invalid } from "./fault";
import { present } from "./present";
import { idOf, randomText, type World } from "./world";

export type NewIntent = {
  amount: number;
  currency: string;
  customer?: string | null;
  method?: string | null;
  metadata?: Record<string, string>;
  description?: string | null;
  setupFutureUsage?: "off_session" | "on_session" | null;
  receiptEmail?: string | null;
  automatic?: Stripe.PaymentIntent.AutomaticPaymentMethods | null;
};
export type Confirmation = { offSession: boolean; returnUrl: string | null; onSessionPage?: string };

export const NOT_AUTHENTICATED: Decline = {
  code: "payment_intent_authentication_failure",
  message: "We are unable to authenticate your payment method. Choose a different payment method and try again.",
};

export function newIntent(world: World, of: NewIntent): Stripe.PaymentIntent {
  const id = world.id("pi");
  const intent: Stripe.PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: of.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: of.automatic ?? null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: "automatic",
    created: world.now(),
    currency: of.currency,
    customer: of.customer ?? null,
    customer_account: null,
    description: of.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: of.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: of.method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: of.receiptEmail ?? null,
    review: null,
    setup_future_usage: of.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: of.method ? "requires_confirmation" : "requires_payment_method",
    transfer_group: null,
  };
  world.store.put("payment_intent", intent);
  world.emit("payment_intent.created", intent);
  return intent;
}

function approve(world: World, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void {
  const customer = idOf(intent.customer);
  const charge = makeCharge(world, { intent, method });
  Object.assign(intent, {
    status: "succeeded",
    amount_received: intent.amount,
    latest_charge: charge.id,
    next_action: null,
    last_payment_error: null,
  } satisfies Partial<Stripe.PaymentIntent>);
  world.store.put("payment_intent", intent);
  if (customer && intent.setup_future_usage) attach(world, method, customer);
  if (intent.setup_future_usage === "off_session") markSetUp(world, method);
  markUsed(world, method);
  world.emit("charge.succeeded", charge);
  world.emit("payment_intent.succeeded", intent);
  for (const listener of world.paid) listener(intent);
  const reason = disputeOf(world, method);
  if (reason) {
    world.later(() =>
      openDispute(world, charge, { reason: reason === "inquiry" ? "general" : reason, inquiry: reason === "inquiry" }),
    );
  }
}

/** Errors: always the card_error of the decline, with the intent in it. */
export function refuse(
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline,
): never {
  const charged = decline !== NOT_AUTHENTICATED;
  const charge = charged ? makeCharge(world, { intent, method, decline }) : undefined;
  Object.assign(intent, {
    status: "requires_payment_method",
    payment_method: null,
    next_action: null,
    ...(charge && { latest_charge: charge.id }),
    last_payment_error: {
      type: charged ? "card_error" : "invalid_request_error",
      code: decline.code,
      message: decline.message,
      ...(decline.decline_code && { decline_code: decline.decline_code }),
      ...(charge && { charge: charge.id }),
      payment_method: present(world, method),
    },
  } satisfies Partial<Stripe.PaymentIntent>);
  world.store.put("payment_intent", intent);
  if (charge) world.emit("charge.failed", charge);
  world.emit("payment_intent.payment_failed", intent);
  for (const listener of world.failed) listener(intent);
  throw cardFault(decline, {
    ...(charge && { charge: charge.id }),
    payment_intent: present(world, intent),
    payment_method: present(world, method),
  });
}

function askToAuthenticate(
  world: World,
  intent: Stripe.PaymentIntent,
  { returnUrl, onSessionPage }: Confirmation,
): void {
  intent.status = "requires_action";
  intent.last_payment_error = null;
  const url = `${world.pagesFor(onSessionPage ?? returnUrl)}/sandbox/3d-secure/${intent.id}`;
  intent.next_action = returnUrl
    ? { type: "redirect_to_url", redirect_to_url: { return_url: returnUrl, url } }
    : { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url } };
  world.store.put("payment_intent", intent);
  world.emit("payment_intent.requires_action", intent);
}

/** Errors: card_error when it is declined; invalid_request_error when it cannot be confirmed now. */
export function confirmIntent(world: World, intent: Stripe.PaymentIntent, how: Confirmation): void {
  const named = idOf(intent.payment_method);
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)) {
    const done =
      intent.status === "succeeded"
        ? "it has already succeeded after being previously confirmed"
        : `it has a status of ${intent.status}`;
    throw invalid(`You cannot confirm this PaymentIntent because ${done}.`, "payment_intent_unexpected_state");
  }
  if (!named) {
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      "payment_intent_unexpected_state",
    );
  }
  const method = methodNamed(world, named, "payment_method");
  mustBeUsable(world, method, idOf(intent.customer));
  intent.payment_method = method.id;
  const verdict = decide(world, method, { purpose: "charge", offSession: how.offSession, authenticated: false });
  if (verdict.kind === "authenticate") askToAuthenticate(world, intent, how);
  else if (verdict.kind === "declined") refuse(world, intent, method, verdict.decline);
  else approve(world, intent, method);
}

/** The customer came back from the bank's page. Errors: card_error when they failed, or the bank then declines. */
export function endAuthentication(world: World, intent: Stripe.PaymentIntent, passed: boolean): void {
  const method = methodNamed(world, idOf(intent.payment_method) ?? "");
  if (!passed) refuse(world, intent, method, NOT_AUTHENTICATED);
  const verdict = decide(world, method, { purpose: "charge", offSession: false, authenticated: true });
  if (verdict.kind === "declined") refuse(world, intent, method, verdict.decline);
  approve(world, intent, method);
}

/** Errors: payment_intent_unexpected_state when it has succeeded or is canceled. */
export function cancelIntent(world: World, intent: Stripe.PaymentIntent, reason: string | null): void {
  if (intent.status === "succeeded" || intent.status === "canceled") {
    throw invalid(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
      "payment_intent_unexpected_state",
    );
  }
  Object.assign(intent, {
    status: "canceled",
    canceled_at: world.now(),
    cancellation_reason: reason as Stripe.PaymentIntent.CancellationReason | null,
    next_action: null,
  } satisfies Partial<Stripe.PaymentIntent>);
  world.store.put("payment_intent", intent);
  world.emit("payment_intent.canceled", intent);
}
