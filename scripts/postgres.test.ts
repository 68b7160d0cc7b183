import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { findPostgres, portIsFree, startPostgres } from "./postgres.mjs";

const base = mkdtempSync(path.join(tmpdir(), "tollgate-postgres-test-"));
const folder = path.join(base, "data");
chmodSync(base, 0o755); // As root in a private folder the data would be elsewhere.
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function ask(url: string, text: string) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows[0];
}

it("startPostgres takes over what a killed starter left running, with its data", async () => {
  const script = `
    import { startPostgres } from ${JSON.stringify(path.join(import.meta.dirname, "postgres.mjs"))};
    await startPostgres({ folder: process.argv[1] });
    process.kill(process.pid, "SIGKILL");`;
  expect(() => execFileSync(process.execPath, ["--input-type=module", "-e", script, folder])).toThrow("SIGKILL");
  const adopted = await startPostgres({ folder });
  expect(adopted.adopted).toBe(true);
  await ask(adopted.url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer");
  expect(await ask(adopted.url("postgres"), "SELECT current_setting('fsync') AS fsync")).toEqual({ fsync: "on" });
  await adopted.stop();

  const again = await startPostgres({ folder });
  expect(again.adopted).toBe(false);
  expect(again.port).toBe(adopted.port);
  expect(await ask(again.url("postgres"), "SELECT answer FROM kept")).toEqual({ answer: 42 });
  await again.stop();
});

it("startPostgres says what to do when the password of its data is gone", async () => {
  rmSync(path.join(folder, "postgres.json"));
  await expect(startPostgres({ folder })).rejects.toThrow(/postgres\.json is missing.*remove/s);
});

it("findPostgres leaves the file of a PostgreSQL that has not yet written its process id", () => {
  const folder = path.join(base, "starting");
  const dataDir = path.join(folder, "postgres");
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path.join(folder, "postgres.json"), JSON.stringify({ dataDir, password: "unused", port: 0 }));
  writeFileSync(path.join(dataDir, "postmaster.pid"), "");
  expect(findPostgres(folder)).toBeUndefined();
  expect(existsSync(path.join(dataDir, "postmaster.pid"))).toBe(true);
});

const crash = { timeout: 60_000 };

it("startPostgres keeps its port after a crash, even where another program has it for a moment", crash, async () => {
  const folder = path.join(base, "crashed");
  const first = await startPostgres({ folder, fast: true });
  await ask(first.url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer");
  await ask(first.url("postgres"), "CHECKPOINT");
  process.kill(first.pid, "SIGKILL");
  // Its other processes keep the socket until they have seen that it is gone.
  await expect.poll(() => portIsFree(first.port), { timeout: 30_000 }).toBe(true);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(first.port, "127.0.0.1", resolve));
  const told: number[] = [];
  const onTaken = (port: number) => {
    told.push(port);
    other.close();
  };
  const again = await startPostgres({ folder, fast: true, keepPort: true, onTaken });
  expect([again.port, told]).toEqual([first.port, [first.port]]);
  // A process that knows the address finds its data there.
  expect(await ask(first.url("postgres"), "SELECT answer FROM kept")).toEqual({ answer: 42 });
  await again.stop();
});
