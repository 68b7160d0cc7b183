/** Refunds as the provider has them. What its answers mean is said here; its types go no further. */
import type Stripe from "stripe";
import { stripe } from "../provider/client";
import { providerProblem } from "../provider/provider-error";
import type { RefundState } from "./refund-schema";

export type ProviderRefund = {
  /** re_… */
  id: string;
  state: Extract<RefundState, "pending" | "succeeded" | "failed">;
  amount: bigint;
  /** Our own id of it, where we made it. */
  ours: string | null;
  /** Why, in the provider's word; null when nothing was said. */
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

type Asked = {
  intent: string;
  amount: bigint;
  organizationId: string;
  paymentId: string;
  refundId: string;
  key: string;
};

/** The result of the request: the provider's refund, its refusal as a sentence, or unknown. */
export type Asking =
  | { outcome: "made"; refund: ProviderRefund }
  | { outcome: "refused"; message: string }
  | { outcome: "unknown" };

/** Asks once, with `key` as the provider's idempotency key. Never throws for what the provider answers or does not. */
export async function askProvider({
  intent,
  amount,
  organizationId,
  paymentId,
  refundId,
  key,
}: Asked): Promise<Asking> {
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
