import { audited } from "@/lib/audit";
import { publicId } from "@/lib/kernel/ids";
import { databaseTime } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { applyClawback } from "../clawback/apply-clawback";
import { lockBalance } from "../clawback/clawback-store";
import { paidPaymentOf } from "../payment/payment-of-intent";
import { disputesOf, type KeptDispute, putDispute } from "./dispute-store";
import { type ProviderDispute, readProviderDispute } from "./provider-disputes";
import { suspendForDispute } from "./suspend-charges";

/** Whether the dispute must stop automatic charges now. One that was won before its first event stops nothing. */
function stops({ state }: Pick<ProviderDispute, "state">, before: KeptDispute | undefined): boolean {
  return state !== "won" && (!before?.suspendedAt || (state === "lost" && before.state !== "lost"));
}

/**
 * Makes our row of a dispute equal to the provider's, and makes the clawback or restores the credit. From its first
 * event, automatic charges are stopped; a lost dispute stops them again. Safe to repeat, in any order. Returns the
 * organization, null if the dispute belongs to no payment of ours. Errors: conflict (the payment has not succeeded
 * yet), and those of the provider.
 */
export async function syncDispute(ctx: InstallationContext, id: string): Promise<string | null> {
  const changedAt = await databaseTime(ctx.db);
  const { intent, ...dispute } = await readProviderDispute(id);
  const payment = intent === null ? undefined : await paidPaymentOf(ctx, intent);
  if (!payment) return null;
  const { organizationId } = payment;
  const own = { ...ctx, organizationId };
  const reported = { ...dispute, paymentId: payment.id };
  await audited(own, async (client) => {
    const alive = await lockBalance(client, own);
    const before = (await disputesOf(client, organizationId, payment.id)).find((one) => one.id === id);
    await putDispute(client, { ...reported, organizationId, changedAt });
    // Before the clawback, so that auto top-up no longer reacts to the lower credit.
    const stopped = alive && stops(dispute, before) && (await suspendForDispute(client, own, reported));
    if (alive)
      await applyClawback(client, own, {
        ...{ paymentId: payment.id, onlyFree: false },
        description: DESCRIPTIONS[dispute.state],
      });
    const object = {
      type: "payment",
      id: publicId("pay", organizationId, payment.id),
      name: payment.description,
    } as const;
    const audit = { action: "charges.suspended", object, after: { dispute: id, reason: dispute.reason } } as const;
    return { answer: undefined, audit: stopped ? audit : null };
  });
  return organizationId;
}

/** What customers read beside the credit that moves. */
const DESCRIPTIONS: Record<ProviderDispute["state"], string> = {
  inquiry: "Payment dispute: the bank asks",
  open: "Payment disputed",
  won: "Payment dispute closed, credit restored",
  lost: "Payment dispute lost",
};
