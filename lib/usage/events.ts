import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { eventAnswer } from "./event-answer";
import { readEvents } from "./log-store";
import { meterNames } from "./meter-store";
import { resolveRange } from "./range-store";
import type { EventsQuery, UsageEventList } from "./schema";

const cursorParts = z.tuple([z.iso.datetime(), z.guid()]);

/** The log, the latest first. Errors: not_found, validation_failed (a range or cursor that is none). */
export async function listEvents(ctx: Context, query: EventsQuery): Promise<UsageEventList> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { scale } = currentCatalogue().catalogue.unit;
  const place = query.cursor ? decodeCursor(query.cursor, cursorParts) : undefined;
  const after = place && { at: place[0], id: place[1] };
  return queryOrganization(ctx.db, organizationId, async (client) => {
    const range = await resolveRange(client, ctx, query);
    const names = await meterNames(client);
    const rows = await readEvents(client, ctx, { ...query, range, after, order: "newest", limit: query.limit + 1 });
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      data: page.map((row) => eventAnswer(row, organizationId, names, scale)),
      nextCursor: last && rows.length > page.length ? encodeCursor([last.at, last.id]) : null,
    };
  });
}
