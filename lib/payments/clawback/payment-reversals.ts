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
import { readStanding, type Standing } from "./clawback-store";
import { refundableAmount } from "./plan-clawback";

/** The most of a payment that can still be refunded, in minor units of the currency. */
export function leftOf(standing: Standing): bigint {
  if (standing.state !== "succeeded") return 0n;
  const { step } = currencyFacts(standing.currency);
  return chargeable(refundableAmount({ ...standing, reversed: standing.refunded + standing.disputed }), step);
}

/**
 * The refunds and disputes of a payment, and what can still be refunded. Every member may read it. Errors: not_found.
 */
export async function paymentReversals(ctx: Context, { id }: { id: string }): Promise<PaymentReversals> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const paymentId = ownPayment(ctx, id);
  return queryOrganization(ctx.db, organizationId, async (client) => {
    const standing = await readStanding(client, organizationId, paymentId);
    if (!standing) throw noSuchPayment();
    const { scale } = currentCatalogue().catalogue.unit;
    const { currency } = standing;
    const refunds = await refundsOf(client, organizationId, paymentId);
    const disputes = await disputesOf(client, organizationId, paymentId);
    const { description, state, card } = standing;
    return {
      ...{ id, description, state, card, createdAt: standing.createdAt.toISOString() },
      money: { amount: standing.amount.toString(), currency },
      credit: formatAmount(standing.credit, scale),
      clawed: formatAmount(standing.clawed, scale),
      left: { credit: formatAmount(standing.free, scale), money: { amount: leftOf(standing).toString(), currency } },
      refunds: refunds.map((row) => refundAnswer(row, currency)),
      disputes: disputes.map(disputeAnswer),
    };
  });
}
