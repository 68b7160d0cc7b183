/** The pricing fields of holds. They never change, so the process that opened a hold settles it without a query. */
import { LRUCache } from "lru-cache";
import { TollgateError } from "@/lib/kernel/errors";
import { newId, type ObjectId, requirePublicId } from "@/lib/kernel/ids";
import type { Database } from "@/lib/platform/db";
import { perObject } from "@/lib/platform/holders";
import { readHold } from "./call-store";
import type { Operation } from "./operation";

export type HoldTerms = {
  organizationId: string;
  keyId: string | null;
  endpoint: string;
  model: string;
  options: Record<string, string | boolean>;
  catalogueVersion: number;
  discountPercent: number;
};

export type FoundHold = ObjectId & { terms: HoldTerms };

const CACHED = 50_000;
const cacheOf = perObject((_db: Database) => new LRUCache<string, HoldTerms>({ max: CACHED }));

export function rememberHold(db: Database, id: string, terms: HoldTerms): void {
  cacheOf(db).set(id, terms);
}

/** Once a hold has ended its fields are requested only by a replay, so they make room. */
export function forgetHold(db: Database, id: string): void {
  cacheOf(db).delete(id);
}

/** The hold of a public id with its pricing fields, whatever its state. Errors: not_found. */
export async function findHold(db: Database, publicHoldId: string): Promise<FoundHold> {
  const object = requirePublicId(publicHoldId, "hold");
  const { organizationId, id } = object;
  const known = cacheOf(db).get(id);
  // A forged id may carry a known hold's half under another organization's.
  if (known && known.organizationId === organizationId) return { ...object, terms: known };
  const row = await readHold(db, object);
  if (!row) throw new TollgateError("not_found", "There is no object with this id.");
  const terms: HoldTerms = {
    organizationId,
    keyId: row.key_id,
    endpoint: row.endpoint,
    model: row.model,
    options: row.options ?? {},
    catalogueVersion: row.catalogue_version,
    discountPercent: row.discount_percent,
  };
  rememberHold(db, id, terms);
  return { ...object, terms };
}

/** A call without a key of its own gets one that no caller can send: it starts with a space. */
export function keyOrInternal(idempotencyKey: string | undefined): string {
  return idempotencyKey ?? ` ${newId()}`;
}

type Ending = Pick<Operation, "kind" | "secretId" | "idempotencyKey" | "requestHash"> &
  Partial<
    Pick<Operation, "price" | "planPrice" | "actual" | "quantities" | "options" | "occurredAt" | "rollupTags" | "usage">
  >;

/**
 * The operation that ends a hold. What is not said here is the hold's own and stays in the database. One literal,
 * because copying two dozen properties by spreads showed in the profile of a settle.
 */
export function endingOf({ organizationId, id, terms }: FoundHold, own: Ending): Operation {
  return {
    kind: own.kind,
    organizationId,
    keyId: terms.keyId,
    generation: 0,
    secretId: own.secretId,
    id,
    idempotencyKey: own.idempotencyKey,
    requestHash: own.requestHash,
    price: own.price ?? 0n,
    planPrice: own.planPrice ?? 0n,
    version: 0,
    actual: own.actual ?? false,
    expiresInSeconds: 0,
    endpoint: null,
    model: null,
    quantities: own.quantities ?? "{}",
    options: own.options ?? null,
    tags: null,
    resourceType: null,
    resourceId: null,
    fingerprint: null,
    occurredAt: own.occurredAt ?? null,
    catalogueVersion: terms.catalogueVersion,
    discountPercent: terms.discountPercent,
    limited: null,
    usage: own.usage ?? null,
    rollupTags: own.rollupTags ?? [],
  };
}
