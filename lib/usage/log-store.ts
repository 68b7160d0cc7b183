import { TollgateError } from "@/lib/kernel/errors";
import { idsWithin } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import type { EventRow } from "./event-answer";
import { type CallFilter, eventConditions, isFiltered, loggedTagOf } from "./filter";
import { readQuarters } from "./quarter-store";
import type { Client, Range } from "./range-store";

export type LogPosition = { at: string; id: string };
export type LogQuery = CallFilter & {
  range: Range;
  successfulOnly: boolean;
  usage?: "unknown" | "late" | undefined;
  order: "newest" | "oldest";
  /** Goes on after this event. */
  after?: LogPosition | undefined;
  /** Only what was posted by then. */
  postedUntil?: Date | undefined;
  limit: number;
};

/** No batch of the gate is open for longer: its statements time out before. */
const OPEN_BATCH_SECONDS = 15;

const COLUMNS = `e.id, to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.posted_at,
  e.key_id, k.name AS key_name, e.endpoint, e.model, e.quantities, e.options, e.tags,
  e.resource_type, e.resource_id, e.catalogue_version, e.cost, e.cost_plan, e.waived, e.usage, e.unfunded,
  e.transaction_seq, e.reverses`;
const TAGGED =
  "tagged_event t JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id";
const KEY = "LEFT JOIN api_key k ON k.organization_id = e.organization_id AND k.id = e.key_id";

// What gives back is linked to what it gives back; together they cost nothing when the refund was whole.
const NOT_GIVEN_BACK = `CASE WHEN e.reverses IS NULL THEN
    e.cost = 0 OR e.cost <> coalesce((SELECT -sum(r.cost) FROM ledger.usage_event r
      WHERE r.organization_id = e.organization_id AND r.reverses = e.id), 0)
  ELSE (SELECT sum(p.cost) FROM ledger.usage_event p WHERE p.organization_id = e.organization_id
    AND (p.id = e.reverses OR p.reverses = e.reverses)) <> 0 END`;

/** The events of a stretch of time, or only of some quarters of an hour of it, in their order. */
async function readStretch(client: Client, ctx: Context, query: LogQuery, quarters?: Date[]): Promise<EventRow[]> {
  const { range, after } = query;
  const values: unknown[] = [ctx.organizationId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const newest = query.order === "newest";
  const tag = loggedTagOf(query);
  const [time, id] = tag ? ["t.occurred_at", "t.event_id"] : ["e.occurred_at", "e.id"];
  const where = [
    "e.organization_id = $1",
    ...(tag ? [`t.organization_id = $1 AND t.tag = ${bind(tag.name)} AND t.value = ${bind(tag.value)}`] : []),
    `${time} >= ${bind(range.from)} AND ${time} < ${bind(range.to)}`,
    idsWithin("e.id", bind(after && !newest ? after.at : range.from), bind(after && newest ? after.at : range.to)),
    ...eventConditions(query, bind),
  ];
  if (after) where.push(`(${time}, ${id}) ${newest ? "<" : ">"} (${bind(after.at)}::timestamptz, ${bind(after.id)})`);
  if (query.postedUntil) where.push(`e.posted_at <= ${bind(query.postedUntil)}`);
  if (query.usage) where.push(`e.usage = ${bind(query.usage)}`);
  if (query.successfulOnly) where.push(NOT_GIVEN_BACK);
  if (quarters) where.push("e.occurred_at >= q.at AND e.occurred_at < q.at + interval '15 minutes'");
  const direction = newest ? "DESC" : "ASC";
  const limit = `LIMIT ${bind(query.limit)}`;
  const source = tag ? TAGGED : "ledger.usage_event e";
  const order = `ORDER BY ${time} ${direction}, ${id} ${direction} ${limit}`;
  const events = `SELECT e.* FROM ${source} WHERE ${where.join(" AND ")} ${order}`;
  const from = quarters
    ? `unnest(${bind(quarters)}::timestamptz[]) AS q (at) CROSS JOIN LATERAL (${events}) AS e`
    : `(${events}) AS e`;
  const { rows } = await client.query<EventRow>(
    `SELECT ${COLUMNS} FROM ${from} ${KEY} ORDER BY e.occurred_at ${direction}, e.id ${direction} ${limit}`,
    values,
  );
  return rows;
}

/**
 * One page of the log by keyset; an index gives the order, whatever the size of the log. With another filter than a tag
 * that is only logged, the sums say in which quarters of an hour there is something to find, so that rare calls cost no
 * walk through all others.
 */
export async function readEvents(client: Client, ctx: Context, query: LogQuery): Promise<EventRow[]> {
  if (!isFiltered(query) || loggedTagOf(query)) return readStretch(client, ctx, query);
  const found: EventRow[] = [];
  for await (const quarters of readQuarters(client, ctx, query, () => query.limit - found.length)) {
    found.push(...(await readStretch(client, ctx, { ...query, limit: query.limit - found.length }, quarters)));
    if (found.length >= query.limit) break;
  }
  return found;
}

/** One event. Errors: not_found. */
export async function readEvent(client: Client, ctx: Context, id: string): Promise<EventRow> {
  const { rows } = await client.query<EventRow>(
    `SELECT ${COLUMNS} FROM ledger.usage_event e ${KEY} WHERE e.organization_id = $1 AND e.id = $2`,
    [ctx.organizationId, id],
  );
  if (rows[0]) return rows[0];
  throw new TollgateError("not_found", "There is no object with this id.");
}

/**
 * Until when the log is complete. The organization's postings are made one after the other under the lock on its
 * balance, so everything up to its latest one is there; a free call moves no balance and is complete a little later.
 */
export async function completeUntil(client: Client, ctx: Context): Promise<Date> {
  const { rows } = await client.query<{ at: Date }>(
    `SELECT greatest(posted_at, $2::timestamptz - interval '${OPEN_BATCH_SECONDS} seconds') AS at
     FROM balance WHERE organization_id = $1`,
    [ctx.organizationId, ctx.now],
  );
  return rows[0]?.at ?? ctx.now;
}
