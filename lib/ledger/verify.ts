import { catalogueOfVersion } from "@/lib/catalogue";
import type { InstallationContext } from "@/lib/platform/context";
import { type Check, type CheckTerms, type Client, inSnapshot, readVersions, runChecks } from "./check-store";

export type { Check };

/** What the checks must know of the catalogue: which versions settle what was used, and which tags all sum, or only log. */
async function terms({ db }: InstallationContext): Promise<CheckTerms> {
  const versions = await readVersions(db);
  const actual: number[] = [];
  let tags: string[] | undefined;
  let logged: string[] | undefined;
  for (const version of versions) {
    const { settlement, tags: declared } = await catalogueOfVersion(db, version);
    if (settlement === "actual") actual.push(version);
    tags = declared.rollup.filter((tag) => tags?.includes(tag) ?? true);
    logged = [...declared.allowed].filter((tag) => !declared.rollup.includes(tag) && (logged?.includes(tag) ?? true));
  }
  return { actual, tags: tags ?? [], logged: logged ?? [] };
}

/**
 * Checks every invariant of the ledger in one snapshot; calls continue in the meantime. Each file of prisma/checks
 * selects the rows that break one, so a sound ledger answers no rows at all. With `within`, an open transaction's view
 * is checked.
 */
export async function verifyLedger(ctx: InstallationContext, within?: Client): Promise<Check[]> {
  const known = await terms(ctx);
  if (within) return runChecks(within, known);
  return inSnapshot(ctx.db, (client) => runChecks(client, known));
}
