import { TollgateError } from "@/lib/kernel/errors";
import { parsePublicId, publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import type { Context } from "@/lib/platform/context";
import { byName } from "./meters";
import type { Client, Range } from "./range";
import type { UsageEvent } from "./schema";

/** `at` is the exact time, to go on from; a Date would cut its microseconds off. */
export type EventRow = {
  id: string;
  at: string;
  posted_at: Date;
  key_id: string | null;
  key_name: string | null;
  endpoint: string;
  model: string;
  quantities: string[];
  options: UsageEvent["options"];
  tags: UsageEvent["tags"];
  resource_type: string | null;
  resource_id: string | null;
  catalogue_version: number;
  cost: string;
  cost_plan: string;
  waived: string;
  transaction_seq: string | null;
  reverses: string | null;
};

export type Place = { at: string; id: string };
export type LogQuery = {
  range: Range;
  endpoint?: string | undefined;
  model?: string | undefined;
  key?: string | undefined;
  successfulOnly: boolean;
  order: "newest" | "oldest";
  /** Goes on after this event. */
  after?: Place | undefined;
  /** Only what was posted by then. */
  postedUntil?: Date | undefined;
  limit: number;
};

const COLUMNS = `e.id, to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.posted_at,
  e.key_id, k.name AS key_name, e.endpoint, e.model, e.quantities::text[] AS quantities, e.options, e.tags,
  e.resource_type, e.resource_id, e.catalogue_version, e.cost, e.cost_plan, e.waived, e.transaction_seq, e.reverses`;
const FROM = `ledger.usage_event e
  LEFT JOIN api_key k ON k.organization_id = e.organization_id AND k.id = e.key_id`;

// What gives back is linked to what it gives back; together they cost nothing when the refund was whole.
const NOT_GIVEN_BACK = `CASE WHEN e.reverses IS NULL THEN
    e.cost = 0 OR e.cost <> coalesce((SELECT -sum(r.cost) FROM ledger.usage_event r
      WHERE r.organization_id = e.organization_id AND r.reverses = e.id), 0)
  ELSE (SELECT sum(p.cost) FROM ledger.usage_event p WHERE p.organization_id = e.organization_id
    AND (p.id = e.reverses OR p.reverses = e.reverses)) <> 0 END`;

// An event's id is as old as its call: reported at most 35 days late, opened at most 24 h before it was settled. So
// the time that is asked for bounds the ids, and months outside are not looked into.
const OLDER_IDS = "25 hours";
const YOUNGER_IDS = "36 days";

/** One page of the log by keyset; the index gives the order, whatever the size of the log. */
export async function readEvents(client: Client, ctx: Context, query: LogQuery): Promise<EventRow[]> {
  const { range, after } = query;
  const values: unknown[] = [ctx.organizationId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const newest = query.order === "newest";
  const from = bind(after && !newest ? after.at : range.from);
  const to = bind(after && newest ? after.at : range.to);
  const where = [
    "e.organization_id = $1",
    `e.occurred_at >= ${bind(range.from)} AND e.occurred_at < ${bind(range.to)}`,
    `e.id >= ledger.uuid7_floor(${from}::timestamptz - interval '${OLDER_IDS}')`,
    `e.id < ledger.uuid7_floor(${to}::timestamptz + interval '${YOUNGER_IDS}')`,
  ];
  if (after)
    where.push(`(e.occurred_at, e.id) ${newest ? "<" : ">"} (${bind(after.at)}::timestamptz, ${bind(after.id)})`);
  if (query.endpoint !== undefined) where.push(`e.endpoint = ${bind(query.endpoint)}`);
  if (query.model !== undefined) where.push(`e.model = ${bind(query.model)}`);
  if (query.key !== undefined) where.push(`e.key_id = ${bind(parsePublicId(query.key, "key")?.id ?? null)}`);
  if (query.postedUntil) where.push(`e.posted_at <= ${bind(query.postedUntil)}`);
  if (query.successfulOnly) where.push(NOT_GIVEN_BACK);
  const direction = newest ? "DESC" : "ASC";
  const { rows } = await client.query<EventRow>(
    `SELECT ${COLUMNS} FROM ${FROM} WHERE ${where.join(" AND ")}
     ORDER BY e.occurred_at ${direction}, e.id ${direction} LIMIT ${bind(query.limit)}`,
    values,
  );
  return rows;
}

/** One event. Errors: not_found. */
export async function readEvent(client: Client, ctx: Context, id: string): Promise<EventRow> {
  const { rows } = await client.query<EventRow>(
    `SELECT ${COLUMNS} FROM ${FROM} WHERE e.organization_id = $1 AND e.id = $2`,
    [ctx.organizationId, id],
  );
  if (rows[0]) return rows[0];
  throw new TollgateError("not_found", "There is no object with this id.");
}

/** An event as it stands on the wire. */
export function eventAnswer(
  row: EventRow,
  organizationId: string,
  names: readonly string[],
  scale: number,
): UsageEvent {
  const amount = (value: bigint) => formatAmount(value, scale);
  const cost = BigInt(row.cost);
  const plan = BigInt(row.cost_plan);
  return {
    id: publicId("evt", organizationId, row.id),
    occurredAt: new Date(row.at).toISOString(),
    postedAt: row.posted_at.toISOString(),
    endpoint: row.endpoint,
    model: row.model,
    quantities: byName(row.quantities.map(BigInt), names),
    options: row.options,
    tags: row.tags,
    resource: row.resource_id === null ? null : { type: row.resource_type, id: row.resource_id },
    key: row.key_id && publicId("key", organizationId, row.key_id),
    keyName: row.key_name,
    cost: amount(cost),
    funding: { plan: amount(plan), prepaid: amount(cost - plan) },
    waived: amount(BigInt(row.waived)),
    catalogueVersion: row.catalogue_version,
    transaction: row.transaction_seq && publicId("txn", organizationId, sequenceUuid(BigInt(row.transaction_seq))),
    reverses: row.reverses && publicId("evt", organizationId, row.reverses),
  };
}
