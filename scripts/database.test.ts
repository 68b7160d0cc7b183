/** The content that a start adds to an empty database that the operator named. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { factsFile, openDatabase } from "./database.mjs";
import { startPostgres } from "./postgres.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "tollgate-named-"));
let server: Awaited<ReturnType<typeof startPostgres>>;

beforeAll(async () => {
  server = await startPostgres({ folder, fast: true });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** How many organizations and catalogues a start has left in a new database of this name. */
async function filled(name: string, demo: string | undefined) {
  const url = server.url(name);
  vi.stubEnv("DATABASE_URL", url);
  vi.stubEnv("DEMO", demo);
  vi.stubEnv("DEMO_DAYS", "1");
  vi.stubEnv("SANDBOX_FILE", path.join(folder, `${name}.jsonl`));
  const { database } = await openDatabase("apertis");
  rmSync(factsFile(database), { force: true });
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ organizations: number; catalogues: number }>(
    `SELECT (SELECT count(*) FROM organization)::integer AS organizations,
       (SELECT count(*) FROM catalogue_version)::integer AS catalogues`,
  );
  await client.end();
  return rows[0];
}

it("a new database has the catalogue alone unless DEMO asks for the demo", { timeout: 120_000 }, async () => {
  expect(await filled("named", undefined)).toEqual({ organizations: 0, catalogues: 1 });
});

it("a new database has the demo where DEMO=1", { timeout: 120_000 }, async () => {
  expect(await filled("asked", "1")).toEqual({ organizations: 3, catalogues: 1 });
});
