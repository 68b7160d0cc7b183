/** Runs the invariants of prisma/checks: each file selects the rows that break one. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Database } from "@/lib/platform/db";

/** The rows that break an invariant, at most `MOST_ROWS` of them; `more` says that there are others. */
export type Check = {
  name: string;
  rule: string;
  rows: Record<string, unknown>[];
  more: boolean;
  milliseconds: number;
};

/** Versions of the catalogue that settle what was used, tags that every version sums, and those that every one only logs. */
export type CheckTerms = { actual: number[]; tags: string[]; logged: string[] };

const MOST_ROWS = 20;
const folder = () => path.join(process.cwd(), "prisma/checks");

async function readChecks(): Promise<{ name: string; rule: string; sql: string }[]> {
  const files = (await readdir(folder(), { recursive: true })).filter((file) => file.endsWith(".sql")).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(folder(), file), "utf8");
      const comment = /^(?:--.*\n)+/.exec(text)?.[0] ?? "";
      const rule = comment.replace(/^-- ?/gm, "").replace(/\s+/g, " ").trim();
      return { name: path.basename(file, ".sql"), rule, sql: text };
    }),
  );
}

export type Client = { query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }> };

/** Runs every file of prisma/checks in the transaction of `client`. */
export async function runChecks(client: Client, { actual, tags, logged }: CheckTerms): Promise<Check[]> {
  // Each check reads whole tables, and right after a load the planner knows nothing of their size.
  await client.query(
    `SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '128MB', true), set_config('enable_nestloop', 'off', true),
      set_config('tollgate.actual_versions', $1::integer[]::text, true),
      set_config('tollgate.rollup_tags', $2::text[]::text, true),
      set_config('tollgate.logged_tags', $3::text[]::text, true)`,
    [actual, tags, logged],
  );
  const checks: Check[] = [];
  for (const { name, rule, sql } of await readChecks()) {
    const started = performance.now();
    // Materialized: with the limit in sight the planner hopes for early rows, and there are none (92 ms became 205 s).
    const text = `WITH offending AS MATERIALIZED (${sql}\n) SELECT * FROM offending LIMIT ${MOST_ROWS + 1}`;
    const { rows } = await client.query(text);
    const milliseconds = Math.round(performance.now() - started);
    checks.push({ name, rule, rows: rows.slice(0, MOST_ROWS), more: rows.length > MOST_ROWS, milliseconds });
  }
  return checks;
}

export async function readVersions({ tables }: Database): Promise<number[]> {
  const versions = await tables.catalogueVersion.findMany({ select: { version: true }, orderBy: { version: "asc" } });
  return versions.map(({ version }) => version);
}

/** Everything that `work` reads is of one moment. */
export async function inSnapshot<T>(db: Database, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await db.operator.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
