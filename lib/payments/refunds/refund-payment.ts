import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { currencyFacts } from "@/lib/kernel/currency";
import { TollgateError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { formatMinor } from "@/lib/kernel/minor-units";
import { requireOperator } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { applyClawback } from "../clawback/apply-clawback";
import { lockBalance, type RefundablePayment, readRefundablePayment } from "../clawback/clawback-store";
import { leftOf } from "../clawback/payment-reversals";
import { noSuchPayment, ownPayment } from "../payment/own-payment";
import { stripe } from "../provider/client";
import { refundAnswer } from "./refund-answer";
import { type MakeRefund, makeRefundSchema, type PlanChoice, type RefundAnswer } from "./refund-schema";
import { insertRefund, type Refund, refundsOf, reserveRequest } from "./refund-store";
import { refundDescription, sendRefund } from "./send-refund";

/**
 * Refunds a payment to its original payment method: an amount, or all that is left. The clawback happens before the
 * request to the provider, and a refusal restores the credit. An unknown result stays `pending` until a job resolves
 * it. A payment of a running plan needs `plan`, a choice that lib/plans applies. Errors: forbidden, not_found, conflict
 * (more than is left, a refund is pending, or the provider refused), validation_failed (`plan` is missing, or there is
 * no plan).
 */
export async function refundPayment(ctx: Context, input: MakeRefund): Promise<RefundAnswer> {
  requireOperator(ctx.actor, "refund payments");
  const { payment, amount, reason, plan } = checkInput(makeRefundSchema, input);
  const paymentId = ownPayment(ctx, payment);
  // Throws without a provider, before anything is reserved.
  stripe();
  const { row, refundable } = await audited(ctx, async (client) => {
    if (!(await lockBalance(client, ctx))) throw noSuchPayment();
    const found = await readRefundablePayment(client, ctx.organizationId, paymentId);
    if (!found) throw noSuchPayment();
    checkChoice(found, plan);
    const reserved = await reserve(client, ctx, found, { amount, reason, plan });
    await applyClawback(client, ctx, { paymentId, onlyFree: true, description: refundDescription(reserved) });
    const answer = refundAnswer(reserved, found.currency);
    const object = { type: "refund", id: answer.id, name: found.description } as const;
    const after = { payment, amount: moneyText(reserved.amount ?? 0n, found), reason, ...(plan && { plan }) };
    return { answer: { row: reserved, refundable: found }, audit: { action: "refund.made", object, after } };
  });
  const { refund, refusal } = await sendRefund(ctx, row, refundable.intent as string);
  if (refusal !== null) throw new TollgateError("conflict", `The payment provider refused: ${refusal}`);
  return refundAnswer(refund, refundable.currency);
}

function moneyText(amount: bigint, { currency }: RefundablePayment): string {
  return `${formatMinor(amount, currentCatalogue().catalogue.payment.digits)} ${currency}`;
}

function checkChoice({ planRuns }: RefundablePayment, plan: PlanChoice | undefined): void {
  if (planRuns === (plan !== undefined)) return;
  const message = planRuns
    ? "It paid for a plan that is running: choose whether the plan is kept, ends now, or ends at the period's end."
    : "It did not pay for a plan that is running: leave out what becomes of one.";
  throw new TollgateError("validation_failed", message, { field: "plan" });
}

type RefundTerms = { amount?: bigint | undefined; reason: string; plan?: PlanChoice | undefined };

/** Reserves the refund: the customer's request becomes it, or a new row. */
async function reserve(
  client: Client,
  { organizationId, now }: Context,
  refundable: RefundablePayment,
  { amount, reason, plan }: RefundTerms,
): Promise<Refund> {
  const left = leftOf(refundable);
  const before = await refundsOf(client, organizationId, refundable.id);
  if (before.some(({ state, refund }) => state === "pending" && refund === null))
    throw new TollgateError("conflict", "A refund of this payment is in progress. The provider has not responded yet.");
  if (refundable.intent === null || left === 0n)
    throw new TollgateError("conflict", "This payment has nothing left to refund.");
  const refundAmount = amount ?? left;
  if (refundAmount > left)
    throw new TollgateError("conflict", `At most ${moneyText(left, refundable)} of this payment can be refunded.`);
  if (refundAmount % BigInt(currencyFacts(refundable.currency).step) !== 0n)
    throw new TollgateError(
      "validation_failed",
      `${moneyText(refundAmount, refundable)} cannot be paid out. Round the amount.`,
      {
        field: "amount",
      },
    );
  const request = before.find(({ state }) => state === "requested");
  if (request) {
    const change = { state: "pending", amount: refundAmount, note: reason, refund: null, settledAt: null } as const;
    return reserveRequest(client, request, now, { ...change, planChoice: plan ?? null });
  }
  const row: Refund = {
    ...{
      organizationId,
      id: newId(now),
      paymentId: refundable.id,
      state: "pending",
      amount: refundAmount,
      reason,
      note: null,
    },
    ...{ refund: null, requestedBy: null, createdAt: now, settledAt: null, planChoice: plan ?? null },
  };
  await insertRefund(client, row);
  return row;
}
