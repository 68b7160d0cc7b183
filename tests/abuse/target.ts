/**
 * The server that is knocked at: the one that E2E_URL names, with its pages, or one started here that serves the API
 * alone and needs no build.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { migrate } from "@/scripts/migrate.mjs";
import { startPostgres } from "@/scripts/postgres.mjs";
import { serve } from "@/scripts/serve.mjs";
import { runTypeScript } from "@/scripts/step.mjs";
import type { Subjects } from "./cases";

const AUTH_SECRET = process.env.AUTH_SECRET ?? "";

/** `since` is the first organization of the subjects: ids are in the order of their making. */
export type Target = {
  port: number;
  subjects: Subjects;
  database: pg.Client;
  since: string;
  close: () => Promise<void>;
};

async function startHere(folder: string): Promise<{ port: number; databaseUrl: string; stop: () => Promise<void> }> {
  const postgres = await startPostgres({ folder, fast: true });
  const databaseUrl = postgres.url("tollgate_abuse");
  await migrate({ databaseUrl });
  await makeSubjects(databaseUrl, path.join(folder, "first.json"));
  const server = serve({
    ...{ DATABASE_URL: databaseUrl, AUTH_SECRET, CATALOGUE: "apertis", NODE_ENV: "production" },
    ...{ PORT: "0", HOST: "127.0.0.1", ROLE: "gate", LOG_LEVEL: "silent" },
    ...{ RATE_LIMIT_KEY: "0", RATE_LIMIT_FAILURES: "0" },
  });
  const ended = new Promise((resolve) => server.child.once("exit", resolve));
  const stop = async () => {
    server.child.kill("SIGTERM");
    await ended;
    await postgres.stop();
  };
  return { port: await server.port, databaseUrl, stop };
}

async function makeSubjects(databaseUrl: string, file: string): Promise<Subjects> {
  const environment = { DATABASE_URL: databaseUrl, AUTH_SECRET, CATALOGUE: "apertis", LOG_LEVEL: "silent" };
  await runTypeScript("subjects", ["tests/abuse/make-subjects.ts", file], environment);
  return JSON.parse(readFileSync(file, "utf8")) as Subjects;
}

/** What the demo's form on the sign-in page names as its action. */
async function formOf(url: string): Promise<Subjects> {
  const page = await (await fetch(new URL("/sign-in", url))).text();
  const action = /.*\$ACTION_ID_(\w+).*?Continue as the demo user/s.exec(page)?.[1];
  if (!action) throw new Error("The sign-in page does not offer the demo.");
  return { action };
}

export async function startTarget(): Promise<Target> {
  const folder = mkdtempSync(path.join(tmpdir(), "tollgate-abuse-"));
  const { E2E_URL, DATABASE_URL = "" } = process.env;
  const here = E2E_URL ? undefined : await startHere(folder);
  const databaseUrl = here?.databaseUrl ?? DATABASE_URL;
  const port = here?.port ?? Number(new URL(E2E_URL ?? "").port);
  const subjects = await makeSubjects(databaseUrl, path.join(folder, "subjects.json"));
  const form = E2E_URL ? await formOf(E2E_URL) : {};
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const close = async () => {
    await database.end();
    await here?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    port,
    subjects: { ...subjects, ...form, host: `localhost:${port}` },
    database,
    since: subjects.uuid ?? "",
    close,
  };
}
