/**
 * The connections: three pools and Prisma, one of each per process. Next bundles its own copies of modules, so they
 * live on globalThis. Every connection works as a role that may not change entries, transactions or events.
 */
import pg from "pg";
import { forgetDatabaseClock } from "./clock";
import { env } from "./env";
import { perProcess } from "./holders";
import { log } from "./log";
import { Pipeline } from "./pipeline";
import { openTables, type Tables, type TablesOn } from "./tables";

/** `app` sees one organization at a time (row level security), `operator` sees all. */
export type Role = "app" | "operator";

/** The database for verbs: Prisma for plain tables, pools for the ledger's functions. */
export type Database = TablesOn & {
  /** The tables that belong to no organization, such as users and sessions, outside of a transaction. */
  tables: Tables;
  /** Reads and the portal's functions, as the app. */
  read: pg.Pool;
  /** The gate's few connections: a slow report never delays a hold. */
  gate: pg.Pool;
  /** A connection of the gate's own for statements that are sent ahead of the answer to the one before. */
  pipeline(): Pipeline;
  /** Operator's verbs and jobs. */
  operator: pg.Pool;
  /** The job runner's own connections, as the user who connects: its tables are made by itself. */
  runner(): pg.Pool;
  close(): Promise<void>;
};

const held = perProcess<Database>("database");

const GATE = { lock_timeout: "200", statement_timeout: "10000", jit: "off" };

const CONNECT_MS = 3_000;

const INT8_ARRAY = 1016 as Parameters<typeof pg.types.getTypeParser>[0];
const textsOf: (array: string) => string[] = pg.types.getTypeParser(INT8_ARRAY);
/** An int8 is a bigint, in whatever row it comes. */
const types: pg.CustomTypesConfig = {
  getTypeParser(id, format) {
    if (id === pg.types.builtins.INT8) return BigInt;
    if (id === INT8_ARRAY) return (array: string) => textsOf(array).map(BigInt);
    return pg.types.getTypeParser(id, format);
  },
};

function connection(role: Role | "runner", settings: Record<string, string>) {
  const own = role === "runner" ? {} : { role: `tollgate_${role}`, timezone: "UTC" };
  const options = Object.entries({ ...own, ...settings })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
  const { DATABASE_URL: connectionString } = env();
  const application_name = `tollgate ${role}`;
  return { connectionString, options, application_name, types, connectionTimeoutMillis: CONNECT_MS };
}

function pool(role: Role | "runner", max: number, settings: Record<string, string>): pg.Pool {
  const made = new pg.Pool({ ...connection(role, settings), max, idleTimeoutMillis: 30_000 });
  made.on("error", (error) => log.warn({ err: error.message, role }, "lost an idle database connection"));
  // The pool listens to idle connections only: one that dies between two statements of a transaction has nobody else,
  // and an error without a listener ends the process. Its next statement fails, and the pool replaces it.
  made.on("connect", (client) =>
    client.on("error", (error) => log.debug({ err: error.message, role }, "lost a database connection")),
  );
  return made;
}

function open(): Database {
  const read = pool("app", 8, { statement_timeout: "30000" });
  const gate = pool("app", 4, GATE);
  const others: { end(): Promise<void> }[] = [];
  const own = <One extends { end(): Promise<void> }>(one: One) => {
    others.push(one);
    return one;
  };
  let runner: pg.Pool | undefined;
  const operator = pool("operator", 4, { statement_timeout: "60000" });
  // node-postgres ignores `options` next to a connection string inside Prisma's adapter, so it is given the pool.
  const { prisma, within } = openTables(read);
  return {
    prisma,
    within,
    tables: prisma,
    read,
    gate,
    operator,
    runner() {
      runner ??= own(pool("runner", 4, {}));
      return runner;
    },
    pipeline: () => own(new Pipeline(connection("app", GATE))),
    async close() {
      await prisma.$disconnect();
      await Promise.all([read, gate, operator, ...others].map((one) => one.end()));
    },
  };
}

export function database(): Database {
  return held.ensure(open);
}

export async function closeDatabase(): Promise<void> {
  const opened = held.take();
  forgetDatabaseClock();
  await opened?.close();
}

/** A transaction: `tables` for plain tables, `query` for functions and for SQL that Prisma cannot express. */
export type Client = Pick<pg.PoolClient, "query"> & { tables: Tables };

/** Whose rows the policies show. UUIDs. */
type Sees = { organization?: string; user?: string };

// One statement text, so that it costs one round trip.
function beginning(mode: "READ ONLY" | "READ WRITE", sees: Sees): string {
  const shown = Object.entries(sees).map(
    ([name, id]) => `; SELECT set_config('tollgate.${name}', ${pg.escapeLiteral(id)}, true)`,
  );
  return `BEGIN ${mode}${shown.join("")}`;
}

async function inTransaction<T>(
  db: Database,
  pool: pg.Pool,
  begin: string,
  work: (client: Client) => Promise<T>,
  end: "COMMIT" | "ROLLBACK" = "COMMIT",
): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.query(begin);
    const query = connection.query.bind(connection) as pg.PoolClient["query"];
    const result = await db.within(connection, () => work({ query, tables: db.tables }));
    await connection.query(end);
    connection.release();
    return result;
  } catch (error) {
    await connection.query("ROLLBACK").then(
      () => connection.release(),
      () => connection.release(true),
    );
    throw error;
  }
}

/** Reads of one organization. */
export function queryOrganization<T>(
  db: Database,
  organization: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  return inTransaction(db, db.read, beginning("READ ONLY", { organization }), work);
}

/** Changes of one organization: all of them or none. */
export function changeOrganization<T>(
  db: Database,
  organization: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  return inTransaction(db, db.read, beginning("READ WRITE", { organization }), work);
}

/** Reads of the memberships of one user, and of one organization. */
export function queryUser<T>(
  db: Database,
  { userId, organizationId }: { userId: string; organizationId?: string | undefined },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const sees = { user: userId, ...(organizationId && { organization: organizationId }) };
  return inTransaction(db, db.read, beginning("READ ONLY", sees), work);
}

/** Reads above organizations, as the operator. */
export function queryInstallation<T>(db: Database, work: (client: Client) => Promise<T>): Promise<T> {
  return inTransaction(db, db.operator, "BEGIN READ ONLY", work);
}

/** Changes above organizations, as the operator: all of them or none. */
export function changeInstallation<T>(db: Database, work: (client: Client) => Promise<T>): Promise<T> {
  return inTransaction(db, db.operator, "BEGIN", work);
}

/** The gate's work in a transaction that is rolled back: returns the database's answer. */
export function rehearse<T>(db: Database, work: (client: Client) => Promise<T>): Promise<T> {
  return inTransaction(db, db.gate, "BEGIN", work, "ROLLBACK");
}

// Functions are applied after the migrations: where the gate's is, everything is.
const READY = "SELECT to_regproc('ledger.gate') IS NOT NULL AND to_regclass('ledger.usage_event') IS NOT NULL AS ready";

export async function isMigrated({ read }: Database): Promise<boolean> {
  return (await read.query<{ ready: boolean }>(READY)).rows[0]?.ready === true;
}
