import { currentCatalogue } from "@/lib/catalogue";
import { idTime, newId, publicId } from "@/lib/kernel/ids";
import { requestHash } from "@/lib/kernel/request-hash";
import { fundingOf, transactionId, wireAmount } from "./answer";
import { type GateContext, requireGateway } from "./context";
import { decide, reportedAt, tryPrice } from "./draft";
import { resolvePayer, UNRECORDED } from "./payer";
import { requireAnswer } from "./refusal";
import type { ChargeAnswer, ChargeInput } from "./schema";
import { unrecordedCharge } from "./unrecorded";

/**
 * Takes what a call cost, in one step, when its quantities are known. Errors: as of `hold`.
 */
export async function charge(ctx: GateContext, { idempotencyKey, ...body }: ChargeInput): Promise<ChargeAnswer> {
  const secretId = requireGateway(ctx);
  const occurredAt = reportedAt(ctx.now, body.occurredAt);
  const live = currentCatalogue();
  const call = { endpoint: body.endpoint, model: body.model, quantities: body.quantities, options: body.options ?? {} };
  const id = newId(ctx.simulatedAt);
  const attempt = tryPrice(live.catalogue, call, idTime(id), body);
  const payer = await resolvePayer(ctx, body, attempt);
  if (payer === UNRECORDED) return unrecordedCharge(ctx, id);
  const { outcome } = await decide(ctx, {
    kind: "charge",
    secretId,
    id,
    idempotencyKey,
    requestHash: requestHash(body),
    expiresInSeconds: 0,
    occurredAt,
    payer,
    call,
    attributes: body,
    attempt,
    live,
  });
  requireAnswer(outcome, attempt.error);
  return {
    id: publicId("chg", payer.organizationId, outcome.id),
    cost: wireAmount(outcome.amount),
    funding: fundingOf(outcome),
    transaction: transactionId(payer.organizationId, outcome.transactionSeq),
    available: wireAmount(outcome.available),
  };
}
