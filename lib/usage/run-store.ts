import type { Context } from "@/lib/platform/context";
import type { Client, Range } from "./range-store";

/** `at` is the exact time of the first call, to continue from; `tags` are `NAME:VALUE`. */
export type RunRow = {
  id: string;
  at: string;
  last_at: Date;
  requests: bigint;
  cost: bigint;
  models: string[];
  tags: string[];
};
export type RunPosition = { at: string; id: string };
export type RunPage = { tag: string; range: Range; search: string; after: RunPosition | undefined; limit: number };

const COLUMNS = `w.value AS id, to_char(w.first_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, w.last_at,
  w.requests, w.cost, w.models, w.tags`;

/** The runs that began in a range, the latest first, by the index of their beginnings. */
export async function readRuns(client: Client, ctx: Context, page: RunPage): Promise<RunRow[]> {
  const { tag, range, search, after, limit } = page;
  // Every value is after the empty one, so without a position this is the end of the range.
  const { at, id } = after ?? { at: range.to.toISOString(), id: "" };
  const { rows } = await client.query<RunRow>(
    `SELECT ${COLUMNS} FROM tag_total w
     WHERE w.organization_id = $1 AND w.tag = $2 AND w.first_at >= $3 AND (w.first_at, w.value) < ($4::timestamptz, $5)
       AND starts_with(w.value, $6)
     ORDER BY w.first_at DESC, w.value DESC LIMIT $7`,
    [ctx.organizationId, tag, range.from, at, id, search, limit],
  );
  return rows;
}

export async function readRun(client: Client, ctx: Context, tag: string, id: string): Promise<RunRow | undefined> {
  const { rows } = await client.query<RunRow>(
    `SELECT ${COLUMNS} FROM tag_total w WHERE w.organization_id = $1 AND w.tag = $2 AND w.value = $3`,
    [ctx.organizationId, tag, id],
  );
  return rows[0];
}

/** How many runs of a range used each model, or had each value of a tag (`NAME:VALUE`). */
export async function countRuns(
  client: Client,
  ctx: Context,
  { tag, range, of }: { tag: string; range: Range; of: "models" | "tags" },
): Promise<Map<string, bigint>> {
  const { rows } = await client.query<{ name: string; runs: bigint }>(
    `SELECT part.name, count(*) AS runs
     FROM tag_total w
     CROSS JOIN LATERAL unnest(CASE WHEN $5 = 'models' THEN w.models ELSE w.tags END) AS part (name)
     WHERE w.organization_id = $1 AND w.tag = $2 AND w.first_at >= $3 AND w.first_at < $4
     GROUP BY part.name`,
    [ctx.organizationId, tag, range.from, range.to, of],
  );
  return new Map(rows.map(({ name, runs }) => [name, runs]));
}
