import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import { requestHash } from "@/lib/kernel/request-hash";
import { mapRaised } from "@/lib/platform/raised";
import { type GateContext, requireGateway } from "./context";
import { retryOnLockTimeout } from "./retry-on-lock-timeout";
import type { ExtendAnswer, ExtendInput } from "./schema";

/**
 * Moves a hold's expiry for a long call, at most until the longest life of holds in the catalogue (24 hours unless
 * it says more) is over; it never comes earlier.
 * Errors: not_found, conflict (ended already), validation_failed (longer than a hold may live; the key was used with
 * another request), overloaded.
 */
export async function extend(ctx: GateContext, { id, idempotencyKey, ...body }: ExtendInput): Promise<ExtendAnswer> {
  requireGateway(ctx);
  const { organizationId, id: holdId } = requirePublicId(id, "hold");
  const { rows } = await mapRaised(
    retryOnLockTimeout(() =>
      ctx.db.gate.query<{ at: string }>("SELECT ledger.extend($1, $2, $3, $4, $5, $6, $7) AS at", [
        ...[organizationId, holdId, body.expiresIn, currentCatalogue().catalogue.holds.longestSeconds],
        ...[idempotencyKey ?? null, requestHash({ id, ...body }), ctx.simulatedAt ?? null],
      ]),
    ),
    { conflict: (state) => new TollgateError("conflict", `The hold is already ${state}.`, { state }) },
  );
  return { id, state: "open", expiresAt: new Date(Number(rows[0]?.at)).toISOString() };
}
