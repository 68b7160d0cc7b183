/**
 * Whether an error says that the database cannot answer at the moment: it starts, stops, fails over, is out of
 * connections or too busy, or the connection is gone. The same work may succeed in a moment.
 */

/** Serialization, deadlock, locks and statements that took too long, lost connections, a standby that is no primary yet. */
const SQLSTATE = /^(?:08\w{3}|53\w{3}|57P0[1-5]|55P03|57014|40001|40P01|25006)$/;
const SOCKET = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** Prisma's codes, and what its driver calls the same where Prisma has no code. */
const PRISMA = /^(?:P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037)$/;
const KINDS = /^(?:ConnectionClosed|DatabaseNotReachable|SocketTimeout|TooManyConnections|TransactionWriteConflict)$/;
/** node-postgres has no code for what happens to a client or a pool. */
const LOST =
  /connection terminated|timeout exceeded when trying to connect|timeout expired|closed the connection|not queryable/i;

type Facts = {
  code?: unknown;
  kind?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
};

export function isUnavailable(error: unknown): boolean {
  if (error === null || typeof error !== "object") return false;
  const { code, kind, message, cause, meta } = error as Facts;
  const is = (text: unknown, pattern: RegExp) => typeof text === "string" && pattern.test(text);
  if (is(code, SQLSTATE) || is(code, SOCKET) || is(code, PRISMA) || is(kind, KINDS) || is(message, LOST)) return true;
  return (cause !== error && isUnavailable(cause)) || isUnavailable(meta?.driverAdapterError);
}
