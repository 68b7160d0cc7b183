import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { idTime, newId, publicId } from "@/lib/kernel/ids";
import { requestHash } from "@/lib/kernel/request-hash";
import { fundingOf, wireAmount } from "./answer";
import { type GateContext, requireGateway } from "./context";
import { type Attempt, decide, tryPrice } from "./draft";
import { rememberHold } from "./hold-terms";
import { resolvePayer, UNRECORDED } from "./payer";
import { requireAnswer } from "./refusal";
import type { HoldAnswer, HoldInput } from "./schema";
import { unrecordedHold } from "./unrecorded";

/** Kept like a price that fails: a hold that was answered before is answered again anyway. */
function refusedLife(longestSeconds: number): Attempt {
  const message = `A hold lives at most ${longestSeconds} seconds.`;
  return { error: new TollgateError("validation_failed", message, { field: "expiresIn" }) };
}

/**
 * Reserves the most that a call can cost, before it runs.
 * Errors: unauthenticated, not_found, validation_failed, insufficient_*, payg_*, key_limit_exceeded,
 * member_limit_exceeded, plan_limit_reached, overloaded.
 */
export async function hold(ctx: GateContext, { idempotencyKey, ...body }: HoldInput): Promise<HoldAnswer> {
  const secretId = requireGateway(ctx);
  const live = currentCatalogue();
  const call = { endpoint: body.endpoint, model: body.model, quantities: body.quantities, options: body.options ?? {} };
  const id = newId(ctx.simulatedAt);
  const { longestSeconds } = live.catalogue.holds;
  const tooLong = body.expiresIn !== undefined && body.expiresIn > longestSeconds;
  const attempt = tooLong ? refusedLife(longestSeconds) : tryPrice(live.catalogue, call, idTime(id), body);
  const payer = await resolvePayer(ctx, body, attempt);
  const expiresInSeconds = body.expiresIn ?? live.catalogue.holds.expiresInSeconds;
  if (payer === UNRECORDED) return unrecordedHold(ctx, id, expiresInSeconds);
  const { outcome, terms } = await decide(ctx, {
    kind: "hold",
    secretId,
    id,
    idempotencyKey,
    requestHash: requestHash(body),
    expiresInSeconds,
    occurredAt: null,
    payer,
    call,
    attributes: body,
    attempt,
    live,
  });
  requireAnswer(outcome, attempt.error);
  // A replay may have been priced by an older version, so only a new hold is remembered from here.
  if (outcome.code === "ok") {
    rememberHold(ctx.db, outcome.id, {
      organizationId: payer.organizationId,
      keyId: payer.keyId,
      endpoint: call.endpoint,
      model: attempt.priced?.model ?? call.model,
      options: call.options,
      catalogueVersion: live.version,
      discountPercent: terms.discountPercent,
    });
  }
  return {
    id: publicId("hold", payer.organizationId, outcome.id),
    state: "open",
    ceiling: wireAmount(outcome.amount),
    funding: fundingOf(outcome),
    available: wireAmount(outcome.available),
    expiresAt: new Date(outcome.expiresAt).toISOString(),
  };
}
