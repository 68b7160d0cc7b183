/** From a priced call to the ledger's operation; shared by holds, charges and quotes. */
import { type CatalogueVersion, planPrice, priceCall, slots } from "@/lib/catalogue";
import type { CallShape, Catalogue, Priced } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { type GateContext, submit } from "./context";
import type { Operation, Outcome } from "./operation";
import type { Payer } from "./payer";
import { guessTerms, limitedTags, type PricingTerms, readTerms } from "./terms";

const LONGEST_REPORT_MS = 35 * 86_400_000;
const CLOCK_SKEW_MS = 300_000;
const MOST_TRIES = 5;

export type Attributes = {
  tags?: Record<string, string> | undefined;
  resource?: { type: string; id: string } | undefined;
  fingerprint?: string | undefined;
};
export type Attempt = { priced: Priced; error?: undefined } | { priced?: undefined; error: unknown };

/** Missing usage is not zero usage, which is sent as 0. A request counts as 1 if it is not sent. */
function requireUsage({ charged, quantities, model }: Priced, { endpoint }: CallShape): void {
  if (charged.length === 0 || charged.some((meter) => quantities[meter] !== undefined)) return;
  const meters = charged.join(", ");
  const message = `${endpoint} ${model} is charged by ${meters}: give what was counted, 0 included.`;
  throw new TollgateError("validation_failed", message, { field: "quantities", meters: charged });
}

/**
 * A price that fails is kept and not thrown: a call that was answered before is answered again anyway. `at` is the time
 * of the hold or charge, in milliseconds since 1970.
 */
export function tryPrice(catalogue: Catalogue, call: CallShape, at: number, attributes: Attributes = {}): Attempt {
  try {
    for (const tag in attributes.tags) {
      if (!catalogue.tags.allowed.has(tag)) {
        throw new TollgateError("validation_failed", `The catalogue has no tag "${tag}".`, { field: `tags.${tag}` });
      }
    }
    const priced = priceCall(catalogue, call, at);
    requireUsage(priced, call);
    return { priced };
  } catch (error) {
    return { error };
  }
}

/** Errors: validation_failed when the time is in the future or more than 35 days back. */
export function reportedAt(now: Date, occurredAt: Date | undefined): string | null {
  if (!occurredAt) return null;
  const age = now.getTime() - occurredAt.getTime();
  if (age > LONGEST_REPORT_MS || age < -CLOCK_SKEW_MS) {
    throw new TollgateError("validation_failed", "occurredAt must be within the last 35 days.", {
      field: "occurredAt",
    });
  }
  return occurredAt.toISOString();
}

export function arrayText(counts: readonly bigint[]): string {
  return `{${counts.join(",")}}`;
}

export function textOrNull(value: object | undefined): string | null {
  return value && Object.keys(value).length > 0 ? JSON.stringify(value) : null;
}

export type Draft = Pick<
  Operation,
  "kind" | "secretId" | "id" | "idempotencyKey" | "requestHash" | "expiresInSeconds" | "occurredAt"
> & {
  payer: Payer;
  call: CallShape;
  attributes: Attributes;
  attempt: Attempt;
  live: CatalogueVersion;
};

/** Pure: the operation of a draft under the terms of a plan. */
export function operationOf(draft: Draft, terms: PricingTerms): Operation {
  const { payer, call, attributes, attempt, live } = draft;
  const { catalogue } = live;
  const price = attempt.priced?.cost ?? -1n;
  return {
    kind: draft.kind,
    organizationId: payer.organizationId,
    keyId: payer.keyId,
    generation: payer.generation,
    secretId: draft.secretId,
    id: draft.id,
    idempotencyKey: draft.idempotencyKey,
    requestHash: draft.requestHash,
    price,
    planPrice: price < 0n ? -1n : planPrice(price, terms.discountPercent),
    version: terms.version,
    actual: catalogue.settlement === "actual",
    expiresInSeconds: draft.expiresInSeconds,
    endpoint: call.endpoint,
    // An alias is priced, limited and summed up as its model.
    model: attempt.priced?.model ?? call.model,
    quantities: arrayText(slots(catalogue, attempt.priced?.quantities ?? {})),
    options: textOrNull(call.options),
    tags: textOrNull(attributes.tags),
    resourceType: attributes.resource?.type ?? null,
    resourceId: attributes.resource?.id ?? null,
    fingerprint: attributes.fingerprint ?? null,
    occurredAt: draft.occurredAt,
    catalogueVersion: live.version,
    discountPercent: terms.discountPercent,
    limited: limitedTags(catalogue, terms, attributes.tags),
    usage: null,
    rollupTags: catalogue.tags.rollup,
  };
}

/**
 * Decides a draft, and prices it again while the plan changes under it. Errors: overloaded and what the ledger
 * raises.
 */
export async function decide(
  ctx: GateContext,
  draft: Draft,
  send: (operation: Operation) => Promise<Outcome> = (operation) => submit(ctx, operation),
): Promise<{ outcome: Outcome; terms: PricingTerms }> {
  const { organizationId } = draft.payer;
  let terms = guessTerms(ctx.db, organizationId);
  for (let tries = 1; ; tries += 1) {
    const outcome = await send(operationOf(draft, terms));
    if (outcome.code !== "stale" || tries === MOST_TRIES) return { outcome, terms };
    terms = await readTerms(ctx.db, organizationId);
  }
}
