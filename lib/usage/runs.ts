import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount } from "@/lib/kernel/money";
import { filterText, jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { resolveRange } from "./range-store";
import { type RunRow, readRun, readRuns } from "./run-store";
import type { Run, RunList, RunsQuery } from "./schema";

const cursorParts = z.tuple([z.iso.datetime(), z.string().min(1)]);
/** A run that is searched for by its id may be older than the usual range. */
const EARLIEST = "2000-01-01";

/** The tag that names a run. Errors: not_found where the catalogue has none. */
export function runTag(): string {
  const { run } = currentCatalogue().catalogue.tags;
  if (run) return run.tag;
  throw new TollgateError("not_found", "There is no such route.");
}

function valuesByTag(tags: readonly string[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const tag of tags) {
    const at = tag.indexOf(":");
    const name = tag.slice(0, at);
    values[name] = [...(values[name] ?? []), tag.slice(at + 1)];
  }
  return values;
}

function runAnswer({ id, at, last_at, requests, cost, models, tags }: RunRow): Run {
  const { scale } = currentCatalogue().catalogue.unit;
  return {
    id,
    startedAt: new Date(at).toISOString(),
    endedAt: last_at.toISOString(),
    calls: jsonCount(requests),
    cost: formatAmount(cost, scale),
    models,
    tags: valuesByTag(tags),
  };
}

/**
 * Runs that began in a range, the latest first. Costs are net of refunds.
 * Errors: not_found (also where the catalogue names no run), validation_failed (a range or cursor that is none).
 */
export async function listRuns(ctx: Context, query: RunsQuery): Promise<RunList> {
  mayRead(ctx);
  const tag = runTag();
  const place = query.cursor ? decodeCursor(query.cursor, cursorParts) : undefined;
  const after = place && { at: place[0], id: place[1] };
  const { search = "", limit } = query;
  const from = query.from ?? (search ? EARLIEST : undefined);
  return queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const range = await resolveRange(client, ctx, { ...query, from });
    const rows = await readRuns(client, ctx, { tag, range, search, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      data: page.map(runAnswer),
      nextCursor: last && rows.length > page.length ? encodeCursor([last.at, last.id]) : null,
    };
  });
}

/** One run. Errors: not_found. */
export async function getRun(ctx: Context, { id }: { id: string }): Promise<Run> {
  mayRead(ctx);
  const tag = runTag();
  const found = await queryOrganization(ctx.db, ctx.organizationId, (client) =>
    filterText.safeParse(id).success ? readRun(client, ctx, tag, id) : Promise.resolve(undefined),
  );
  if (found) return runAnswer(found);
  throw new TollgateError("not_found", "There is no run with this id.");
}
