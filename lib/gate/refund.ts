import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import { parseAmount } from "@/lib/kernel/money";
import { requestHash } from "@/lib/kernel/request-hash";
import { mapRaised } from "@/lib/platform/raised";
import { transactionId, wireAmount } from "./answer";
import { type GateContext, requireGateway } from "./context";
import { retryOnLockTimeout } from "./retry-on-lock-timeout";
import type { RefundAnswer, RefundInput } from "./schema";

type Row = { seq: string; refunded: string; refunded_plan: string; available: string };

/**
 * Gives a charge's or a settled hold's credit back into the grants it came from, whole or in part.
 * Errors: not_found, conflict (nothing is left to give back), validation_failed (more than is left), overloaded.
 */
export async function refund(ctx: GateContext, { id, idempotencyKey, ...body }: RefundInput): Promise<RefundAnswer> {
  requireGateway(ctx);
  const { organizationId, id: eventId } = requirePublicId(id, "chg", "hold", "evt");
  const { catalogue } = currentCatalogue();
  const amount = body.amount === undefined ? null : parseAmount(body.amount, catalogue.unit.scale);
  const { rows } = await mapRaised(
    retryOnLockTimeout(() =>
      ctx.db.gate.query<Row>("SELECT * FROM ledger.refund($1, $2, $3, $4, $5, $6, $7, $8)", [
        ...[organizationId, eventId, amount, body.reason, idempotencyKey, requestHash({ id, ...body })],
        ...[catalogue.tags.rollup, ctx.simulatedAt ?? null],
      ]),
    ),
    { conflict: () => new TollgateError("conflict", "This call has nothing left to refund.") },
  );
  const row = rows[0] as Row;
  return {
    id,
    refunded: wireAmount(BigInt(row.refunded)),
    funding: {
      plan: wireAmount(BigInt(row.refunded_plan)),
      prepaid: wireAmount(BigInt(row.refunded) - BigInt(row.refunded_plan)),
    },
    transaction: transactionId(organizationId, BigInt(row.seq)),
    available: wireAmount(BigInt(row.available)),
  };
}
