import { catalogueOfVersion, currentCatalogue, planPrice, slots } from "@/lib/catalogue";
import { idTime } from "@/lib/kernel/ids";
import { requestHash } from "@/lib/kernel/request-hash";
import { fundingOf, transactionId, wireAmount } from "./answer";
import { type GateContext, requireGateway, submit } from "./context";
import { arrayText, reportedAt, textOrNull, tryPrice } from "./draft";
import { endingOf, findHold, forgetHold, keyOrInternal } from "./hold-terms";
import { requireAnswer } from "./refusal";
import type { SettleAnswer, SettleInput } from "./schema";

/**
 * Ends a hold with what the call really used: at most the ceiling, or what was used where the catalogue says `actual`.
 * It is priced by the version, the discount and the time of the hold. Errors: not_found, conflict (ended already),
 * validation_failed, overloaded.
 */
export async function settle(ctx: GateContext, { id, idempotencyKey, ...body }: SettleInput): Promise<SettleAnswer> {
  const secretId = requireGateway(ctx);
  const occurredAt = reportedAt(ctx.now, body.occurredAt);
  const found = await findHold(ctx.db, id);
  const { terms, organizationId } = found;
  const live = currentCatalogue();
  const catalogue =
    live.version === terms.catalogueVersion ? live.catalogue : await catalogueOfVersion(ctx.db, terms.catalogueVersion);
  const call = {
    endpoint: terms.endpoint,
    model: terms.model,
    quantities: body.quantities,
    options: body.options ? { ...terms.options, ...body.options } : terms.options,
  };
  const attempt = tryPrice(catalogue, call, idTime(found.id));
  const price = attempt.priced?.cost ?? -1n;
  const operation = endingOf(found, {
    kind: "s",
    secretId,
    idempotencyKey: keyOrInternal(idempotencyKey),
    requestHash: requestHash(body),
    price,
    planPrice: price < 0n ? -1n : planPrice(price, terms.discountPercent),
    actual: catalogue.settlement === "actual",
    quantities: arrayText(slots(catalogue, attempt.priced?.quantities ?? {})),
    options: body.options ? textOrNull(call.options) : null,
    occurredAt,
    rollupTags: catalogue.tags.rollup,
  });
  const outcome = await submit(ctx, operation);
  requireAnswer(outcome, attempt.error);
  forgetHold(ctx.db, found.id);
  return {
    id,
    state: "settled",
    cost: wireAmount(outcome.amount),
    released: wireAmount(outcome.released),
    waived: wireAmount(outcome.waived),
    funding: fundingOf(outcome),
    transaction: transactionId(organizationId, outcome.transactionSeq),
    available: wireAmount(outcome.available),
  };
}
