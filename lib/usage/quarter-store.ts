import type { Context } from "@/lib/platform/context";
import { type CallFilter, callConditions, tagOf } from "./filter";
import type { Client, Range } from "./range-store";

const MOST_QUARTERS = 100;

type QuarterQuery = CallFilter & { range: Range; order: "newest" | "oldest"; after?: { at: string } | undefined };
type Quarter = { at: Date; requests: bigint };

/** Quarters of an hour with calls of the filter, and how many, in the order of the log; after `edge`. */
async function readSome(client: Client, ctx: Context, query: QuarterQuery, edge: Date | undefined): Promise<Quarter[]> {
  const { range, after } = query;
  const values: unknown[] = [ctx.organizationId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const newest = query.order === "newest";
  const quarterOf = (at: unknown) => `date_bin('15 minutes', ${bind(at)}::timestamptz, 'epoch')`;
  const where = ["r.organization_id = $1", `r.bucket >= ${quarterOf(range.from)}`, `r.bucket < ${bind(range.to)}`];
  if (edge) where.push(`r.bucket ${newest ? "<" : ">"} ${bind(edge)}`);
  else if (after) where.push(`r.bucket ${newest ? "<=" : ">="} ${quarterOf(after.at)}`);
  const tag = tagOf(query);
  if (tag) where.push(`r.tag = ${bind(tag.name)} AND r.value = ${bind(tag.value)}`);
  where.push(...callConditions(query, bind, "r"));
  const { rows } = await client.query<Quarter>(
    `SELECT r.bucket AS at, sum(r.requests)::bigint AS requests FROM ${tag ? "usage_tag_rollup" : "usage_rollup"} r
     WHERE ${where.join(" AND ")} GROUP BY r.bucket ORDER BY r.bucket ${newest ? "DESC" : "ASC"} LIMIT ${MOST_QUARTERS}`,
    values,
  );
  return rows;
}

/**
 * The quarters of an hour in which the log has calls of the filter, in its order, in helpings that are just enough for
 * as many events as are still `wanted`. Refunds count downwards, so a helping may hold more.
 */
export async function* readQuarters(
  client: Client,
  ctx: Context,
  query: QuarterQuery,
  wanted: () => number,
): AsyncGenerator<Date[]> {
  let edge: Date | undefined;
  for (;;) {
    const some = await readSome(client, ctx, query, edge);
    for (let next = 0; next < some.length; ) {
      const helping: Date[] = [];
      for (let count = 0; next < some.length && count < wanted(); next++) {
        const quarter = some[next] as Quarter;
        helping.push(quarter.at);
        count += Number(quarter.requests);
      }
      yield helping;
    }
    edge = some.at(-1)?.at;
    if (some.length < MOST_QUARTERS) return;
  }
}
