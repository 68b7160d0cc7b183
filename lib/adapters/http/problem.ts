/**
 * From an error to an answer: problem+json with a stable code, or the catalogue's own dialect for a 402. An unknown
 * error is logged, and the response says nothing about it.
 */
import { currentCatalogue, refusalBody } from "@/lib/catalogue";
import { ERROR_STATUS, type ErrorCode, TollgateError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import { isRateLimitState, rateFields } from "@/lib/platform/rate-limit";
import { isUnavailable } from "@/lib/platform/sqlstate";
import { TITLES } from "../openapi/titles";

export const PROBLEM_TYPE = "application/problem+json";
const JSON_TYPE = "application/json";

/** One wording for every wrong credential, so that a caller learns nothing about which part was wrong. */
const UNAUTHENTICATED = "Send a valid credential as `Authorization: Bearer …`.";

export type Refusal = { status: number; type: string; text: string; headers: Record<string, string> };

/** The error as one of ours. */
export function known(error: unknown): TollgateError {
  // Next bundles its own copies of modules: the class may not be this module's, so it goes by its name.
  if (error instanceof TollgateError) return error;
  if (error instanceof Error && error.name === "TollgateError" && "code" in error) return error as TollgateError;
  if (isUnavailable(error)) {
    log.warn({ err: error }, "the database did not answer");
    return new TollgateError("overloaded", "The database does not respond. Retry with the same key.", {
      retryAfter: 1,
    });
  }
  log.error({ err: error }, "a request failed");
  return new TollgateError("internal", "");
}

const plain = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);

/** `errors` lists every wrong field, whichever layer found it. */
function facts(details: Readonly<Record<string, unknown>> | undefined, detail: string): Record<string, unknown> {
  if (!details || details.errors !== undefined || typeof details.field !== "string") return details ?? {};
  return { ...details, errors: [{ field: details.field, message: detail }] };
}

export function problemText(
  code: ErrorCode,
  detail: string,
  status: number,
  details?: TollgateError["details"],
): string {
  const { type: _type, title: _title, status: _status, code: _code, ...rest } = facts(details, detail);
  const said = detail === "" ? {} : { detail };
  return JSON.stringify({ type: `/docs#${code}`, title: TITLES[code], status, ...said, code, ...rest }, plain);
}

function headersOf(status: number, details: TollgateError["details"]): Record<string, string> {
  if (status === 401) return { "www-authenticate": "Bearer" };
  if (details?.retryAfter === undefined) return {};
  const pace = isRateLimitState(details) ? rateFields(details) : {};
  return { "retry-after": String(details.retryAfter), ...pace };
}

/** `accept` is the request's header: a caller that names problem+json gets it for a 402, too. */
export function refusal(thrown: unknown, accept: string | undefined): Refusal {
  const error = known(thrown);
  const { code, details } = error;
  const status = ERROR_STATUS[code];
  const headers = headersOf(status, details);
  if (status === 402 && !accept?.includes(PROBLEM_TYPE)) {
    const text = refusalBody(currentCatalogue().catalogue, code, error.message);
    if (text !== null) return { status, type: JSON_TYPE, text, headers };
  }
  const detail = code === "unauthenticated" ? UNAUTHENTICATED : error.message;
  const text = problemText(code, detail, status, code === "unauthenticated" ? undefined : details);
  return { status, type: PROBLEM_TYPE, text, headers };
}
