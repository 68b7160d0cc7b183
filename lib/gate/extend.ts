import { currentCatalogue } from "@/lib/catalogue";
import { requirePublicId } from "@/lib/kernel/ids";
import { requestHash } from "@/lib/kernel/request-hash";
import { extendHold } from "./call-store";
import { type GateContext, requireGateway } from "./context";
import type { ExtendAnswer, ExtendInput } from "./schema";
import { isUnrecorded, unrecordedExtend } from "./unrecorded";

/**
 * Moves a hold's expiry for a long call, at most until the longest life of holds in the catalogue (24 hours unless
 * it says more) is over; it never comes earlier.
 * Errors: not_found, conflict (ended already), validation_failed (longer than a hold may live; the key was used with
 * another request), overloaded.
 */
export async function extend(ctx: GateContext, { id, idempotencyKey, ...body }: ExtendInput): Promise<ExtendAnswer> {
  requireGateway(ctx);
  if (isUnrecorded(id)) return unrecordedExtend(ctx, id, body.expiresIn);
  const hold = requirePublicId(id, "hold");
  const { longestSeconds } = currentCatalogue().catalogue.holds;
  const expiresAt = await extendHold(
    ctx.db,
    hold,
    { seconds: body.expiresIn, longestSeconds },
    {
      idempotencyKey: idempotencyKey ?? null,
      requestHash: requestHash({ id, ...body }),
      simulatedAt: ctx.simulatedAt,
    },
  );
  return { id, state: "open", expiresAt: expiresAt.toISOString() };
}
