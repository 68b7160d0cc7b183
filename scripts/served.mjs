/** The built server on a throw-away database, for the tests, the shots and the measurements of pages. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { migrate } from "./migrate.mjs";
import { startPostgres } from "./postgres.mjs";
import { serve } from "./serve.mjs";
import { runTypeScript } from "./step.mjs";

/** Tests are one caller from one address. */
const UNLIMITED = Object.fromEntries(
  ["KEY", "GATEWAY", "FAILURES", "SIGN_IN", "FORM", "MAIL"].map((name) => [`RATE_LIMIT_${name}`, "0"]),
);

/**
 * Starts PostgreSQL in `folder`, fills the database, serves and works; everything is stopped afterwards. `fill` is
 * given the environment and the file for what it tells. Returns the server's exit code or signal.
 */
export async function served({ folder, catalogue = "apertis", fast = true, fill }, work) {
  const postgres = await startPostgres({ folder, fast });
  try {
    const facts = path.join(folder, "facts.json");
    const env = {
      DATABASE_URL: postgres.url("tollgate_served"),
      CATALOGUE: catalogue,
      LOG_LEVEL: "warn",
      SANDBOX_FILE: path.join(folder, "sandbox.jsonl"),
    };
    await migrate({ databaseUrl: env.DATABASE_URL });
    await fill(env, facts);
    const secrets = { AUTH_SECRET: "e".repeat(43), AUTH_TRUST_HOST: "true", DEMO: "1" };
    const server = serve({
      ...env,
      ...secrets,
      ...UNLIMITED,
      NODE_ENV: "production",
      PORT: "0",
      HOST: "127.0.0.1",
      ROLE: "all",
    });
    const ended = new Promise((resolve) => server.child.once("exit", (code, signal) => resolve(signal ?? code)));
    try {
      const url = `http://localhost:${await server.port}`;
      const demo = path.join(folder, "demo.json");
      writeFileSync(demo, JSON.stringify({ url, ...JSON.parse(readFileSync(facts, "utf8")) }));
      const { DATABASE_URL, CATALOGUE } = env;
      await work({ E2E_URL: url, DEMO_JSON: demo, DATABASE_URL, CATALOGUE, AUTH_SECRET: secrets.AUTH_SECRET });
    } finally {
      server.child.kill("SIGTERM");
    }
    return await ended;
  } finally {
    await postgres.stop();
  }
}

/** A shorter demo: its last months are the same, and tests make all other data themselves. */
const fillDemo = (env, facts) =>
  runTypeScript("demo", ["prisma/seed.ts"], { ...env, DEMO_FACTS: facts, DEMO_DAYS: "100" });

/** The same, filled with the demo. */
export const servedDemo = (options, work) => served({ ...options, fill: fillDemo }, work);
