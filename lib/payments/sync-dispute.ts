import type { InstallationContext } from "@/lib/platform/context";
import { changeOrganization } from "@/lib/platform/db";
import { databaseTime, putDispute } from "./dispute-store";
import { paidPaymentOf } from "./payment-of-intent";
import { type ProviderDispute, readProviderDispute } from "./provider-disputes";
import { lockBalance } from "./returned-store";
import { takeBack } from "./take-back";

/**
 * Makes our row of a dispute equal to the provider's and takes back, or gives back, what follows from it. Safe to repeat,
 * in any order. Answers whether the dispute is of a payment of ours. Errors: conflict (that has not succeeded yet), and
 * those of the provider.
 */
export async function syncDispute(ctx: InstallationContext, id: string): Promise<boolean> {
  const changedAt = await databaseTime(ctx.db);
  const { intent, ...dispute } = await readProviderDispute(id);
  const payment = intent === null ? undefined : await paidPaymentOf(ctx, intent);
  if (!payment) return false;
  const { organizationId } = payment;
  const own = { ...ctx, organizationId };
  await changeOrganization(ctx.db, organizationId, async (client) => {
    const alive = await lockBalance(client, own);
    await putDispute(client, { ...dispute, organizationId, paymentId: payment.id, changedAt });
    const description = DESCRIPTIONS[dispute.state];
    if (alive) await takeBack(client, own, { paymentId: payment.id, onlyFree: false, description });
  });
  return true;
}

/** What the customer reads of the credit that moves. */
const DESCRIPTIONS: Record<ProviderDispute["state"], string> = {
  inquiry: "Payment dispute: the bank asks",
  open: "Payment disputed",
  won: "Payment dispute closed, credit given back",
  lost: "Payment dispute lost",
};
