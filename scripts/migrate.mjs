/**
 * Brings a database to this version: makes it when it is missing, applies the migrations, then the ledger's functions.
 * `node scripts/migrate.mjs` uses DATABASE_URL; `migrate({databaseUrl})` answers what it did, for the other scripts.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fail, Problem, program, runQuietly, say } from "./step.mjs";

const MIGRATIONS = "prisma/migrations";
const FUNCTIONS = "prisma/functions";
const OLDEST = 15;
const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EHOSTUNREACH", "EAI_AGAIN", "ECONNRESET"]);

const sorted = (folder, wanted) => (existsSync(folder) ? readdirSync(folder).filter(wanted).sort() : []);

/** The files of every domain's folder; the order of their names is the order of calls. */
const functionFiles = () =>
  readdirSync(FUNCTIONS, { recursive: true })
    .filter((name) => name.endsWith(".sql"))
    .sort();

function explain(error, address) {
  if (error instanceof Problem) return error;
  const where = `${address.hostname}:${address.port || 5432}`;
  const code = error.code ?? error.errors?.[0]?.code;
  if (UNREACHABLE.has(code) || /timeout|terminated/i.test(error.message)) {
    return new Problem(
      `PostgreSQL does not answer at ${where} (${code ?? error.message}).\nStart it, or correct DATABASE_URL.`,
    );
  }
  if (code === "28P01" || code === "28000") {
    return new Problem(
      `PostgreSQL at ${where} refuses user "${address.username}": ${error.message}.\nCorrect DATABASE_URL.`,
    );
  }
  if (code === "42501") {
    return new Problem(
      `User "${address.username}" may not do this at ${where}: ${error.message}.\nMigrations need the database's owner, with the right to create roles.`,
    );
  }
  return error;
}

async function connected(databaseUrl, work) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // The query that follows says it.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the database if there is none. Two processes may do this at the same time. */
async function createMissing(databaseUrl, address) {
  const name = decodeURIComponent(address.pathname.slice(1));
  if (!name) throw new Problem("DATABASE_URL names no database: postgresql://user:password@host:5432/tollgate");
  try {
    return await connected(databaseUrl, checkVersion);
  } catch (error) {
    if (error.code !== "3D000") throw error;
  }
  const admin = new URL(address);
  admin.pathname = "/postgres";
  await connected(admin.href, async (client) => {
    await checkVersion(client);
    await client.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`).catch((error) => {
      if (error.code !== "42P04" && error.code !== "23505") throw error;
    });
  });
}

async function checkVersion(client) {
  const { rows } = await client.query("SHOW server_version");
  const version = rows[0].server_version;
  if (Number.parseInt(version, 10) < OLDEST) {
    throw new Problem(`Tollgate needs PostgreSQL ${OLDEST} or later; DATABASE_URL names a ${version}.`);
  }
}

async function applied(client) {
  const { rows } = await client.query("SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS known");
  if (!rows[0].known) return new Set();
  const done = await client.query(
    "SELECT migration_name FROM public._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Set(done.rows.map((row) => row.migration_name));
}

/** Adds the file and the line to PostgreSQL's message. */
function located(error, file, text) {
  if (!error.position) return new Problem(`${file}: ${error.message}${error.where ? `\n${error.where}` : ""}`);
  const line = text.slice(0, Number(error.position)).split("\n").length;
  return new Problem(`${file}:${line}: ${error.message}`);
}

/**
 * CREATE OR REPLACE refuses another result type, and a function that went away would stay. Aggregates use functions,
 * functions use types.
 */
const DROP_ALL = `DO $$ DECLARE f regprocedure; t regtype; BEGIN
  FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'ledger'::regnamespace ORDER BY prokind = 'a' DESC LOOP
    EXECUTE format('DROP ROUTINE %s', f);
  END LOOP;
  FOR t IN SELECT reltype FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relkind = 'c' ORDER BY oid DESC LOOP
    EXECUTE format('DROP TYPE %s', t);
  END LOOP; END $$`;

/** Every function file in order, in one transaction, unless exactly these were applied after these migrations. */
async function applyFunctions(client, migrations) {
  const names = functionFiles();
  if (names.length === 0) return false;
  const texts = names.map((name) => readFileSync(path.join(FUNCTIONS, name), "utf8"));
  const hash = createHash("sha256")
    .update(JSON.stringify([migrations, names, texts]))
    .digest("hex");
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock(hashtext('tollgate functions'))");
  await client.query("CREATE SCHEMA IF NOT EXISTS ledger");
  await client.query(
    "CREATE TABLE IF NOT EXISTS ledger.function_state (hash text PRIMARY KEY, applied_at timestamptz NOT NULL)",
  );
  const { rows } = await client.query("SELECT hash FROM ledger.function_state");
  if (rows.length === 1 && rows[0].hash === hash) {
    await client.query("ROLLBACK");
    return false;
  }
  await client.query(DROP_ALL);
  for (const [index, text] of texts.entries()) {
    await client.query(text).catch((error) => {
      throw located(error, path.join(FUNCTIONS, names[index]), text);
    });
  }
  await client.query("DELETE FROM ledger.function_state");
  await client.query("INSERT INTO ledger.function_state VALUES ($1, clock_timestamp())", [hash]);
  await client.query("COMMIT");
  return true;
}

/** Errors: a Problem in a sentence. Returns `{migrations, functions}`: how many were applied, and whether. */
export async function migrate({ databaseUrl }) {
  let address;
  try {
    address = new URL(databaseUrl);
  } catch {
    throw new Problem("DATABASE_URL is not an address: postgresql://user:password@host:5432/tollgate");
  }
  try {
    await createMissing(databaseUrl, address);
    const all = sorted(MIGRATIONS, (name) => existsSync(path.join(MIGRATIONS, name, "migration.sql")));
    const before = await connected(databaseUrl, applied);
    const missing = all.filter((name) => !before.has(name));
    if (missing.length > 0) {
      await runQuietly("migrations", process.execPath, [...program.prisma, "migrate", "deploy"], {
        env: { DATABASE_URL: databaseUrl },
      });
    }
    const functions = await connected(databaseUrl, (client) => applyFunctions(client, all));
    return { migrations: missing.length, functions };
  } catch (error) {
    throw explain(error, address);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const databaseUrl = process.env.DATABASE_URL;
  try {
    if (!databaseUrl) throw new Problem("DATABASE_URL is not set.");
    const done = await migrate({ databaseUrl });
    say(`${done.migrations} migrations applied, functions ${done.functions ? "replaced" : "as they were"}.`);
  } catch (error) {
    fail(error);
  }
}
