/**
 * From an error to an answer: problem+json with a stable code, or the catalogue's own dialect. An unknown
 * error is logged, and the response says nothing about it.
 */
import { liveOrNull, refusalBody } from "@/lib/catalogue";
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

function problemText(code: ErrorCode, detail: string, status: number, details?: TollgateError["details"]): string {
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

type AnswerTerms = { accept?: string | undefined; status?: number; headers?: Record<string, string> };

/**
 * Of the API: in the catalogue's dialect where it has one for this status, unless the request's `accept` names
 * problem+json. `status` and `headers` are those that only the route knows, such as the methods of a 405.
 */
export function refusal(thrown: unknown, { accept, ...own }: AnswerTerms = {}): Refusal {
  const error = known(thrown);
  const { code, details } = error;
  const status = own.status ?? ERROR_STATUS[code];
  const headers = { ...headersOf(status, details), ...own.headers };
  const detail = code === "unauthenticated" ? UNAUTHENTICATED : error.message;
  if (!accept?.includes(PROBLEM_TYPE)) {
    const text = dialectText(status, code, detail || `${TITLES[code]}.`);
    if (text !== null) return { status, type: JSON_TYPE, text, headers };
  }
  const text = problemText(code, detail, status, code === "unauthenticated" ? undefined : details);
  return { status, type: PROBLEM_TYPE, text, headers };
}

/** Before a catalogue is live there is no dialect. */
function dialectText(status: number, code: ErrorCode, message: string): string | null {
  const live = liveOrNull();
  return live && refusalBody(live.catalogue, status, code, message);
}

/** Of the portal's own pages: they read problems, whatever the operator's API says. */
export function portalRefusal(thrown: unknown): Refusal {
  return refusal(thrown, { accept: PROBLEM_TYPE });
}
