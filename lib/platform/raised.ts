/** Translates the database's errors to errors that a caller can act on: the only map from SQLSTATE to code. */
import { TollgateError } from "@/lib/kernel/errors";
import { isUnavailable, SQLSTATE, sqlstateOf } from "./sqlstate";

/** The day of a rolling limit, in seconds: the longest time until one more is let through. */
const DAY_SECONDS = 86_400;

/** The verb's own sentences; without one, the function's message is the sentence. */
type Sentences = {
  notFound?: string;
  /** From the function's detail. */
  conflict?: (detail: string) => TollgateError;
  /** From the function's detail, which says which limit of the plan is reached. */
  planLimit?: (detail: string) => TollgateError;
  /** For a value that PostgreSQL refuses, by its SQLSTATE. */
  invalid?: (sqlstate: string) => TollgateError | undefined;
};

const asSentence = (message: string) => `${message[0]?.toUpperCase()}${message.slice(1)}.`;

/** The error as one of ours; anything that a caller cannot act on stays as it is. */
function translated(error: unknown, { notFound, conflict, planLimit, invalid }: Sentences): unknown {
  if (!(error instanceof Error)) return error;
  const sqlstate = sqlstateOf(error);
  const detail = "detail" in error && typeof error.detail === "string" ? error.detail : "";
  const sentence = asSentence(error.message);
  switch (sqlstate) {
    case SQLSTATE.notFound:
      return new TollgateError("not_found", notFound ?? "There is no object with this id.");
    case SQLSTATE.conflict:
      return conflict?.(detail) ?? new TollgateError("conflict", sentence);
    case SQLSTATE.invalid:
      return new TollgateError("validation_failed", sentence);
    case SQLSTATE.planLimit:
      return planLimit?.(detail) ?? error;
    case SQLSTATE.dailyLimit:
      return new TollgateError("rate_limited", `${sentence} Try again tomorrow.`, { retryAfter: DAY_SECONDS });
  }
  if (sqlstate.startsWith(SQLSTATE.dataException)) return invalid?.(sqlstate) ?? error;
  if (!isUnavailable(error)) return error;
  return new TollgateError("overloaded", "The ledger is busy. Retry with the same key.", { retryAfter: 1 });
}

/** Awaits a statement. Errors: not_found, conflict, validation_failed, plan_limit_reached, rate_limited, overloaded. */
export async function mapRaised<T>(statement: Promise<T>, sentences: Sentences = {}): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    throw translated(error, sentences);
  }
}
