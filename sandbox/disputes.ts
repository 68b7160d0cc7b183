/** Disputes: a bank takes a payment back, and may give it back later. */
import type Stripe from "stripe";
import { invalid } from "./fault";
import type { World } from "./world";

export type NewDispute = { amount?: number; reason?: string; inquiry?: boolean };
type Status = Stripe.Dispute.Status;

const EVIDENCE_DAYS = 9;
const OVER: readonly Status[] = ["won", "lost", "warning_closed", "prevented"];

const TEXTS = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_communication",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "customer_signature",
  "duplicate_charge_documentation",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "receipt",
  "refund_policy",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "service_documentation",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_documentation",
  "shipping_tracking_number",
  "uncategorized_file",
  "uncategorized_text",
] as const;

function noEvidence(): Stripe.Dispute.Evidence {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, null])) as Record<(typeof TEXTS)[number], null>;
  return { ...texts, enhanced_evidence: {} };
}

/** Errors: charge_disputed when there is one, invalid_request_error for more than was paid. */
export function openDispute(
  world: World,
  charge: Stripe.Charge,
  { amount, reason = "fraudulent", inquiry = false }: NewDispute,
): Stripe.Dispute {
  const disputed = amount ?? charge.amount;
  if (charge.disputed) throw invalid(`Charge ${charge.id} is disputed already.`, "charge_disputed");
  if (!charge.paid || disputed < 1 || disputed > charge.amount)
    throw invalid("No such amount was paid.", undefined, "amount");
  const dispute: Stripe.Dispute = {
    id: world.id("du"),
    object: "dispute",
    amount: disputed,
    balance_transactions: [],
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence(),
    evidence_details: {
      due_by: world.now() + EVIDENCE_DAYS * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: inquiry ? "warning_needs_response" : "needs_response",
  };
  world.store.put("dispute", dispute);
  charge.disputed = true;
  world.store.put("charge", charge);
  world.emit("charge.dispute.created", dispute);
  if (!inquiry) world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/** Errors: invalid_request_error for one that has ended. */
export function moveDispute(world: World, dispute: Stripe.Dispute, status: Status): Stripe.Dispute {
  if (OVER.includes(dispute.status)) throw invalid(`This dispute is already closed with the status ${dispute.status}.`);
  const wasInquiry = dispute.status.startsWith("warning_");
  const previous = { status: dispute.status };
  dispute.status = status;
  dispute.is_charge_refundable = status.startsWith("warning_") || status === "won";
  world.store.put("dispute", dispute);
  if (OVER.includes(status)) world.emit("charge.dispute.closed", dispute, previous);
  else world.emit("charge.dispute.updated", dispute, previous);
  const isInquiry = status.startsWith("warning_");
  if (status === "won" && !wasInquiry) world.emit("charge.dispute.funds_reinstated", dispute);
  if (wasInquiry && !isInquiry && status !== "won") world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}
