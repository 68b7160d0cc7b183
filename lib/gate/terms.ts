/** What an organization's calls are priced with: its plan's discount and limits, by subscription version. */
import { LRUCache } from "lru-cache";
import type { Catalogue } from "@/lib/catalogue/schema";
import type { Client, Database } from "@/lib/platform/db";
import { perObject } from "@/lib/platform/holders";
import { readPlanTerms } from "./call-store";

/** Version 0: no running plan. */
export type PricingTerms = { version: number; plan: string | null; discountPercent: number };

const NO_PLAN: PricingTerms = Object.freeze({ version: 0, plan: null, discountPercent: 0 });
const CACHED = 100_000;
const cacheOf = perObject(
  (db: Database) =>
    new LRUCache<string, PricingTerms>({
      max: CACHED,
      ignoreFetchAbort: true,
      noDeleteOnFetchRejection: true,
      fetchMethod: (organizationId) => findTerms(db.gate, organizationId),
    }),
);

/** The running plan's terms, as this connection sees them. */
export async function findTerms(client: Pick<Client, "query">, organizationId: string): Promise<PricingTerms> {
  const row = await readPlanTerms(client, organizationId);
  if (!row?.version) return NO_PLAN;
  return { version: row.version, plan: row.plan, discountPercent: row.discount_percent ?? 0 };
}

/** The terms last seen. A wrong guess costs one more try: the ledger answers `stale` and they are read again. */
export function guessTerms(db: Database, organizationId: string): PricingTerms {
  return cacheOf(db).get(organizationId) ?? NO_PLAN;
}

/** Calls that ask while they are read share the answer; one that is too old costs one more try, too. */
export async function readTerms(db: Database, organizationId: string): Promise<PricingTerms> {
  return (await cacheOf(db).fetch(organizationId, { forceRefresh: true })) ?? NO_PLAN;
}

/** `[{tag, value, limit, plan}]` for the call's tags whose number of values the plan limits; null when there is none. */
export function limitedTags(
  catalogue: Catalogue,
  { plan }: PricingTerms,
  tags: Record<string, string> | undefined,
): string | null {
  if (!plan || !tags || catalogue.tags.limited.length === 0) return null;
  const limits = catalogue.planIndex.get(plan)?.limits;
  const limited = catalogue.tags.limited.flatMap((tag) => {
    const value = tags[tag];
    const limit = limits?.[`${tag}s`];
    return value === undefined || limit === undefined || limit === null ? [] : [{ tag, value, limit, plan }];
  });
  return limited.length > 0 ? JSON.stringify(limited) : null;
}
