import { newId } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { type Client, changeOrganization } from "@/lib/platform/db";
import { describe, stateAfter } from "./ask-refund";
import { paidPaymentOf } from "./payment-of-intent";
import type { Payment } from "./payment-store";
import { listProviderRefunds, type ProviderRefund } from "./provider-refunds";
import { insertRefund, type Refund, refundsOf, updateRefund } from "./refund-store";
import { lockBalance } from "./returned-store";
import { takeBack } from "./take-back";

/**
 * Makes our refunds of a PaymentIntent equal to the provider's, those included that were made in its dashboard, and takes
 * back what they say. Safe to repeat, in any order: it reads what is there now. Answers whether the charge is ours.
 * Errors: conflict (its payment has not succeeded yet), and those of the provider.
 */
export async function syncRefunds(ctx: InstallationContext, intent: string): Promise<boolean> {
  const payment = await paidPaymentOf(ctx, intent);
  if (!payment) return false;
  const told = await listProviderRefunds(intent);
  const { organizationId } = payment;
  const own = { ...ctx, organizationId };
  await changeOrganization(ctx.db, organizationId, async (client) => {
    const alive = await lockBalance(client, own);
    const known = await refundsOf(client, organizationId, payment.id);
    for (const refund of told) await put(client, payment, known, refund, ctx.now);
    const [latest] = told.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    if (latest && alive)
      await takeBack(client, own, { paymentId: payment.id, onlyFree: false, description: describe(latest) });
  });
  return true;
}

async function put(client: Client, payment: Payment, known: Refund[], told: ProviderRefund, now: Date): Promise<void> {
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
    ...{ createdAt: told.createdAt, settledAt },
  });
}
