/**
 * How often someone may ask: a token bucket per caller, kept as one number (GCRA), in this process's memory. The number
 * of callers that are remembered is bounded, and so is what an attacker with many addresses can fill.
 */
import { LRUCache } from "lru-cache";

/** `quota` requests per `windowSeconds`, in a burst or evenly spread; 0 is no limit. */
export type RatePolicy = { name: string; quota: number; windowSeconds: number };
/**
 * What is left after a request, and when the full quota is available again. `retryAfter` (seconds) is 0 for one that
 * may pass.
 */
export type RateLimitState = {
  policy: string;
  quota: number;
  windowSeconds: number;
  remaining: number;
  resetSeconds: number;
  retryAfter: number;
};

const REMEMBERED = 50_000;
const seconds = (milliseconds: number) => Math.ceil(milliseconds / 1_000);

export class RateLimit {
  readonly #policy: RatePolicy;
  readonly #windowMs: number;
  readonly #intervalMs: number;
  /** When a caller's bucket is full again; a caller without an entry has a full one. */
  readonly #fullAt = new LRUCache<string, number>({ max: REMEMBERED });

  constructor(policy: RatePolicy) {
    this.#policy = policy;
    this.#windowMs = policy.windowSeconds * 1_000;
    this.#intervalMs = this.#windowMs / policy.quota;
  }

  get policy(): RatePolicy {
    return this.#policy;
  }

  /** Whether there is a limit at all. */
  get limits(): boolean {
    return this.#policy.quota > 0;
  }

  /** Whether any caller was counted. If not, the caller need not be identified. */
  get counted(): boolean {
    return this.#fullAt.size > 0;
  }

  #standing(fullAt: number, at: number): RateLimitState {
    const room = at + this.#windowMs - fullAt;
    // Sums of fractions of a millisecond fall short of the whole by less than a millionth.
    const remaining = Math.max(0, Math.floor(room / this.#intervalMs + 1e-6));
    const retryAfter = remaining > 0 ? 0 : Math.max(1, seconds(this.#intervalMs - room));
    const { name: policy, quota, windowSeconds } = this.#policy;
    return { policy, quota, windowSeconds, remaining, resetSeconds: seconds(fullAt - at), retryAfter };
  }

  /** A clock that was set back must not lock anyone out for longer than a window. */
  #known(caller: string, at: number): number {
    const fullAt = this.#fullAt.get(caller) ?? at;
    return Math.min(Math.max(fullAt, at), at + this.#windowMs);
  }

  /** How the caller stands at this time (milliseconds), without counting a request. */
  peek(caller: string, at: number): RateLimitState {
    return this.#standing(this.#known(caller, at), at);
  }

  /** Counts one request; one that is refused costs nothing. */
  take(caller: string, at: number): RateLimitState {
    const fullAt = this.#known(caller, at);
    const before = this.#standing(fullAt, at);
    if (before.remaining === 0) return before;
    const next = fullAt + this.#intervalMs;
    this.#fullAt.set(caller, next);
    return { ...this.#standing(next, at), retryAfter: 0 };
  }
}

/** Whether the facts of an error say how its caller stands. */
export function isRateLimitState(facts: object): facts is RateLimitState {
  return "policy" in facts && "quota" in facts && "resetSeconds" in facts;
}

/** The fields of draft-ietf-httpapi-ratelimit-headers-10, as structured fields (RFC 9651). */
export function rateFields({ policy, quota, windowSeconds, remaining, resetSeconds }: RateLimitState) {
  return {
    "ratelimit-policy": `"${policy}";q=${quota};w=${windowSeconds}`,
    ratelimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
  };
}
