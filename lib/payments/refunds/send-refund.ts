import type { Context } from "@/lib/platform/context";
import { changeOrganization } from "@/lib/platform/db";
import { applyClawback } from "../clawback/apply-clawback";
import { lockBalance } from "../clawback/clawback-store";
import { createProviderRefund, type ProviderRefund } from "./provider-refunds";
import { type Refund, refundsOf, updateRefund } from "./refund-store";

export type SentRefund = { refund: Refund; refusal: string | null };

/**
 * Sends a refund whose credit is reserved to the provider and records the result: made, refused (the credit is
 * restored) or unknown. `key` is the provider's idempotency key, by default the refund's own id.
 */
export async function sendRefund(ctx: Context, row: Refund, intent: string, key: string = row.id): Promise<SentRefund> {
  const { organizationId, id: refundId, paymentId, amount } = row;
  const result = await createProviderRefund({ intent, amount: amount ?? 0n, organizationId, paymentId, refundId, key });
  if (result.outcome === "unknown") return { refund: row, refusal: null };
  if (result.outcome === "made") return { refund: await settleRefund(ctx, row, result.refund), refusal: null };
  return { refund: await settleRefund(ctx, row, { state: "failed", note: result.message }), refusal: result.message };
}

type RefundReport = Pick<ProviderRefund, "state"> & Partial<Pick<ProviderRefund, "id" | "amount">> & { note?: string };

/** Records the provider's state of one of our refunds, and makes the clawback or restores the credit. */
export async function settleRefund(ctx: Context, row: Refund, report: RefundReport): Promise<Refund> {
  const { organizationId, now } = ctx;
  return changeOrganization(ctx.db, organizationId, async (client) => {
    const alive = await lockBalance(client, ctx);
    const found = (await refundsOf(client, organizationId, row.paymentId)).find(({ id }) => id === row.id) ?? row;
    const change = {
      state: stateAfter(found, report),
      amount: report.amount ?? found.amount,
      note: found.note ?? report.note ?? null,
      refund: report.id ?? found.refund,
      settledAt: report.state === "pending" ? null : (found.settledAt ?? now),
    };
    await updateRefund(client, found, change);
    if (alive)
      await applyClawback(client, ctx, {
        paymentId: row.paymentId,
        onlyFree: false,
        description: refundDescription(change),
      });
    return { ...found, ...change };
  });
}

const ORDER: readonly Refund["state"][] = ["requested", "declined", "pending", "succeeded", "failed"];

/**
 * A refund only moves forward: an older state that arrives later changes nothing. The provider's state counts more than
 * a refusal, whichever arrives first, so a refund is never lost. `id` is the provider's.
 */
export function stateAfter(
  { state, refund }: Pick<Refund, "state" | "refund">,
  report: { state: Refund["state"]; id?: string | undefined },
): Refund["state"] {
  if (report.id !== undefined && refund === null) return report.state;
  if (report.id === undefined && refund !== null) return state;
  return ORDER.indexOf(report.state) > ORDER.indexOf(state) ? report.state : state;
}

export function refundDescription({ state }: Pick<Refund, "state">): string {
  return state === "failed" ? "Refund failed" : "Payment refunded";
}
