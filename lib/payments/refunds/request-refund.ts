import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { formatMinor } from "@/lib/kernel/minor-units";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { queueMail } from "@/lib/platform/mail";
import { lockBalance, type RefundablePayment, readRefundablePayment } from "../clawback/clawback-store";
import { leftOf } from "../clawback/payment-reversals";
import { noSuchPayment, ownPayment } from "../payment/own-payment";
import { refundAnswer } from "./refund-answer";
import { refundRequestedMail } from "./refund-mail";
import { type RefundAnswer, type RequestRefund, requestRefundSchema } from "./refund-schema";
import { insertRefund, type Refund, readRequester, refundsOf } from "./refund-store";

/**
 * Asks the operator for a refund of a payment, with a reason; a mail tells the operator's support. Nothing moves yet.
 * Errors: forbidden, not_found, conflict (nothing of it is left, or it was already requested), validation_failed.
 */
export async function requestRefund(ctx: Context, input: RequestRefund): Promise<RefundAnswer> {
  requirePermission(ctx, "billing.manage");
  const { payment, reason } = checkInput(requestRefundSchema, input);
  const { organizationId, now, actor } = ctx;
  const paymentId = ownPayment(ctx, payment);
  return audited(ctx, async (client) => {
    await lockBalance(client, ctx);
    const refundable = await readRefundablePayment(client, organizationId, paymentId);
    if (!refundable) throw noSuchPayment();
    if (leftOf(refundable) === 0n) throw new TollgateError("conflict", "This payment has nothing left to refund.");
    const before = await refundsOf(client, organizationId, paymentId);
    if (before.some(({ state }) => state === "requested"))
      throw new TollgateError("conflict", "A refund of this payment is already requested.");
    const requestedBy = actor.type === "user" ? actor.userId : null;
    const row: Refund = {
      ...{ organizationId, id: newId(now), paymentId, state: "requested", amount: null, reason, note: null },
      ...{ refund: null, requestedBy, createdAt: now, settledAt: null, planChoice: null },
    };
    await insertRefund(client, row);
    const answer = refundAnswer(row, refundable.currency);
    await tellSupport(client, ctx, row, refundable, answer);
    const object = { type: "refund", id: answer.id, name: refundable.description } as const;
    return { answer, audit: { action: "refund.requested", object, after: { payment, reason } } };
  });
}

async function tellSupport(
  client: Client,
  { now }: Context,
  row: Refund,
  refundable: RefundablePayment,
  answer: RefundAnswer,
) {
  const { payment: money, operator } = currentCatalogue().catalogue;
  const { organization, requester } = await readRequester(client, row.organizationId, row.requestedBy);
  const letter = refundRequestedMail({
    ...{ organization, requester, payment: answer.payment, refund: answer.id, reason: row.reason },
    ofPlan: refundable.planRuns,
    ...{
      description: refundable.description,
      left: `${formatMinor(leftOf(refundable), money.digits)} ${refundable.currency}`,
    },
  });
  await queueMail(client, { to: operator.support, ...letter, now });
}
