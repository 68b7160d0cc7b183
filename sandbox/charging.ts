/** Charges: one attempt of a payment at the bank, as it succeeded or was declined. */
import type Stripe from "stripe";
import { bankCard } from "./bank";
import type { Decline } from "./fault";
import { idOf, type World } from "./world";

type Attempt = { intent: Stripe.PaymentIntent; method: Stripe.PaymentMethod; decline?: Decline };

function outcomeOf(decline: Decline | undefined): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline ? "declined_by_network" : "approved_by_network",
    reason: decline?.decline_code ?? decline?.code ?? null,
    risk_level: "normal",
    seller_message: decline ? "The bank did not return any further details with this decline." : "Payment complete.",
    type: decline ? "issuer_declined" : "authorized",
  };
}

function cardDetails(method: Stripe.PaymentMethod): Stripe.Charge.PaymentMethodDetails {
  const { card } = method;
  if (!card) return { type: method.type };
  const { brand, country, exp_month, exp_year, fingerprint, funding, last4, regulated_status } = card;
  return {
    type: "card",
    card: {
      amount_authorized: null,
      authorization_code: null,
      brand,
      checks: card.checks,
      country,
      electronic_commerce_indicator: null,
      exp_month,
      exp_year,
      fingerprint: fingerprint ?? null,
      funding,
      installments: null,
      last4,
      mandate: null,
      network: brand,
      network_transaction_id: null,
      regulated_status,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

/** Keeps the charge and tells of it: `charge.succeeded` or `charge.failed`. */
export function makeCharge(world: World, { intent, method, decline }: Attempt): Stripe.Charge {
  const paid = decline === undefined;
  const charge: Stripe.Charge = {
    id: world.id("ch"),
    object: "charge",
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: paid ? world.id("txn") : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: "TOLLGATE SANDBOX",
    captured: paid,
    created: world.now(),
    currency: intent.currency,
    customer: idOf(intent.customer) ?? null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: cardDetails(method),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: paid ? "succeeded" : "failed",
    transfer_data: null,
    transfer_group: null,
  };
  world.store.put("charge", charge);
  return charge;
}

export function disputeOf(world: World, method: Stripe.PaymentMethod) {
  return bankCard(world, method).behavior.dispute;
}
