/**
 * The database that a start uses: DATABASE_URL's, or the embedded PostgreSQL with one database per catalogue.
 * Its demo's facts (sign-in, keys) are kept beside it, because the database itself holds only their hashes.
 */
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { migrate } from "./migrate.mjs";
import { findPostgres, startPostgres } from "./postgres.mjs";
import { Problem, runLoudly, runTypeScript, say, TYPESCRIPT } from "./step.mjs";

export const FOLDER = ".tollgate";
const CURRENT = path.join(FOLDER, "current.json");
export const DEFAULT_CATALOGUE = "apertis";

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);
const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, 8);
const isPath = (catalogue) => /[/\\]|\.ya?ml$/.test(catalogue);

async function query(url, text, values = []) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** A secret made once and kept for the next starts. */
export function secret(name) {
  const file = path.join(FOLDER, "secrets.json");
  const secrets = readJson(file) ?? {};
  if (!secrets[name]) {
    secrets[name] = randomBytes(32).toString("base64url");
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  }
  return secrets[name];
}

/** The name that the catalogue gives itself. */
async function nameOf(catalogue) {
  const file = isPath(catalogue) ? catalogue : path.join("catalogues", `${catalogue}.yaml`);
  if (!existsSync(file)) {
    throw new Problem(
      `There is no catalogue ${file}. Give the name of a file in catalogues/, or a path to a YAML file.`,
    );
  }
  const { parse } = await import("yaml");
  return parse(readFileSync(file, "utf8"))?.name;
}

/** The database of a catalogue: two files with one name are two catalogues. */
export function databaseName(catalogue) {
  const base = path.basename(catalogue).replace(/\.ya?ml$/, "");
  const plain = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, 40);
  return isPath(catalogue) ? `tollgate_${plain}_${digest(path.resolve(catalogue))}` : `tollgate_${plain}`;
}

export const factsFile = (database) => path.join(FOLDER, `demo-${database}.json`);
export const readFacts = (database) => readJson(factsFile(database));

/**
 * An empty database of our own gets the demo unless DEMO=0 is set; one that the operator named, only if DEMO=1 is. The
 * demo has paid at the local Stripe, so none is made for Stripe itself.
 */
function wantsDemo(own) {
  const said = process.env.DEMO ?? "";
  if (process.env.STRIPE_SECRET_KEY) {
    if (/^(1|true)$/.test(said)) throw new Problem("The demo pays at the local Stripe: leave out STRIPE_SECRET_KEY.");
    return false;
  }
  return own ? !/^(0|false)$/.test(said) : /^(1|true)$/.test(said);
}

/** Fills an empty database: with the demo, or with nothing but the catalogue. */
async function fill(databaseUrl, catalogue, facts, { demo, later = databaseUrl }) {
  const own = { DEMO_FACTS: path.resolve(facts), DEMO_DATABASE_URL: later };
  const env = { DATABASE_URL: databaseUrl, CATALOGUE: catalogue, ...own, LOG_LEVEL: "error" };
  if (!demo) {
    say(`Applying the catalogue ${catalogue} …`);
    await runTypeScript("catalogue", ["scripts/cli/catalogue.ts", "apply", catalogue], env);
    return;
  }
  say("Seeding the demo …");
  rmSync(facts, { force: true });
  // Shown as it comes: a year of history takes half a minute, and has a progress bar.
  if ((await runLoudly(process.execPath, [...TYPESCRIPT, "prisma/seed.ts"], { env })) !== 0) {
    throw new Problem("The demo could not be made; the reason is printed above.");
  }
  if (existsSync(facts)) chmodSync(facts, 0o600);
}

/**
 * A new database is made under another name and renamed when it is whole, so that an interrupted start can start
 * again.
 */
