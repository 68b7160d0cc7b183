/**
 * Who asks too often: customer keys by key, wrong credentials and sign-ins by address. Counted in memory before the
 * database is queried. A gateway's calls are not counted unless the operator wants it: its customers wait behind them.
 */
import type { IncomingMessage } from "node:http";
import type { HonoRequest } from "hono";
import { TollgateError } from "@/lib/kernel/errors";
import { isToken, tokenName } from "@/lib/kernel/ids";
import { now } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { RateLimit, type RateLimitState, type RatePolicy } from "@/lib/platform/rate-limit";
import { addressOf } from "./address";
import { isProven, tokenOf } from "./authenticate";
import { portalRefusal, type Refusal } from "./problem";
import type { NodeBindings } from "./request";

const WINDOW_SECONDS = 60;
const limit = (name: string, quota: number) => new RateLimit({ name, quota, windowSeconds: WINDOW_SECONDS });

const keys = limit("key", env().RATE_LIMIT_KEY);
const gateways = limit("gateway", env().RATE_LIMIT_GATEWAY);
const failures = limit("failed-authentication", env().RATE_LIMIT_FAILURES);
const signIns = limit("sign-in", env().RATE_LIMIT_SIGN_IN);
const forms = limit("form", env().RATE_LIMIT_FORM);

/** What a customer's requests are counted by now; one without a limit is left out. */
export function requestRates(): RatePolicy[] {
  return [keys, failures, signIns, forms].filter((counter) => counter.limits).map((counter) => counter.policy);
}

function tooMany(standing: RateLimitState, what: string): TollgateError {
  const { quota, retryAfter } = standing;
  const detail = `Too many ${what}: at most ${quota} a minute. Try again in ${retryAfter} s.`;
  return new TollgateError("rate_limited", detail, standing);
}

const caller = (request: HonoRequest, bindings: NodeBindings | undefined) =>
  addressOf(bindings?.incoming?.socket.remoteAddress, request.header("x-forwarded-for"));

/** A credential that worked recently passes from an address that guesses, so that a guesser blocks no other caller. */
function requirePatience(request: HonoRequest, bindings: NodeBindings | undefined, token: string | undefined): void {
  if (token === undefined && request.header("cookie") !== undefined) return;
  const address = caller(request, bindings);
  if (address === undefined) return;
  const standing = failures.peek(address, now().getTime());
  if (standing.remaining > 0 || (token !== undefined && isProven(token))) return;
  throw tooMany(standing, "wrong credentials from your address");
}

/** Counts a call by its credential, known or not. Returns where a counted one stands. Errors: rate_limited. */
export function admit(request: HonoRequest, bindings: NodeBindings | undefined): RateLimitState | undefined {
  const token = tokenOf(request.header("authorization"));
  if (failures.counted) requirePatience(request, bindings, token);
  if (token === undefined) return undefined;
  const kind = token.startsWith("gw_") ? "gw" : "sk";
  const counter = kind === "gw" ? gateways : keys;
  if (!counter.limits || !isToken(kind, token)) return undefined;
  const standing = counter.take(tokenName(token), now().getTime());
  if (standing.retryAfter > 0) throw tooMany(standing, "requests with this credential");
  return standing;
}

/** Counts a wrong credential against the address that it came from. */
export function countFailure(request: HonoRequest, bindings: NodeBindings | undefined): void {
  const address = failures.limits ? caller(request, bindings) : undefined;
  if (address !== undefined) failures.take(address, now().getTime());
}

const SIGN_IN = /^\/(?:sign-in|api\/auth)(?:[/?]|$)/;

/** Counts a form that is sent to the portal; the refusal for one too many. */
export function refusedForm({ url = "", socket, headers }: IncomingMessage): Refusal | undefined {
  // Any page's address accepts the sign-in's action, so other forms have a limit, too.
  const counter = SIGN_IN.test(url) ? signIns : forms;
  const forwarded = headers["x-forwarded-for"];
  const address = addressOf(socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join() : forwarded);
  if (address === undefined || !counter.limits) return undefined;
  const standing = counter.take(address, now().getTime());
  if (standing.retryAfter === 0) return undefined;
  return portalRefusal(tooMany(standing, "forms from your address"));
}
