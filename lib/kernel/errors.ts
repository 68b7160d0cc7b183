/**
 * The errors of the program. One const drives the HTTP status, the class and the OpenAPI document; a code never
 * changes its meaning. `insufficient_*` and the other 402 codes are put into the catalogue's dialect at the edge.
 */
export const ERROR_STATUS = {
  malformed: 400,
  unauthenticated: 401,
  insufficient_credits: 402,
  insufficient_balance: 402,
  payg_disabled: 402,
  payg_limit_reached: 402,
  key_limit_exceeded: 402,
  member_limit_exceeded: 402,
  payment_required: 402,
  forbidden: 403,
  plan_limit_reached: 403,
  not_found: 404,
  conflict: 409,
  organization_mismatch: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  rate_limited: 429,
  internal: 500,
  upstream_failed: 502,
  overloaded: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Facts beside the sentence: each has one meaning, whichever code carries it. */
export type ErrorDetails = Readonly<{
  /** Seconds until the same request may succeed. */
  retryAfter?: number;
  /** The field of the request that is wrong. */
  field?: string;
  /** The final state of an object that cannot change any more. */
  state?: string | null;
  reason?: string;
  /** Decimals of the unit. */
  required?: string;
  available?: string;
  [fact: string]: unknown;
}>;
/** The facts that a code always has. */
type Facts = {
  rate_limited: { retryAfter: number };
  overloaded: { retryAfter: number };
};

/** A code without facts of its own. */
export type PlainErrorCode = Exclude<ErrorCode, keyof Facts>;

/** A refusal that the caller can act on: a stable code, one sentence that says what to do, and facts. */
export class TollgateError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: ErrorDetails | undefined;

  constructor(code: PlainErrorCode, message: string, details?: ErrorDetails);
  constructor(code: keyof Facts, message: string, details: ErrorDetails & Facts[keyof Facts]);
  constructor(code: ErrorCode, message: string, details?: ErrorDetails) {
    super(message);
    this.name = "TollgateError";
    this.code = code;
    this.status = ERROR_STATUS[code];
    this.details = details;
  }
}
