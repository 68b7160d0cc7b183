import { currentCatalogue } from "@/lib/catalogue";
import { requirePublicId } from "@/lib/kernel/ids";
import { parseAmount } from "@/lib/kernel/money";
import { requestHash } from "@/lib/kernel/request-hash";
import { transactionId, wireAmount } from "./answer";
import { refundCall } from "./call-store";
import { type GateContext, requireGateway } from "./context";
import type { RefundAnswer, RefundInput } from "./schema";

/**
 * Gives a charge's or a settled hold's credit back into the grants it came from, whole or in part.
 * Errors: not_found, conflict (nothing is left to give back), validation_failed (more than is left), overloaded.
 */
export async function refund(ctx: GateContext, { id, idempotencyKey, ...body }: RefundInput): Promise<RefundAnswer> {
  requireGateway(ctx);
  const call = requirePublicId(id, "chg", "hold", "evt");
  const { unit, tags } = currentCatalogue().catalogue;
  const amount = body.amount === undefined ? null : parseAmount(body.amount, unit.scale);
  const row = await refundCall(
    ctx.db,
    call,
    { amount, reason: body.reason, rollupTags: tags.rollup },
    { idempotencyKey, requestHash: requestHash({ id, ...body }), simulatedAt: ctx.simulatedAt },
  );
  return {
    id,
    refunded: wireAmount(row.refunded),
    funding: { plan: wireAmount(row.refunded_plan), prepaid: wireAmount(row.refunded - row.refunded_plan) },
    transaction: transactionId(call.organizationId, row.seq),
    available: wireAmount(row.available),
  };
}
