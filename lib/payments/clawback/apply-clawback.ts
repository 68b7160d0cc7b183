import type { OrganizationTime } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { readRefundablePayment, writeClawback } from "./clawback-store";
import { clawbackTarget } from "./plan-clawback";

/**
 * Makes the clawback of a payment's credit equal to what its refunds and disputes say; what both took of the same
 * money is netted. The caller holds the lock on the balance row and has written them down.
 * Errors: conflict (`onlyFree`, and its free credit does not cover it).
 */
export async function applyClawback(
  client: Client,
  ctx: OrganizationTime,
  { paymentId, onlyFree, description }: { paymentId: string; onlyFree: boolean; description: string },
): Promise<void> {
  const refundable = await readRefundablePayment(client, ctx.organizationId, paymentId);
  if (refundable?.state !== "succeeded") return;
  const target = clawbackTarget({ ...refundable, reversed: refundable.refunded + refundable.disputed });
  await writeClawback(client, ctx, { paymentId, target, onlyFree, description });
}
