/** Disputes as the provider has them; its types go no further. */
import type Stripe from "stripe";
import { stripe } from "../provider/client";
import type { DisputeState } from "../refunds/refund-schema";

export type ProviderDispute = {
  /** dp_… */
  id: string;
  state: DisputeState;
  amount: bigint;
  currency: string;
  reason: string;
  /** The charge's PaymentIntent; null for charges that were made by other means than ours. */
  intent: string | null;
  openedAt: Date;
};

const STATES: Record<string, DisputeState> = {
  warning_needs_response: "inquiry",
  warning_under_review: "inquiry",
  // Closed without a chargeback: no money has moved.
  warning_closed: "won",
  prevented: "won",
  won: "won",
  lost: "lost",
};

function read({ id, status, amount, currency, reason, payment_intent, created }: Stripe.Dispute): ProviderDispute {
  const intent = typeof payment_intent === "string" ? payment_intent : (payment_intent?.id ?? null);
  // Whatever else there is (needs_response, under_review, appeals), the bank has taken the money in the meantime.
  const state = STATES[status] ?? "open";
  const openedAt = new Date(created * 1_000);
  return { id, state, amount: BigInt(amount), currency: currency.toUpperCase(), reason, intent, openedAt };
}

/** Errors: those of the SDK. */
export async function readProviderDispute(id: string): Promise<ProviderDispute> {
  return read(await stripe().disputes.retrieve(id));
}
