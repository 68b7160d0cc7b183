/** The codes of PostgreSQL and of our functions, by their names, and when an error says that the database is away. */

export const SQLSTATE = {
  /** A function of ours finds no row, or a STRICT SELECT does. */
  notFound: "P0002",
  conflict: "TG409",
  invalid: "TG422",
  /** The detail says which limit, as JSON. */
  planLimit: "TG403",
  /** At most so many in any 24 hours. */
  dailyLimit: "TG429",
  duplicate: "23505",
  lockTimeout: "55P03",
  /** The class of values that PostgreSQL refuses, and two of its codes. */
  dataException: "22",
  invalidParameter: "22023",
  datetimeOverflow: "22008",
} as const;

/** An empty text for an error that has none. */
export function sqlstateOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Serialization, deadlock, locks and statements that took too long, lost connections, a standby that is no primary yet. */
const AWAY = /^(?:08\w{3}|53\w{3}|57P0[1-5]|55P03|57014|40001|40P01|25006)$/;
const SOCKET = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** Prisma's codes, and its driver's names where Prisma has no code. */
const PRISMA = /^(?:P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037)$/;
const KINDS = /^(?:ConnectionClosed|DatabaseNotReachable|SocketTimeout|TooManyConnections|TransactionWriteConflict)$/;
/** node-postgres has no codes for the failure of a client or a pool. */
const LOST =
  /connection terminated|timeout exceeded when trying to connect|timeout expired|closed the connection|not queryable/i;

type Facts = {
  code?: unknown;
  kind?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
};

/**
 * Whether an error says that the database cannot answer at the moment: it starts, stops, fails over, is out of
 * connections or too busy, or the connection is gone. The same work may succeed in a moment.
 */
export function isUnavailable(error: unknown): boolean {
  if (error === null || typeof error !== "object") return false;
  const { code, kind, message, cause, meta } = error as Facts;
  const is = (text: unknown, pattern: RegExp) => typeof text === "string" && pattern.test(text);
  if (is(code, AWAY) || is(code, SOCKET) || is(code, PRISMA) || is(kind, KINDS) || is(message, LOST)) return true;
  return (cause !== error && isUnavailable(cause)) || isUnavailable(meta?.driverAdapterError);
}
