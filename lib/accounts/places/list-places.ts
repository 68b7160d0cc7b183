import { currentCatalogue } from "@/lib/catalogue";
import { planLimits } from "@/lib/ledger";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import type { Places } from "./place-schema";
import { readPlaces } from "./place-store";

/** Agents and workspaces that have a place of those that the plan allows, the first to come first. Errors: not_found. */
export async function listPlaces(ctx: Context): Promise<{ data: Places[] }> {
  mayRead(ctx);
  const { limited } = currentCatalogue().catalogue.tags;
  const [limits, rows] = await Promise.all([
    planLimits(ctx),
    queryOrganization(ctx.db, ctx.organizationId, (client) => readPlaces(client, ctx.organizationId)),
  ]);
  const data = limited.map((tag) => ({
    tag,
    most: limits[`${tag}s`] ?? null,
    values: rows.flatMap((row) => (row.tag === tag ? [{ value: row.value, since: row.since.toISOString() }] : [])),
  }));
  return { data };
}
