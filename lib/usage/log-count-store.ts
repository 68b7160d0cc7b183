import { idsWithin } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { type CallFilter, callConditions, eventConditions, loggedTagOf, tagOf } from "./filter";
import type { Client, Range } from "./range-store";

const MOST_REVERSALS = 10_000;

type CountedLog = CallFilter & { successfulOnly: boolean };

/** Requests of the range as the sums keep them; undefined when its ends cut a quarter of an hour that has passed. */
async function readRequests(
  client: Client,
  ctx: Context,
  query: CountedLog,
  range: Range,
): Promise<bigint | undefined> {
  const values: unknown[] = [ctx.organizationId, range.from, range.to, ctx.now];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const tag = tagOf(query);
  const where = ["r.organization_id = $1", "r.bucket >= $2", "r.bucket < $3", ...callConditions(query, bind, "r")];
  if (tag) where.push(`r.tag = ${bind(tag.name)} AND r.value = ${bind(tag.value)}`);
  const { rows } = await client.query<{ requests: bigint; whole: boolean }>(
    `SELECT coalesce(sum(r.requests), 0)::bigint AS requests, date_bin('15 minutes', $2::timestamptz, 'epoch') = $2
        AND ($3::timestamptz >= $4 OR date_bin('15 minutes', $3::timestamptz, 'epoch') = $3) AS whole
     FROM ${tag ? "usage_tag_rollup" : "usage_rollup"} r WHERE ${where.join(" AND ")}`,
    values,
  );
  return rows[0]?.whole ? rows[0].requests : undefined;
}

/** How many more rows the range's refunds have in the log than requests in the sums; undefined for very many. */
async function readReversals(
  client: Client,
  ctx: Context,
  query: CountedLog,
  range: Range,
): Promise<bigint | undefined> {
  const values: unknown[] = [ctx.organizationId, range.from, range.to];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = ["e.organization_id = $1", "e.reverses IS NOT NULL", "e.occurred_at >= $2", "e.occurred_at < $3"];
  where.push(idsWithin("e.id", "$2", "$3"), ...eventConditions(query, bind));
  const { rows } = await client.query<{ more: bigint; found: bigint }>(
    `SELECT coalesce(sum(1 - requests), 0)::bigint AS more, count(*) AS found
     FROM (SELECT e.requests FROM ledger.usage_event e WHERE ${where.join(" AND ")} LIMIT ${MOST_REVERSALS + 1}) AS reversals`,
    values,
  );
  return rows[0] && rows[0].found <= MOST_REVERSALS ? rows[0].more : undefined;
}

/** How many rows the log has in a range, from the sums alone; undefined where they cannot say it exactly. */
export async function countRows(
  client: Client,
  ctx: Context,
  query: CountedLog,
  range: Range,
): Promise<bigint | undefined> {
  if (query.successfulOnly || loggedTagOf(query)) return undefined;
  const requests = await readRequests(client, ctx, query, range);
  const more = requests === undefined ? undefined : await readReversals(client, ctx, query, range);
  return requests === undefined || more === undefined ? undefined : requests + more;
}
