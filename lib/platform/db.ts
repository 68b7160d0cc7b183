/**
 * The connections: three pools and Prisma, one of each per process. Next bundles its own copies of modules, so they
 * live on globalThis. Every connection works as a role that may not change entries, transactions or events.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { forgetDatabaseClock } from "./clock";
import { env } from "./env";
import { type Prisma, PrismaClient } from "./generated/client";
import { log } from "./log";
import { Pipeline } from "./pipeline";

/** `app` sees one organization at a time (row level security), `operator` sees all. */
export type Role = "app" | "operator";
export type PrismaTransaction = Prisma.TransactionClient;

/** What verbs are given: Prisma for typed reads under an organization, pools for the ledger's functions. */
export type Database = {
  prisma: PrismaClient;
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

const KEY = Symbol.for("tollgate.database");
const holder = globalThis as unknown as { [KEY]?: Database };

const GATE = { lock_timeout: "200", statement_timeout: "10000", jit: "off" };

const CONNECT_MS = 3_000;

function connection(role: Role | "runner", settings: Record<string, string>) {
  const own = role === "runner" ? {} : { role: `tollgate_${role}`, timezone: "UTC" };
  const options = Object.entries({ ...own, ...settings })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
  const { DATABASE_URL: connectionString } = env();
  return { connectionString, options, application_name: `tollgate ${role}`, connectionTimeoutMillis: CONNECT_MS };
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
  const prisma = new PrismaClient({ adapter: new PrismaPg(read, { disposeExternalPool: false }) });
  return {
    prisma,
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
  holder[KEY] ??= open();
  return holder[KEY];
}

export async function closeDatabase(): Promise<void> {
  const opened = holder[KEY];
  delete holder[KEY];
  forgetDatabaseClock();
  await opened?.close();
}

/** Runs typed reads that see one organization only: the policy's setting lives as long as the transaction. */
export async function withOrganization<T>(
  db: Database,
  organizationId: string,
  work: (tx: PrismaTransaction) => Promise<T>,
): Promise<T> {
  return db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('tollgate.organization', ${organizationId}, true)`;
    return work(tx);
  });
}

/** A connection that sees one organization. */
export type Client = pg.PoolClient;

async function inTransaction<T>(
  pool: pg.Pool,
  begin: "BEGIN" | "BEGIN READ ONLY",
  organizationId: string | null,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    if (organizationId) await client.query("SELECT set_config('tollgate.organization', $1, true)", [organizationId]);
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    await client.query("ROLLBACK").then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

/** The same for SQL that Prisma cannot say: the partitioned log, rollups cut in a time zone. */
export function queryOrganization<T>(
  db: Database,
  organizationId: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  return inTransaction(db.read, "BEGIN READ ONLY", organizationId, work);
}

/** Changes of one organization, through the ledger's functions: all of them or none. */
export function changeOrganization<T>(
  db: Database,
  organizationId: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  return inTransaction(db.read, "BEGIN", organizationId, work);
}

/** Changes above organizations, as the operator: all of them or none. */
export function changeInstallation<T>(db: Database, work: (client: Client) => Promise<T>): Promise<T> {
  return inTransaction(db.operator, "BEGIN", null, work);
}
