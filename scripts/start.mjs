/** `npm start`: from a bare clone to a running portal. Uses only Node's own modules until the packages are installed. */
import { existsSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { FOLDER, openDatabase, readFacts, secret } from "./database.mjs";
import { build, checkNode, generate, install } from "./install.mjs";
import { isAlive, parentOf, takeLock } from "./lock.mjs";
import { portIsFree } from "./postgres.mjs";
import { serve } from "./serve.mjs";
import { fail, Problem, say } from "./step.mjs";
import { supervise } from "./supervise.mjs";

const LOCK = path.join(FOLDER, "server.lock");
const LOCK_WAIT_SECONDS = 6; // A copy that was told to stop still answers its calls and stops its PostgreSQL.
const run = { server: undefined, database: undefined, stopping: false };

function options() {
  const { values } = parseArgs({
    options: { catalogue: { type: "string" }, dev: { type: "boolean", default: false } },
  });
  const port = Number(process.env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Problem(`PORT is not a port: ${process.env.PORT}`);
  return { port, dev: values.dev, catalogue: values.catalogue ?? process.env.CATALOGUE };
}

async function onlyCopy(port) {
  if (process.env.DATABASE_URL) return;
  const lock = await takeLock(LOCK, {
    waitSeconds: LOCK_WAIT_SECONDS,
    details: { port },
    onWait: (holder) => say(`Process ${holder.pid} uses ${FOLDER}/; waiting ${LOCK_WAIT_SECONDS} s for it to stop …`),
  });
  if (!lock.holder) return;
  throw new Problem(
    `Another copy of Tollgate (process ${lock.holder.pid}) uses ${path.resolve(FOLDER)}.\n` +
      `Stop it with Ctrl-C or: kill ${lock.holder.pid}\nOr start this one from another folder, with: PORT=${port + 1} npm start`,
  );
}

async function portOrProblem(port) {
  if (port === 0 || (await portIsFree(port, process.env.HOST ?? "127.0.0.1"))) return;
  throw new Problem(`Port ${port} is taken by another program. Choose another: PORT=${port + 1} npm start`);
}

function serverEnvironment({ port, dev }) {
  const { databaseUrl, catalogue, database } = run.database;
  const loopback = /^(127\.|localhost$|::1$)/.test(process.env.HOST ?? "127.0.0.1");
  return {
    NODE_ENV: dev ? "development" : "production",
    AUTH_SECRET: process.env.AUTH_SECRET ?? secret("AUTH_SECRET"),
    AUTH_TRUST_HOST: process.env.AUTH_TRUST_HOST ?? "true",
    // The demo user signs in with a known password, so only where others cannot reach the server.
    DEMO: process.env.DEMO ?? (loopback && readFacts(database) ? "1" : "0"),
    DATABASE_URL: databaseUrl,
    CATALOGUE: catalogue,
    PORT: String(port),
  };
}

function startServer(settings) {
  const environment = serverEnvironment(settings);
  run.server = supervise((port) => serve({ ...environment, ...(port && { PORT: String(port) }) }), { say });
  run.server.ended.then(ended).catch(fail);
  // If the server ends before it listens, `ended` ends this process too.
  return run.server.port;
}

async function ended(code) {
  if (!run.stopping) console.error(`\nThe server stopped unexpectedly (exit code ${code ?? 1}).`);
  await run.database.stop();
  process.exit(run.stopping ? (code ?? 1) : code || 1);
}

/** Calls in flight are answered, then PostgreSQL stops. A terminal sends the signal twice: to us, and by way of npm. */
async function stop() {
  if (run.stopping) return;
  run.stopping = true;
  if (run.server) return run.server.stop();
  await run.database?.stop();
  process.exit(0);
}

/** If npm is killed with -9, we continue and no terminal can stop us. A shell may be between npm and us. */
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parents = [process.ppid, parentOf(process.ppid)].filter(Boolean);
  setInterval(() => parents.every(isAlive) || stop(), 500).unref();
}

function report(port) {
  const { database, catalogue } = run.database;
  const facts = readFacts(database);
  const url = `http://localhost:${port}`;
  writeFileSync(path.join(FOLDER, "demo.json.new"), `${JSON.stringify({ url, ...facts }, null, 2)}\n`, { mode: 0o600 });
  renameSync(path.join(FOLDER, "demo.json.new"), path.join(FOLDER, "demo.json"));
  const signIn =
    facts?.signIn && typeof facts.signIn === "object" ? Object.values(facts.signIn).join(" / ") : facts?.signIn;
  const rows = [
    ["Tollgate", url],
    ["Catalogue", `${catalogue} (database ${database})`],
    ["Demo sign-in", signIn],
    ["Organization", facts?.organization],
    ["Customer key", facts?.customerKey],
    ["Gateway secret", facts?.gatewaySecret],
  ];
  console.log();
  for (const [name, value] of rows) if (value) console.log(`  ${name.padEnd(15)} ${value}`);
  if (!facts) console.log("  This database has no demo from this folder. Create a user and keys with npm run admin.");
  console.log(`\n  The same is in ${FOLDER}/demo.json. Ctrl-C stops everything.\n`);
}

async function main() {
  checkNode();
  if (existsSync(".env")) process.loadEnvFile(".env");
  const settings = options();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop().catch(fail));
  stopWithNpm();
  await onlyCopy(settings.port);
  await portOrProblem(settings.port);
  await install();
  await generate();
  if (!settings.dev) await build();
  run.database = await openDatabase(settings.catalogue);
  if (run.stopping) return stop();
  say("Starting …");
  report(await startServer(settings));
}

process.chdir(path.join(import.meta.dirname, ".."));
main().catch(async (error) => {
  if (run.stopping) return;
  if (error.code === "EACCES")
    fail(new Problem(`${error.path} belongs to another user: start as that user, or remove it.`));
  fail(error);
});
