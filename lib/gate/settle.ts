import { catalogueOfVersion, currentCatalogue, planPrice, slots } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { idTime } from "@/lib/kernel/ids";
import { requestHash } from "@/lib/kernel/request-hash";
import { fundingOf, transactionId, wireAmount } from "./answer";
import { type GateContext, requireGateway, submit } from "./context";
import { arrayText, reportedAt, textOrNull, tryPrice } from "./draft";
import { endingOf, type FoundHold, findHold, forgetHold, keyOrInternal } from "./hold-terms";
import type { Operation } from "./operation";
import { requireAnswer } from "./refusal";
import type { SettleAnswer, SettleInput } from "./schema";
import { unknownUsage } from "./unknown-usage";
import { isUnrecorded, unrecordedSettle } from "./unrecorded";

type Used = Pick<Operation, "price" | "planPrice" | "quantities" | "options" | "usage"> & { error?: unknown };

/** What a call of the hold costs with these quantities; a price that fails is −1, with its error. */
export function reportedUsage(
  { id, terms }: FoundHold,
  catalogue: Catalogue,
  { quantities = {}, options: changed }: Pick<SettleInput, "quantities" | "options">,
): Used {
  const options = changed ? { ...terms.options, ...changed } : terms.options;
  const attempt = tryPrice(
    catalogue,
    { endpoint: terms.endpoint, model: terms.model, quantities, options },
    idTime(id),
  );
  const price = attempt.priced?.cost ?? -1n;
  return {
    price,
    planPrice: price < 0n ? -1n : planPrice(price, terms.discountPercent),
    quantities: arrayText(slots(catalogue, attempt.priced?.quantities ?? {})),
    options: changed ? textOrNull(options) : null,
    usage: null,
    error: attempt.error,
  };
}

/** The catalogue that priced the hold. */
export async function catalogueOfHold({ db }: GateContext, { terms }: FoundHold): Promise<Catalogue> {
  const live = currentCatalogue();
  return live.version === terms.catalogueVersion ? live.catalogue : catalogueOfVersion(db, terms.catalogueVersion);
}

/**
 * Ends a hold with the actual usage of the call: at most the ceiling, or all of it if the catalogue says `actual`. The
 * version, the discount and the time of the hold price it. The catalogue says what unknown usage costs. Errors:
 * not_found, conflict (ended already), validation_failed, overloaded.
 */
export async function settle(ctx: GateContext, { id, idempotencyKey, ...body }: SettleInput): Promise<SettleAnswer> {
  const secretId = requireGateway(ctx);
  const occurredAt = reportedAt(ctx.now, body.occurredAt);
  if (isUnrecorded(id)) return unrecordedSettle(ctx, id);
  const found = await findHold(ctx.db, id);
  const catalogue = await catalogueOfHold(ctx, found);
  const { error, ...used }: Used =
    body.usage === "unknown" ? await unknownUsage(ctx, found, catalogue) : reportedUsage(found, catalogue, body);
  const operation = endingOf(found, {
    kind: "settle",
    secretId,
    idempotencyKey: keyOrInternal(idempotencyKey),
    requestHash: requestHash(body),
    ...used,
    actual: catalogue.settlement === "actual",
    occurredAt,
    rollupTags: catalogue.tags.rollup,
  });
  const outcome = await submit(ctx, operation);
  requireAnswer(outcome, error);
  forgetHold(ctx.db, found.id);
  return {
    id,
    state: "settled",
    cost: wireAmount(outcome.amount),
    released: wireAmount(outcome.released),
    waived: wireAmount(outcome.waived),
    funding: fundingOf(outcome),
    transaction: transactionId(found.organizationId, outcome.transactionSeq),
    available: wireAmount(outcome.available),
  };
}
