/** Stripe's published test cards, by number and by token, and their banks' behaviour. */
import type { Decline } from "./fault";

export type Behavior = {
  /** Refused whenever it is used, or only when it is charged. */
  decline?: Decline & { when: "always" | "charge" };
  /** `always`: each payment; `on_session`: each payment with the customer there, and others until it is set up. */
  authenticate?: "always" | "on_session";
  dispute?: "fraudulent" | "product_not_received" | "inquiry";
  refund?: "pending" | "failed";
};

export type TestCard = {
  number: string;
  name: string;
  behavior: Behavior;
  tokens: string[];
  brand: string;
  cvcDigits?: number;
};

const declined = (decline_code: string, message = "Your card was declined."): Decline => ({
  code: "card_declined",
  decline_code,
  message,
});
const always = (decline: Decline): Behavior => ({ decline: { ...decline, when: "always" } });

export const GENERIC_DECLINE = declined("generic_decline");
const INSUFFICIENT = declined("insufficient_funds", "Your card has insufficient funds.");
const EXPIRED: Decline = {
  code: "expired_card",
  decline_code: "expired_card",
  message: "Your card has expired.",
  param: "exp_month",
};

const visa = (number: string, name: string, behavior: Behavior, ...tokens: string[]): TestCard => ({
  number,
  name,
  behavior,
  tokens,
  brand: "visa",
});

export const TEST_CARDS: readonly TestCard[] = [
  visa("4242424242424242", "Succeeds", {}, "pm_card_visa"),
  {
    number: "5555555555554444",
    name: "Succeeds (Mastercard)",
    behavior: {},
    tokens: ["pm_card_mastercard"],
    brand: "mastercard",
  },
  {
    number: "378282246310005",
    name: "Succeeds (American Express)",
    behavior: {},
    tokens: ["pm_card_amex"],
    brand: "amex",
  },
  visa(
    "4000000000000002",
    "Is declined",
    always(GENERIC_DECLINE),
    "pm_card_visa_chargeDeclined",
    "pm_card_chargeDeclined",
  ),
  visa(
    "4000000000009995",
    "Is declined: insufficient funds",
    always(INSUFFICIENT),
    "pm_card_visa_chargeDeclinedInsufficientFunds",
    "pm_card_chargeDeclinedInsufficientFunds",
  ),
  visa(
    "4000000000009987",
    "Is declined: lost card",
    always(declined("lost_card")),
    "pm_card_visa_chargeDeclinedLostCard",
    "pm_card_chargeDeclinedLostCard",
  ),
  visa(
    "4000000000009979",
    "Is declined: stolen card",
    always(declined("stolen_card")),
    "pm_card_visa_chargeDeclinedStolenCard",
    "pm_card_chargeDeclinedStolenCard",
  ),
  visa("4000000000000069", "Is declined: expired card", always(EXPIRED), "pm_card_chargeDeclinedExpiredCard"),
  visa(
    "4000000000000127",
    "Is declined: wrong CVC",
    always({
      code: "incorrect_cvc",
      decline_code: "incorrect_cvc",
      message: "Your card's security code is incorrect.",
      param: "cvc",
    }),
    "pm_card_chargeDeclinedIncorrectCvc",
  ),
  visa(
    "4000000000000119",
    "Is declined: processing error",
    always({
      code: "processing_error",
      decline_code: "processing_error",
      message: "An error occurred while processing your card. Try again in a little bit.",
    }),
    "pm_card_chargeDeclinedProcessingError",
  ),
  visa("4100000000000019", "Is declined: fraudulent", always(declined("fraudulent")), "pm_card_radarBlock"),
  visa(
    "4000000000000341",
    "Can be saved; each payment is declined",
    { decline: { ...GENERIC_DECLINE, when: "charge" } },
    "pm_card_chargeCustomerFail",
    "pm_card_visa_chargeCustomerFail",
  ),
  visa(
    "4000002500003155",
    "3-D Secure, unless saved for later payments",
    { authenticate: "on_session" },
    "pm_card_authenticationRequiredOnSetup",
  ),
  visa(
    "4000002760003184",
    "3-D Secure for every payment",
    { authenticate: "always" },
    "pm_card_authenticationRequired",
  ),
  visa(
    "4000000000003220",
    "3-D Secure for every payment with you there",
    { authenticate: "on_session" },
    "pm_card_threeDSecure2Required",
  ),
  visa(
    "4000008260003178",
    "3-D Secure, then insufficient funds",
    { authenticate: "always", decline: { ...INSUFFICIENT, when: "charge" } },
    "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
  ),
  visa(
    "4000000000000259",
    "Succeeds, then is disputed as fraudulent",
    { dispute: "fraudulent" },
    "pm_card_createDispute",
  ),
  visa(
    "4000000000002685",
    "Succeeds, then is disputed: not received",
    { dispute: "product_not_received" },
    "pm_card_createDisputeProductNotReceived",
  ),
  visa(
    "4000000000001976",
    "Succeeds, then an inquiry is opened",
    { dispute: "inquiry" },
    "pm_card_createDisputeInquiry",
  ),
  visa("4000000000007726", "Succeeds; a refund is pending first", { refund: "pending" }, "pm_card_pendingRefund"),
  visa("4000000000005126", "Succeeds; a refund fails later", { refund: "failed" }, "pm_card_refundFail"),
];

/** Set up for payments without the customer already. */
export const SET_UP_TOKEN = "pm_card_authenticationRequiredSetupForOffSession";

export function cardByNumber(number: string): TestCard | undefined {
  return TEST_CARDS.find((card) => card.number === number);
}

export function cardByToken(token: string): TestCard | undefined {
  if (token === SET_UP_TOKEN) return cardByNumber("4000002500003155");
  return TEST_CARDS.find(({ tokens }) => tokens.includes(token));
}

/** The check digit of card numbers. */
export function isCardNumber(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, letter, index) => {
    const digit = Number(letter) * (index % 2 === 1 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}
