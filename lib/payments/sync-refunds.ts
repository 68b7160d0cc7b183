import { newId } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { type Client, changeOrganization } from "@/lib/platform/db";
import { describe, later } from "./ask-refund";
import type { Payment } from "./payment-store";
import { listProviderRefunds, type ProviderRefund } from "./provider-refunds";
import { insertRefund, type Refund, refundsOf, updateRefund } from "./refund-store";
import { lockBalance } from "./returned-store";
import { takeBack } from "./take-back";

/**
 * Makes our refunds of a payment equal to the provider's, those included that were made in its dashboard, and takes back
 * what they say. Safe to repeat, in any order: it reads what is there now. Answers how many the provider has.
 */
export async function syncRefunds(ctx: InstallationContext, payment: Payment): Promise<number> {
  if (payment.intent === null) return 0;
  const told = await listProviderRefunds(payment.intent);
  if (told.length === 0) return 0;
  const { organizationId } = payment;
  const own = { ...ctx, organizationId };
  await changeOrganization(ctx.db, organizationId, async (client) => {
    const alive = await lockBalance(client, own);
    const known = await refundsOf(client, organizationId, payment.id);
    for (const refund of told) await put(client, payment, known, refund, ctx.now);
    const description = describe(
      told.some(({ state }) => state !== "failed") ? { state: "succeeded" } : { state: "failed" },
    );
    if (alive) await takeBack(client, own, { paymentId: payment.id, onlyFree: false, description });
  });
  return told.length;
}

async function put(client: Client, payment: Payment, known: Refund[], told: ProviderRefund, now: Date): Promise<void> {
  const ours = known.find(({ refund, id }) => refund === told.id || (refund === null && id === told.ours));
  const settledAt = told.state === "pending" ? null : (ours?.settledAt ?? now);
  if (ours) {
    const state = later(ours.state, told.state);
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
