import { LRUCache } from "lru-cache";
import { parseOrganizationId } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import type { Database } from "@/lib/platform/db";
import { findOrganization } from "./store";

// Organizations are never deleted and keep their external id, so one that was found stays found.
const CACHED = 50_000;
const known = new WeakMap<Database, LRUCache<string, string>>();

function cacheOf(db: Database): LRUCache<string, string> {
  const cache = known.get(db) ?? new LRUCache<string, string>({ max: CACHED });
  known.set(db, cache);
  return cache;
}

/** The UUID of the organization that a gateway names by `org_…` or by external id; undefined when there is none. */
export async function resolveOrganization(
  { db }: Pick<InstallationContext, "db">,
  text: string,
): Promise<string | undefined> {
  const cache = cacheOf(db);
  const cached = cache.get(text);
  if (cached) return cached;
  const id = parseOrganizationId(text);
  const found = await findOrganization(db, id ?? null, id ? null : text);
  if (found) cache.set(text, found);
  return found;
}
