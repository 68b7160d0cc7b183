/** One throw-away PostgreSQL per run, with a migrated template that every test file clones. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "@/scripts/migrate.mjs";
import { startPostgres } from "@/scripts/postgres.mjs";

const TEMPLATE = "tollgate_template";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server's address with `%s` for the database. */
    postgres: string;
  }
}

type Started = { url: (database: string) => string; stop: () => Promise<void> };
type Shared = { started: Promise<Started>; users: number };

// Two projects of one run share the server: their set-ups run in one process, each with its own copy of this module.
const KEY = Symbol.for("tollgate.tests.postgres");
const holder = globalThis as unknown as Record<symbol, Shared | undefined>;

async function start(): Promise<Started> {
  const folder = mkdtempSync(path.join(tmpdir(), "tollgate-test-"));
  const server = await startPostgres({ folder, fast: true });
  await migrate({ databaseUrl: server.url(TEMPLATE) });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject) {
  holder[KEY] ??= { started: start(), users: 0 };
  const shared = holder[KEY];
  shared.users++;
  const server = await shared.started;
  project.provide("postgres", server.url("%s"));
  return async () => {
    shared.users--;
    if (shared.users > 0) return;
    holder[KEY] = undefined;
    await server.stop();
  };
}