async function prepareEmbedded(server, database, catalogue) {
  const admin = server.url("postgres");
  const known = await query(admin, "SELECT 1 FROM pg_database WHERE datname = $1", [database]);
  if (known.length > 0) return void (await migrate({ databaseUrl: server.url(database) }));
  const draft = `${database}_new`;
  await query(admin, `DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`);
  say(`Making the database ${database} …`);
  await migrate({ databaseUrl: server.url(draft) });
  await fill(server.url(draft), catalogue, factsFile(database), {
    demo: wantsDemo(true),
    later: server.url(database),
  });
  await query(admin, `ALTER DATABASE "${draft}" RENAME TO "${database}"`);
}

/** Starts PostgreSQL again when it was killed: on the same port, so that the server's pools find it. */
function keepRunning(first) {
  let server = first;
  let starting;
  const again = async () => {
    say("PostgreSQL is gone; starting it again …");
    const onTaken = (port) => say(`Another program has PostgreSQL's port ${port}; waiting for it …`);
    server = await startPostgres({ folder: FOLDER, keepPort: true, onTaken });
  };
  const watch = setInterval(() => {
    if (starting || server.isRunning()) return;
    starting = again()
      .catch((error) => say(error.message))
      .finally(() => {
        starting = undefined;
      });
  }, 1000).unref();
  return async () => {
    clearInterval(watch);
    await starting;
    await server.stop();
  };
}

async function openEmbedded(catalogue) {
  const database = databaseName(catalogue);
  await nameOf(catalogue);
  const server = await startPostgres({ folder: FOLDER });
  if (server.adopted) say("Took over the PostgreSQL that an earlier start left running");
  try {
    await prepareEmbedded(server, database, catalogue);
  } catch (error) {
    await server.stop();
    throw error;
  }
  writeFileSync(CURRENT, JSON.stringify({ catalogue, database }));
  return { databaseUrl: server.url(database), database, catalogue, stop: keepRunning(server) };
}

const LIVE = "SELECT name FROM catalogue_version WHERE effective_at <= now() ORDER BY effective_at DESC, version DESC";

/** DATABASE_URL's database has its own catalogue; only `catalogue apply` changes it, not a start. */
async function openExternal(databaseUrl, asked) {
  await migrate({ databaseUrl });
  const address = new URL(databaseUrl);
  const database = `${decodeURIComponent(address.pathname.slice(1))}-${digest(address.host + address.pathname)}`;
  const live = (await query(databaseUrl, `${LIVE} LIMIT 1`))[0]?.name;
  if (live && asked && (await nameOf(asked)) !== live) {
    throw new Problem(
      `The database's catalogue is "${live}", not "${asked}".\nStart without --catalogue and CATALOGUE, name another database, or change it with: npm run catalogue -- apply FILE`,
    );
  }
  const catalogue = asked ?? live ?? DEFAULT_CATALOGUE;
  if (!live) {
    await nameOf(catalogue);
    await fill(databaseUrl, catalogue, factsFile(database), { demo: wantsDemo(false) });
  }
  return { databaseUrl, database, catalogue, stop: async () => {} };
}

/** Returns `{databaseUrl, database, catalogue, stop()}`, migrated and filled. */
export function openDatabase(asked) {
  mkdirSync(FOLDER, { recursive: true });
  const external = process.env.DATABASE_URL;
  return external ? openExternal(external, asked) : openEmbedded(asked ?? DEFAULT_CATALOGUE);
}

/** For the command line: the database of the running server, else of a PostgreSQL that is started for the command. */
export async function borrowDatabase(lock) {
  const asked = process.env.CATALOGUE;
  const current = readJson(CURRENT);
  const database = asked || !current ? databaseName(asked ?? DEFAULT_CATALOGUE) : current.database;
  const catalogue = asked ?? current?.catalogue ?? DEFAULT_CATALOGUE;
  if (!lock.holder) return openEmbedded(catalogue);
  const url = findPostgres(FOLDER);
  if (!url) throw new Problem("Another command is just starting the database: try again in a moment.");
  return { databaseUrl: url(database), database, catalogue, stop: async () => {} };
}
