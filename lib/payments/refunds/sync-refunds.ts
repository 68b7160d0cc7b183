import { newId } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { type Client, changeOrganization } from "@/lib/platform/db";
import { applyClawback } from "../clawback/apply-clawback";
import { lockBalance } from "../clawback/clawback-store";
import { paidPaymentOf } from "../payment/payment-of-intent";
import type { Payment } from "../payment/payment-store";
import { listProviderRefunds, type ProviderRefund } from "./provider-refunds";
import type { PlanChoice } from "./refund-schema";
import { insertRefund, type Refund, refundsOf, updateRefund } from "./refund-store";
import { refundDescription, stateAfter } from "./send-refund";

/**
 * Makes our refunds of a PaymentIntent equal to the provider's, including those made in its dashboard, and makes their
 * clawback. Safe to repeat, in any order: it reads what is there now. Returns the organization, null when the charge is
 * not ours. Errors: conflict (its payment has not succeeded yet), and those of the provider.
 */
export async function syncRefunds(ctx: InstallationContext, intent: string): Promise<string | null> {
  const payment = await paidPaymentOf(ctx, intent);
  if (!payment) return null;
  const reported = await listProviderRefunds(intent);
  const { organizationId } = payment;
  const own = { ...ctx, organizationId };
  await changeOrganization(ctx.db, organizationId, async (client) => {
    const alive = await lockBalance(client, own);
    const known = await refundsOf(client, organizationId, payment.id);
    const choice = choiceOf(payment, reported);
    for (const refund of reported) await writeRefund(client, payment, known, { ...refund, choice }, ctx.now);
    const [latest] = reported.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    if (latest && alive)
      await applyClawback(client, own, {
        paymentId: payment.id,
        onlyFree: false,
        description: refundDescription(latest),
      });
  });
  return organizationId;
}

/**
 * The plan's step after a refund in the provider's dashboard, which offers no choice: a full refund ends the plan at
 * the end of its period, a smaller refund keeps it.
 */
function choiceOf({ purpose, amount }: Payment, reported: ProviderRefund[]): PlanChoice | null {
  if (purpose !== "plan") return null;
  const refunded = reported.filter(({ state }) => state !== "failed").reduce((sum, one) => sum + one.amount, 0n);
  return refunded >= amount ? "end_at_period_end" : "keep";
}

type ReportedRefund = ProviderRefund & { choice: PlanChoice | null };

async function writeRefund(
  client: Client,
  payment: Payment,
  known: Refund[],
  reported: ReportedRefund,
  now: Date,
): Promise<void> {
  const ours = known.find(({ refund, id }) => refund === reported.id || (refund === null && id === reported.ours));
  const settledAt = reported.state === "pending" ? null : (ours?.settledAt ?? now);
  if (ours) {
    const state = stateAfter(ours, reported);
    const { note } = ours;
    await updateRefund(client, ours, { state, amount: reported.amount, note, refund: reported.id, settledAt });
    return;
  }
  await insertRefund(client, {
    ...{
      organizationId: payment.organizationId,
      id: newId(reported.createdAt),
      paymentId: payment.id,
      state: reported.state,
    },
    ...{ amount: reported.amount, reason: reported.reason ?? "", note: null, refund: reported.id, requestedBy: null },
    ...{ createdAt: reported.createdAt, settledAt, planChoice: reported.choice },
  });
}
