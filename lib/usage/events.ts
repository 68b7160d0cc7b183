import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import { mayRead } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { eventAnswer, readEvent, readEvents } from "./log";
import { meterNames } from "./meters";
import { resolveRange } from "./range";
import type { EventsQuery, UsageEvent, UsageEventList } from "./schema";

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

/** One event, by its own id or by that of its charge or hold. Errors: not_found. */
export async function getEvent(ctx: Context, input: { id: string }): Promise<UsageEvent> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const id = requirePublicId(input.id, "evt", "chg", "hold");
  if (id.organizationId !== organizationId) {
    throw new TollgateError("not_found", "There is no object with this id.");
  }
  return queryOrganization(ctx.db, organizationId, async (client) =>
    eventAnswer(
      await readEvent(client, ctx, id.id),
      organizationId,
      await meterNames(client),
      currentCatalogue().catalogue.unit.scale,
    ),
  );
}
