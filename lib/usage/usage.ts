import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { presentZone } from "@/lib/kernel/time-zone";
import { jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { callConditions, hasCallFilter, NOBODY, refuse, requireSummedTag, tagOf } from "./filter";
import { byName, meterNames } from "./meters";
import { type Client, type Range, resolveRange } from "./range";
import type { Group, Interval, UsageAnswer, UsageQuery, UsageRow } from "./schema";

const MOST_ROWS = 20_000;
const MOST_INTERVALS = 1_500;

const GROUP_COLUMNS: Record<Group, string> = {
  endpoint: "r.endpoint",
  model: "r.model",
  key: "r.key_id",
  // The owner of the key at the call, not the current owner.
  member: `nullif(r.member_id, '${NOBODY}')`,
};

type Sums = { requests: bigint; cost: bigint; counts: bigint[] };
/** `start` is the place of the interval among the starts, from 1. */
type Row = { start?: number; endpoint?: string; model?: string; key?: string; member?: string | null; tag?: string } & {
  keyName?: string | null;
  requests: string;
  cost: string;
  counts: string[];
};
/** `tag` is summed by; with `value`, only that one. */
type SumQuery = { tag: string | undefined; value: string | undefined; groups: Group[] };

/** Which sums answer the question: those by endpoint, model and key, or those by one declared tag. */
function sumQueryOf(query: UsageQuery): SumQuery {
  const tags = query.groupBy.flatMap((group) => (group.startsWith("tag:") ? group.slice("tag:".length) : []));
  const groups = query.groupBy.filter((group): group is Group => Object.hasOwn(GROUP_COLUMNS, group));
  const filter = tagOf(query);
  const tag = tags[0] ?? filter?.name;
  if (tag === undefined) return { tag, value: undefined, groups };
  requireSummedTag(tag, "groupBy");
  const alone = query.groupBy.length === tags.length && tags.length < 2 && (!filter || filter.name === tag);
  if (!alone || hasCallFilter(query)) {
    const works = `ask for one tag by itself, with groupBy=tag:${tag} or tag=${tag}:VALUE and an interval`;
    const message = `sums by tag are not combined with other groups or filters; ${works}`;
    throw refuse(filter ? "tag" : "groupBy", message);
  }
  return { tag, value: filter?.value, groups };
}

/**
 * Starts of all intervals of the range, empty ones too. Hours follow the clock, days and longer follow the calendar.
 */
async function intervalStarts(client: Client, range: Range, interval: Interval): Promise<Date[]> {
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

async function readSums(
  client: Client,
  ctx: Context,
  query: UsageQuery,
  sumQuery: SumQuery,
  { range, starts, slots }: Cut,
) {
  const values: unknown[] = [ctx.organizationId, range.from, range.to];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const columns: string[] = [];
  // A search among the starts: to cut each quarter of an hour in a time zone took as long as all the rest.
  if (starts) columns.push(`width_bucket(r.bucket, ${bind(starts)}::timestamptz[]) AS start`);
  for (const group of sumQuery.groups) columns.push(`${GROUP_COLUMNS[group]} AS ${group}`);
  if (sumQuery.groups.includes("key")) columns.push(`k.name AS "keyName"`);
  if (query.groupBy.some((group) => group.startsWith("tag:"))) columns.push("r.value AS tag");
  const grouped = columns.map((_, index) => index + 1).join(", ");
  const counts = Array.from({ length: slots }, (_, slot) => `coalesce(sum(r.quantities[${slot + 1}]), 0)::text`);
  columns.push("sum(r.requests) AS requests", "sum(r.cost) AS cost", `ARRAY[${counts.join(", ")}]::text[] AS counts`);
  const where = ["r.organization_id = $1", "r.bucket >= date_bin('15 minutes', $2, 'epoch')", "r.bucket < $3"];
  if (sumQuery.tag !== undefined) where.push(`r.tag = ${bind(sumQuery.tag)}`);
  if (sumQuery.value !== undefined) where.push(`r.value = ${bind(sumQuery.value)}`);
  where.push(...callConditions(query, bind, "r"));
  const keyed = sumQuery.groups.includes("key");
  const { rows } = await client.query<Row>(
    `SELECT ${columns.join(", ")} FROM ${sumQuery.tag === undefined ? "usage_rollup" : "usage_tag_rollup"} r
     ${keyed ? "LEFT JOIN api_key k ON k.organization_id = r.organization_id AND k.id = r.key_id" : ""}
     WHERE ${where.join(" AND ")} ${grouped ? `GROUP BY ${grouped} ORDER BY ${query.interval ? "start, " : ""}cost DESC` : ""}
     LIMIT ${MOST_ROWS + 1}`,
    values,
  );
  if (rows.length > MOST_ROWS) throw refuse("groupBy", `the answer has more than ${MOST_ROWS} rows; narrow the range`);
  // Without groups the sum of nothing is one row of nulls.
  return grouped ? rows : rows.filter((row) => row.requests !== null);
}

function total(rows: readonly Row[], slots: number): Sums {
  const sums: Sums = { requests: 0n, cost: 0n, counts: Array.from({ length: slots }, () => 0n) };
  for (const row of rows) {
    sums.requests += BigInt(row.requests);
    sums.cost += BigInt(row.cost);
    row.counts.forEach((count, slot) => {
      sums.counts[slot] = (sums.counts[slot] ?? 0n) + BigInt(count);
    });
  }
  return sums;
}

/**
 * What was used and what it cost, from the sums by quarters of an hour; cut in the organization's or the given zone.
 * Errors: not_found, validation_failed (a range, zone, tag or grouping that cannot be answered).
 */
export async function usage(ctx: Context, query: UsageQuery): Promise<UsageAnswer> {
  mayRead(ctx);
  const { catalogue } = currentCatalogue();
  const sumQuery = sumQueryOf(query);
  const found = await queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const range = await resolveRange(client, ctx, query);
    const names = await meterNames(client);
    const starts = query.interval ? await intervalStarts(client, range, query.interval) : null;
    const slots = query.quantities ? names.length : 0;
    const rows = await readSums(client, ctx, query, sumQuery, { range, starts, slots });
    return { range, names, starts, rows };
  });
  const { range, names, rows } = found;
  const sums = ({ requests, cost, counts }: Sums) => ({
    requests: jsonCount(requests),
    quantities: byName(counts, names),
    cost: formatAmount(cost, catalogue.unit.scale),
  });
  return {
    unit: catalogue.unit.code,
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    timezone: presentZone(range.zone),
    interval: query.interval ?? null,
    groupBy: query.groupBy,
    starts: found.starts?.map((start) => start.toISOString()) ?? null,
    totals: sums(total(rows, names.length)),
    data: rows.map((row): UsageRow => {
      const { start, endpoint, model, key, keyName, member, tag } = row;
      return {
        ...(start && { start: found.starts?.[start - 1]?.toISOString() }),
        ...(endpoint !== undefined && { endpoint }),
        ...(model !== undefined && { model }),
        ...(key !== undefined && {
          key: key === NOBODY ? null : publicId("key", ctx.organizationId, key),
          keyName: keyName ?? null,
        }),
        ...(member !== undefined && { member }),
        ...(tag !== undefined && { tag }),
        ...sums({ requests: BigInt(row.requests), cost: BigInt(row.cost), counts: row.counts.map(BigInt) }),
      };
    }),
  };
}
