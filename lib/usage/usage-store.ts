/** Sums of usage by quarters of an hour, cut into intervals and groups. */
import { NIL_ID } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { callConditions, refuse } from "./filter";
import type { Client, Range } from "./range-store";
import type { Group, Interval, UsageQuery } from "./schema";

const MOST_ROWS = 20_000;
const MOST_INTERVALS = 1_500;

export const GROUP_COLUMNS: Record<Group, string> = {
  endpoint: "r.endpoint",
  model: "r.model",
  key: "r.key_id",
  // The owner of the key at the call, not the current owner.
  member: `nullif(r.member_id, '${NIL_ID}')`,
};

/** `start` is the place of the interval among the starts, from 1. */
export type SummedRow = {
  start?: number;
  endpoint?: string;
  model?: string;
  key?: string;
  member?: string | null;
  tag?: string;
} & {
  keyName?: string | null;
  requests: bigint;
  cost: bigint;
  counts: bigint[];
};
/** `tag` is summed by; with `value`, only that one. */
export type Grouping = { tag: string | undefined; value: string | undefined; groups: Group[] };

/**
 * Starts of all intervals of the range, empty ones too. Hours follow the clock, days and longer follow the calendar.
 */
export async function intervalStarts(client: Client, range: Range, interval: Interval): Promise<Date[]> {
  const values = [interval, range.from, range.to, range.zone];
  const sql =
    interval === "hour"
      ? `SELECT at FROM generate_series(date_trunc($1, $2::timestamptz, $4), $3::timestamptz - interval '1 microsecond',
          interval '1 hour') AS at LIMIT ${MOST_INTERVALS + 1}`
      : `SELECT ledger.day_start(at, $4) AS at FROM generate_series(date_trunc($1, $2::timestamptz AT TIME ZONE $4),
          ($3::timestamptz - interval '1 microsecond') AT TIME ZONE $4, ('1 ' || $1)::interval) AS at
          LIMIT ${MOST_INTERVALS + 1}`;
  const { rows } = await client.query<{ at: Date }>(sql, values);
  if (rows.length > MOST_INTERVALS) throw refuse("interval", `the range has more than ${MOST_INTERVALS} intervals`);
  return rows.map((row) => row.at);
}

type Cut = { range: Range; starts: Date[] | null; slots: number };

export async function readSums(
  client: Client,
  ctx: Context,
  query: UsageQuery,
  plan: Grouping,
  { range, starts, slots }: Cut,
) {
  const values: unknown[] = [ctx.organizationId, range.from, range.to];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const columns: string[] = [];
  // A search among the starts: to cut each quarter of an hour in a time zone took as long as all the rest.
  if (starts) columns.push(`width_bucket(r.bucket, ${bind(starts)}::timestamptz[]) AS start`);
  for (const group of plan.groups) columns.push(`${GROUP_COLUMNS[group]} AS ${group}`);
  if (plan.groups.includes("key")) columns.push(`k.name AS "keyName"`);
  if (query.groupBy.some((group) => group.startsWith("tag:"))) columns.push("r.value AS tag");
  const grouped = columns.map((_, index) => index + 1).join(", ");
  const counts = Array.from({ length: slots }, (_, slot) => `coalesce(sum(r.quantities[${slot + 1}]), 0)`);
  columns.push("sum(r.requests)::bigint AS requests", "sum(r.cost)::bigint AS cost");
  columns.push(`ARRAY[${counts.join(", ")}]::bigint[] AS counts`);
  const where = ["r.organization_id = $1", "r.bucket >= date_bin('15 minutes', $2, 'epoch')", "r.bucket < $3"];
  if (plan.tag !== undefined) where.push(`r.tag = ${bind(plan.tag)}`);
  if (plan.value !== undefined) where.push(`r.value = ${bind(plan.value)}`);
  where.push(...callConditions(query, bind, "r"));
  const keyed = plan.groups.includes("key");
  const { rows } = await client.query<SummedRow>(
    `SELECT ${columns.join(", ")} FROM ${plan.tag === undefined ? "usage_rollup" : "usage_tag_rollup"} r
     ${keyed ? "LEFT JOIN api_key k ON k.organization_id = r.organization_id AND k.id = r.key_id" : ""}
     WHERE ${where.join(" AND ")} ${grouped ? `GROUP BY ${grouped} ORDER BY ${query.interval ? "start, " : ""}cost DESC` : ""}
     LIMIT ${MOST_ROWS + 1}`,
    values,
  );
  if (rows.length > MOST_ROWS) throw refuse("groupBy", `the answer has more than ${MOST_ROWS} rows; narrow the range`);
  // Without groups the sum of nothing is one row of nulls.
  return grouped ? rows : rows.filter((row) => row.requests !== null);
}
