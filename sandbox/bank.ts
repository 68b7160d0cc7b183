/** The bank's answer to a payment, and the cards that it knows. */
import type Stripe from "stripe";
import { type Decline, invalid, missing } from "./fault";
import type { BankCard } from "./kinds";
import { cardByNumber, cardByToken, isCardNumber, SET_UP_TOKEN, type TestCard } from "./test-cards";
import { idOf, type World } from "./world";

export type Verdict = { kind: "approved" } | { kind: "authenticate" } | { kind: "declined"; decline: Decline };
type BankRequest = { purpose: "charge" | "setup"; offSession: boolean; authenticated: boolean };

const AUTHENTICATION_REQUIRED: Decline = {
  code: "authentication_required",
  decline_code: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};
const NOT_A_TEST_CARD: Decline = {
  code: "card_declined",
  decline_code: "test_mode_live_card",
  message: "Your card was declined. Your request was in test mode, but used a non test card. Use a test card's number.",
};
const EXPIRED: Decline = {
  code: "expired_card",
  decline_code: "expired_card",
  message: "Your card has expired.",
  param: "exp_month",
};

function isOver(world: World, { card }: Stripe.PaymentMethod): boolean {
  if (!card) return false;
  return Date.UTC(card.exp_year, card.exp_month) <= world.nowMs();
}

export function bankCard(world: World, method: Stripe.PaymentMethod): BankCard {
  return world.store.get("bank_card", method.id) ?? { id: method.id, behavior: {}, setUp: false, used: false };
}

export function decide(
  world: World,
  method: Stripe.PaymentMethod,
  { purpose, offSession, authenticated }: BankRequest,
): Verdict {
  const { behavior, setUp } = bankCard(world, method);
  if (isOver(world, method)) return { kind: "declined", decline: EXPIRED };
  const excused = offSession && setUp && behavior.authenticate === "on_session";
  if (behavior.authenticate && !authenticated && !excused) {
    return offSession ? { kind: "declined", decline: AUTHENTICATION_REQUIRED } : { kind: "authenticate" };
  }
  const { decline } = behavior;
  if (decline && (purpose === "charge" || decline.when === "always")) return { kind: "declined", decline };
  return { kind: "approved" };
}

type CardFields = { number: string; exp_month: number; exp_year: number; name?: string | null; email?: string | null };
const BRAND_NAMES: Readonly<Record<string, string>> = {
  visa: "visa",
  mastercard: "mastercard",
  amex: "american_express",
};

function methodOf(world: World, test: TestCard, fields: CardFields): Stripe.PaymentMethod {
  const { brand } = test;
  return {
    id: world.id("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: {
      address: null,
      email: fields.email ?? null,
      name: fields.name ?? null,
      phone: null,
      tax_id: null,
    },
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: BRAND_NAMES[brand] ?? brand,
      exp_month: fields.exp_month,
      exp_year: fields.exp_year,
      fingerprint: `sandbox${fields.number.slice(-9)}`,
      funding: "credit",
      generated_from: null,
      last4: fields.number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: world.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
}

function keep(world: World, method: Stripe.PaymentMethod, test: TestCard, setUp: boolean): Stripe.PaymentMethod {
  world.store.put("bank_card", { id: method.id, behavior: test.behavior, setUp, used: false });
  return world.store.put("payment_method", method);
}

/** Errors: card_error for a number that is none, or not a test card's. */
export function newCard(world: World, fields: CardFields): Stripe.PaymentMethod | Decline {
  const number = fields.number.replaceAll(/[\s-]/g, "");
  if (!isCardNumber(number)) {
    return { code: "incorrect_number", message: "Your card number is incorrect.", param: "number" };
  }
  if (fields.exp_month < 1 || fields.exp_month > 12) {
    return { code: "invalid_expiry_month", message: "Your card's expiration month is invalid.", param: "exp_month" };
  }
  if (Date.UTC(fields.exp_year, fields.exp_month) <= world.nowMs() || fields.exp_year > 2100) {
    return { code: "invalid_expiry_year", message: "Your card's expiration year is invalid.", param: "exp_year" };
  }
  const test = cardByNumber(number);
  return test ? keep(world, methodOf(world, test, { ...fields, number }), test, false) : NOT_A_TEST_CARD;
}

/** The payment method of an id, or a new one for a token such as `pm_card_visa`. Errors: resource_missing. */
export function methodNamed(world: World, id: string, param?: string): Stripe.PaymentMethod {
  const kept = world.store.get("payment_method", id);
  if (kept) return kept;
  const test = cardByToken(id);
  if (!test) throw missing("PaymentMethod", id, param);
  const year = new Date(world.nowMs()).getUTCFullYear() + 1;
  const method = methodOf(world, test, { number: test.number, exp_month: 12, exp_year: year });
  return keep(world, method, test, id === SET_UP_TOKEN);
}

/** Errors: a card of another customer, or one that was used up or detached. */
export function mustBeUsable(world: World, method: Stripe.PaymentMethod, customer: string | undefined): void {
  const owner = idOf(method.customer);
  if (owner !== undefined && owner !== customer) {
    throw customer === undefined
      ? invalid(
          `The PaymentMethod ${method.id} belongs to the Customer ${owner}. Include the Customer in the \`customer\` parameter.`,
          undefined,
          "payment_method",
        )
      : invalid(
          `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`,
          "resource_missing",
          "payment_method",
        );
  }
  if (owner === undefined && bankCard(world, method).used) {
    throw invalid(
      "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.",
      "payment_method_unexpected_state",
      "payment_method",
    );
  }
}

/** Ties a card to a customer; a card that is tied already stays as it is. */
export function attach(world: World, method: Stripe.PaymentMethod, customer: string): void {
  if (idOf(method.customer) === customer) return;
  method.customer = customer;
  world.store.put("payment_method", method);
  world.emit("payment_method.attached", method);
}

export function markSetUp(world: World, method: Stripe.PaymentMethod): void {
  world.store.put("bank_card", { ...bankCard(world, method), setUp: true });
}

export function markUsed(world: World, method: Stripe.PaymentMethod): void {
  if (method.customer === null) world.store.put("bank_card", { ...bankCard(world, method), used: true });
}
