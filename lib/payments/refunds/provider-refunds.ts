/** Refunds at the provider. Only this file knows the provider's types for them. */
import type Stripe from "stripe";
import { stripe } from "../provider/client";
import { providerProblem } from "../provider/provider-error";
import type { RefundState } from "./refund-schema";

export type ProviderRefund = {
  /** re_… */
  id: string;
  state: Extract<RefundState, "pending" | "succeeded" | "failed">;
  amount: bigint;
  /** Our own id of the refund; null if it was made at the provider. */
  ours: string | null;
  /** The provider's reason; null without one. */
  reason: string | null;
  createdAt: Date;
};

/** A refund is pending until the provider says that it failed. */
function stateOf(status: string | null): ProviderRefund["state"] {
  if (status === "succeeded") return "succeeded";
  return status === "failed" || status === "canceled" ? "failed" : "pending";
}

function read({ id, status, amount, metadata, reason, created }: Stripe.Refund): ProviderRefund {
  const ours = metadata?.refund ?? null;
  return { id, state: stateOf(status), amount: BigInt(amount), ours, reason, createdAt: new Date(created * 1_000) };
}

/** All refunds of a payment. Errors: those of the SDK. */
export async function listProviderRefunds(intent: string): Promise<ProviderRefund[]> {
  const found: ProviderRefund[] = [];
  for await (const refund of stripe().refunds.list({ payment_intent: intent, limit: 100 })) found.push(read(refund));
  return found;
}

type NewProviderRefund = {
  intent: string;
  amount: bigint;
  organizationId: string;
  paymentId: string;
  refundId: string;
  key: string;
};

/** The result of the request: the provider's refund, its refusal as a sentence, or unknown. */
export type ProviderRefundResult =
  | { outcome: "made"; refund: ProviderRefund }
  | { outcome: "refused"; message: string }
  | { outcome: "unknown" };

/** Sends one request, with `key` as the provider's idempotency key. A refusal or a missing response is a result. */
export async function createProviderRefund({
  intent,
  amount,
  organizationId,
  paymentId,
  refundId,
  key,
}: NewProviderRefund): Promise<ProviderRefundResult> {
  const metadata = { organization: organizationId, payment: paymentId, refund: refundId };
  try {
    const made = await stripe().refunds.create(
      { payment_intent: intent, amount: Number(amount), reason: "requested_by_customer", metadata },
      { idempotencyKey: key },
    );
    return { outcome: "made", refund: read(made) };
  } catch (error) {
    const problem = providerProblem(error);
    if (!problem) throw error;
    if (problem.kind === "unavailable") return { outcome: "unknown" };
    return { outcome: "refused", message: (error as Error).message };
  }
}
