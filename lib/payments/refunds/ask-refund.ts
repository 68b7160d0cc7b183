import type { Context } from "@/lib/platform/context";
import { changeOrganization } from "@/lib/platform/db";
import { applyClawback } from "../clawback/apply-clawback";
import { lockBalance } from "../clawback/clawback-store";
import { askProvider, type ProviderRefund } from "./provider-refunds";
import { type Refund, refundsOf, updateRefund } from "./refund-store";

export type Asked = { refund: Refund; refusal: string | null };

/**
 * Asks the provider for a refund whose credit is reserved, and records what came of it: made, refused (the credit is
 * given back), or nothing known. `key` is the provider's idempotency key, the refund's own id unless said otherwise.
 */
export async function askRefund(ctx: Context, row: Refund, intent: string, key: string = row.id): Promise<Asked> {
  const { organizationId, id: refundId, paymentId, amount } = row;
  const asked = await askProvider({ intent, amount: amount ?? 0n, organizationId, paymentId, refundId, key });
  if (asked.outcome === "unknown") return { refund: row, refusal: null };
  if (asked.outcome === "made") return { refund: await settleRefund(ctx, row, asked.refund), refusal: null };
  return { refund: await settleRefund(ctx, row, { state: "failed", note: asked.message }), refusal: asked.message };
}

type Known = Pick<ProviderRefund, "state"> & Partial<Pick<ProviderRefund, "id" | "amount">> & { note?: string };

/** Records the provider's state of one of our refunds, and makes the clawback or restores the credit. */
export async function settleRefund(ctx: Context, row: Refund, known: Known): Promise<Refund> {
  const { organizationId, now } = ctx;
  return changeOrganization(ctx.db, organizationId, async (client) => {
    const alive = await lockBalance(client, ctx);
    const found = (await refundsOf(client, organizationId, row.paymentId)).find(({ id }) => id === row.id) ?? row;
    const change = {
      state: stateAfter(found, known),
      amount: known.amount ?? found.amount,
      note: found.note ?? known.note ?? null,
      refund: known.id ?? found.refund,
      settledAt: known.state === "pending" ? null : (found.settledAt ?? now),
    };
    await updateRefund(client, found, change);
    if (alive)
      await applyClawback(client, ctx, { paymentId: row.paymentId, onlyFree: false, description: describe(change) });
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
  told: { state: Refund["state"]; id?: string | undefined },
): Refund["state"] {
  if (told.id !== undefined && refund === null) return told.state;
  if (told.id === undefined && refund !== null) return state;
  return ORDER.indexOf(told.state) > ORDER.indexOf(state) ? told.state : state;
}

export function describe({ state }: Pick<Refund, "state">): string {
  return state === "failed" ? "Refund failed" : "Payment refunded";
}
