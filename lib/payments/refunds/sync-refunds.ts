import { newId } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { type Client, changeOrganization } from "@/lib/platform/db";
import { applyClawback } from "../clawback/apply-clawback";
import { lockBalance } from "../clawback/clawback-store";
import { paidPaymentOf } from "../payment/payment-of-intent";
import type { Payment } from "../payment/payment-store";
import { describe, stateAfter } from "./ask-refund";
import { listProviderRefunds, type ProviderRefund } from "./provider-refunds";
import type { PlanChoice } from "./refund-schema";
import { insertRefund, type Refund, refundsOf, updateRefund } from "./refund-store";

/**
 * Makes our refunds of a PaymentIntent equal to the provider's, including those made in its dashboard, and makes their
 * clawback. Safe to repeat, in any order: it reads what is there now. Returns the organization, null when the charge is
 * not ours. Errors: conflict (its payment has not succeeded yet), and those of the provider.
 */
export async function syncRefunds(ctx: InstallationContext, intent: string): Promise<string | null> {
  const payment = await paidPaymentOf(ctx, intent);
  if (!payment) return null;
  const told = await listProviderRefunds(intent);
  const { organizationId } = payment;
  const own = { ...ctx, organizationId };
  await changeOrganization(ctx.db, organizationId, async (client) => {
    const alive = await lockBalance(client, own);
    const known = await refundsOf(client, organizationId, payment.id);
    const choice = choiceOf(payment, told);
    for (const refund of told) await put(client, payment, known, { ...refund, choice }, ctx.now);
    const [latest] = told.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    if (latest && alive)
      await applyClawback(client, own, { paymentId: payment.id, onlyFree: false, description: describe(latest) });
  });
  return organizationId;
}

/**
 * The plan's fate after a refund in the provider's dashboard, which has no choice: after a full refund, the plan ends
 * with its period; before that it stays.
 */
function choiceOf({ purpose, amount }: Payment, told: ProviderRefund[]): PlanChoice | null {
  if (purpose !== "plan") return null;
  const back = told.filter(({ state }) => state !== "failed").reduce((sum, one) => sum + one.amount, 0n);
  return back >= amount ? "end_at_period_end" : "keep";
}

type Told = ProviderRefund & { choice: PlanChoice | null };

async function put(client: Client, payment: Payment, known: Refund[], told: Told, now: Date): Promise<void> {
  const ours = known.find(({ refund, id }) => refund === told.id || (refund === null && id === told.ours));
  const settledAt = told.state === "pending" ? null : (ours?.settledAt ?? now);
  if (ours) {
    const state = stateAfter(ours, told);
    const { note } = ours;
    await updateRefund(client, ours, { state, amount: told.amount, note, refund: told.id, settledAt });
    return;
  }
  await insertRefund(client, {
    ...{ organizationId: payment.organizationId, id: newId(told.createdAt), paymentId: payment.id, state: told.state },
    ...{ amount: told.amount, reason: told.reason ?? "", note: null, refund: told.id, requestedBy: null },
    ...{ createdAt: told.createdAt, settledAt, planChoice: told.choice },
  });
}
