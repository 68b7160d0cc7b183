import { currentCatalogue } from "@/lib/catalogue";
import { currencyFacts } from "@/lib/kernel/currency";
import { chargeable } from "@/lib/kernel/minor-units";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { disputesOf } from "../disputes/dispute-store";
import { noSuchPayment, ownPayment } from "../payment/own-payment";
import { disputeAnswer, refundAnswer } from "../refunds/refund-answer";
import type { PaymentReversals } from "../refunds/refund-schema";
import { refundsOf } from "../refunds/refund-store";
import { type RefundablePayment, readRefundablePayment } from "./clawback-store";
import { refundableAmount } from "./plan-clawback";

/** The most of a payment that can still be refunded, in minor units of the currency. */
export function leftOf(refundable: RefundablePayment): bigint {
  if (refundable.state !== "succeeded") return 0n;
  const { step } = currencyFacts(refundable.currency);
  return chargeable(refundableAmount({ ...refundable, reversed: refundable.refunded + refundable.disputed }), step);
}

/**
 * The refunds and disputes of a payment, and what can still be refunded. Every member may read it. Errors: not_found.
 */
export async function paymentReversals(ctx: Context, { id }: { id: string }): Promise<PaymentReversals> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const paymentId = ownPayment(ctx, id);
  return queryOrganization(ctx.db, organizationId, async (client) => {
    const refundable = await readRefundablePayment(client, organizationId, paymentId);
    if (!refundable) throw noSuchPayment();
    const { scale } = currentCatalogue().catalogue.unit;
    const { currency } = refundable;
    const refunds = await refundsOf(client, organizationId, paymentId);
    const disputes = await disputesOf(client, organizationId, paymentId);
    const { description, state, card } = refundable;
    return {
      ...{ id, description, state, card, createdAt: refundable.createdAt.toISOString() },
      money: { amount: refundable.amount.toString(), currency },
      credit: formatAmount(refundable.credit, scale),
      clawed: formatAmount(refundable.clawed, scale),
      left: {
        credit: formatAmount(refundable.free, scale),
        money: { amount: leftOf(refundable).toString(), currency },
      },
      refunds: refunds.map((row) => refundAnswer(row, currency)),
      disputes: disputes.map(disputeAnswer),
    };
  });
}
