import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { catalogueOfVersion } from "@/lib/catalogue";
import type { InstallationContext } from "@/lib/platform/context";

/** The rows that break an invariant, at most `MOST_ROWS` of them; `more` says that there are others. */
export type Check = {
  name: string;
  rule: string;
  rows: Record<string, unknown>[];
  more: boolean;
  milliseconds: number;
};

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

/** What the checks must know of the catalogue: which versions settle what was used, and which tags all roll up. */
async function terms({ db }: InstallationContext): Promise<{ actual: number[]; tags: string[] }> {
  const { rows } = await db.operator.query<{ version: number }>(
    "SELECT version FROM catalogue_version ORDER BY version",
  );
  const actual: number[] = [];
  let tags: string[] | undefined;
  for (const { version } of rows) {
    const { settlement, tags: declared } = await catalogueOfVersion(db, version);
    if (settlement === "actual") actual.push(version);
    tags = declared.rollup.filter((tag) => tags?.includes(tag) ?? true);
  }
  return { actual, tags: tags ?? [] };
}

type Client = { query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }> };

async function runChecks(client: Client, { actual, tags }: Awaited<ReturnType<typeof terms>>): Promise<Check[]> {
  // Each check reads whole tables, and right after a load the planner knows nothing of their size.
  await client.query(
    `SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '128MB', true), set_config('enable_nestloop', 'off', true),
      set_config('tollgate.actual_versions', $1::integer[]::text, true),
      set_config('tollgate.rollup_tags', $2::text[]::text, true)`,
    [actual, tags],
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

/**
 * Checks every invariant of the ledger in one snapshot; calls continue in the meantime. Each file of prisma/checks
 * selects the rows that break one, so a sound ledger answers no rows at all. With `within`, an open transaction's view
 * is checked.
 */
export async function verifyLedger(ctx: InstallationContext, within?: Client): Promise<Check[]> {
  const known = await terms(ctx);
  if (within) return runChecks(within, known);
  const client = await ctx.db.operator.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const checks = await runChecks(client, known);
    await client.query("COMMIT");
    client.release();
    return checks;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
