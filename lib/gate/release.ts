import { requestHash } from "@/lib/kernel/request-hash";
import { wireAmount } from "./answer";
import { type GateContext, requireGateway, submit } from "./context";
import { endingOf, findHold, forgetHold, keyOrInternal } from "./hold-terms";
import { requireAnswer } from "./refusal";
import type { ReleaseAnswer, ReleaseInput } from "./schema";
import { isUnrecorded, unrecordedRelease } from "./unrecorded";

/** Gives a whole hold back: the call failed or never ran, and costs nothing. Errors: not_found, conflict, overloaded. */
export async function release(ctx: GateContext, { id, idempotencyKey, ...body }: ReleaseInput): Promise<ReleaseAnswer> {
  const secretId = requireGateway(ctx);
  if (isUnrecorded(id)) return unrecordedRelease(ctx, id);
  const found = await findHold(ctx.db, id);
  const own = {
    kind: "release" as const,
    secretId,
    idempotencyKey: keyOrInternal(idempotencyKey),
    requestHash: requestHash(body),
  };
  const outcome = await submit(ctx, endingOf(found, own));
  requireAnswer(outcome);
  forgetHold(ctx.db, found.id);
  return { id, state: "released", released: wireAmount(outcome.released), available: wireAmount(outcome.available) };
}
