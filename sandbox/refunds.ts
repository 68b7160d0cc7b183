/** Refunds of a charge: immediately, or for some test cards later or never. */
import type Stripe from "stripe";
import { bankCard } from "./bank";
import { invalid } from "./fault";
import { moneyText, stepOf } from "./money-text";
import { idOf, type World } from "./world";

const SLOW_SECONDS = 15;

export type NewRefund = { amount?: number; reason?: Stripe.Refund.Reason | null; metadata?: Record<string, string> };

/** Inquiries leave a charge refundable; a dispute has taken the money already. */
function mustBeFree(world: World, charge: Stripe.Charge): void {
  const dispute = world.store.all("dispute").findLast((one) => one.charge === charge.id);
  if (dispute && !dispute.is_charge_refundable) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, "charge_disputed");
  }
}

function behaviorOf(world: World, charge: Stripe.Charge) {
  const method = world.store.get("payment_method", charge.payment_method ?? "");
  return method && bankCard(world, method).behavior.refund;
}

function count(world: World, charge: Stripe.Charge, amount: number): void {
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  world.store.put("charge", charge);
}

/** Errors: charge_already_refunded, charge_disputed, invalid_request_error for more than is left. */
export function refund(world: World, charge: Stripe.Charge, { amount, reason, metadata }: NewRefund): Stripe.Refund {
  if (!charge.paid)
    throw invalid(
      `Charge ${charge.id} has not been captured or has failed; it cannot be refunded.`,
      "charge_not_refundable",
    );
  mustBeFree(world, charge);
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
  const wanted = amount ?? left;
  if (wanted < 1)
    throw invalid("This value must be greater than or equal to 1.", "parameter_invalid_integer", "amount");
  if (wanted % stepOf(charge.currency) !== 0)
    throw invalid(
      `Amount must be evenly divisible by ${stepOf(charge.currency)} in ${charge.currency}.`,
      "parameter_invalid_integer",
      "amount",
    );
  if (wanted > left) {
    throw invalid(
      `Refund amount (${moneyText(wanted, charge.currency)}) is greater than unrefunded amount on charge (${moneyText(left, charge.currency)})`,
      undefined,
      "amount",
    );
  }
  const slow = behaviorOf(world, charge) === "pending";
  const made: Stripe.Refund = {
    id: world.id("re"),
    object: "refund",
    amount: wanted,
    balance_transaction: world.id("txn"),
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    customer: idOf(charge.customer) ?? null,
    customer_account: null,
    destination_details: {
      type: "card",
      card: { type: "refund", reference_status: "pending", reference_type: "acquirer_reference_number" },
    },
    metadata: metadata ?? {},
    payment_intent: idOf(charge.payment_intent) ?? null,
    payment_method: charge.payment_method,
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: slow ? "pending" : "succeeded",
    transfer_reversal: null,
  };
  world.store.put("refund", made);
  count(world, charge, wanted);
  world.emit("refund.created", made);
  world.emit("charge.refunded", charge);
  return made;
}

/** Banks that answer late have answered: called by the clock. */
export function endSlowRefunds(world: World): void {
  for (const made of world.store.all("refund")) {
    if (made.created + SLOW_SECONDS > world.now() || made.failure_reason) continue;
    const charge = world.store.get("charge", idOf(made.charge) ?? "");
    const behavior = charge && behaviorOf(world, charge);
    if (behavior === "pending" && made.status === "pending") moveRefund(world, made, "succeeded");
    if (behavior === "failed" && made.status === "succeeded") moveRefund(world, made, "failed");
  }
}

/** The bank's later answer. A failed or canceled refund no longer counts on its charge. */
export function moveRefund(
  world: World,
  made: Stripe.Refund,
  status: "succeeded" | "failed" | "canceled" | "pending",
): Stripe.Refund {
  const over = made.status === "failed" || made.status === "canceled";
  if (over) throw invalid(`This refund has a status of ${made.status}.`);
  const previous = { status: made.status };
  made.status = status;
  if (status === "failed") made.failure_reason = "declined";
  world.store.put("refund", made);
  const charge = world.store.get("charge", idOf(made.charge) ?? "");
  if (charge && (status === "failed" || status === "canceled")) count(world, charge, -made.amount);
  world.emit("refund.updated", made, previous);
  if (status === "failed") world.emit("refund.failed", made);
  world.emit("charge.refund.updated", made, previous);
  return made;
}
