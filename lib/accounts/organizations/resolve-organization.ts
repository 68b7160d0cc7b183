import { LRUCache } from "lru-cache";
import { parseOrganizationId } from "@/lib/kernel/ids";
import type { InstallationDb } from "@/lib/platform/context";
import type { Database } from "@/lib/platform/db";
import { perObject } from "@/lib/platform/holders";
import { findOrganization } from "./organization-store";

// An organization keeps its external id until it is deleted, and the ledger refuses the calls of a deleted one. So one
// that was found is only looked up again because its external id may be another one's by then.
const CACHED = 50_000;
const KEPT_MS = 60_000;
const cacheOf = perObject(
  (db: Database) =>
    new LRUCache<string, string>({
      max: CACHED,
      ttl: KEPT_MS,
      ignoreFetchAbort: true,
      fetchMethod: (text) => find(db, text),
    }),
);

function find(db: Database, text: string): Promise<string | undefined> {
  const id = parseOrganizationId(text);
  return findOrganization(db, id ?? null, id ? null : text);
}

/**
 * The UUID of the organization that a gateway names by `org_…` or by external id; undefined when there is none. Calls
 * that ask while it is looked up share the look-up, so that they continue in the order in which they came.
 */
export async function resolveOrganization({ db }: InstallationDb, text: string): Promise<string | undefined> {
  const cache = cacheOf(db);
  // A shared look-up may have started before the organization was made, so nothing found is looked up once more.
  return cache.get(text) ?? (await cache.fetch(text)) ?? cache.fetch(text);
}

/** Forgets the identifiers of a deleted organization, which may now name no organization or another one. */
export function forgetOrganization(db: Database, ...names: (string | null)[]): void {
  for (const name of names) if (name !== null) cacheOf(db).delete(name);
}
