/** From the Authorization header to who acts. */
import type { HonoRequest } from "hono";
import { LRUCache } from "lru-cache";
import { authenticateGateway, authenticateKey } from "@/lib/accounts";
import { TollgateError } from "@/lib/kernel/errors";
import { isToken, tokenName } from "@/lib/kernel/ids";
import type { Actor } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import type { Auth } from "../openapi/registry";

export type GatewayActor = Extract<Actor, { type: "gateway" }>;
export type UserActor = Extract<Actor, { type: "user" }>;
export type KeyActor = Extract<Actor, { type: "key" }>;

const CACHED_SECRETS = 1_000;
// Which secret a hash belongs to never changes. Whether it still works is not cached: each caller checks it.
// Calls that come while a secret is looked up share the look-up: a process that has just started gets hundreds at once.
const secrets = new LRUCache<string, GatewayActor, string>({
  max: CACHED_SECRETS,
  ignoreFetchAbort: true,
  fetchMethod: (_id, _stale, { context }) => findGateway(context),
});
const PROVEN_KEYS = 100_000;
const provenKeys = new LRUCache<string, true>({ max: PROVEN_KEYS });

/** The caller's own credential is wrong, and not one that its request names. */
export class WrongCredential extends TollgateError {
  constructor() {
    super("unauthenticated", "The credential is missing or wrong.");
  }
}

function refuse(): never {
  throw new WrongCredential();
}

const BEARER = /^bearer +(\S+)$/i;
const LONGEST_HEADER = 200;

/** The token of an Authorization header. */
export function tokenOf(header: string | undefined): string | undefined {
  return header !== undefined && header.length <= LONGEST_HEADER ? BEARER.exec(header)?.[1] : undefined;
}

/** Whether the credential worked when it was last checked. */
export function isProven(token: string): boolean {
  const id = tokenName(token);
  return secrets.has(id) || provenKeys.has(id);
}

async function findGateway(token: string): Promise<GatewayActor | undefined> {
  const found = await authenticateGateway(database(), token);
  return found && { type: "gateway", secretId: found.secretId };
}

async function gateway(token: string, checkedLater: boolean): Promise<GatewayActor> {
  const id = tokenName(token);
  if (checkedLater) return secrets.get(id) ?? (await secrets.fetch(id, { context: token })) ?? refuse();
  // A shared look-up may have started before the secret was revoked, so this one asks by itself.
  const actor = await findGateway(token);
  if (actor) secrets.set(id, actor);
  else secrets.delete(id);
  return actor ?? refuse();
}

async function key(token: string): Promise<KeyActor> {
  const id = tokenName(token);
  const found = await authenticateKey(database(), token);
  if (!found) {
    provenKeys.delete(id);
    return refuse();
  }
  provenKeys.set(id, true);
  return { type: "key", ...found };
}

async function session(request: HonoRequest): Promise<UserActor> {
  // Loaded only here: a process that serves the gate alone has no portal.
  const { organizationOfSession, userOfSession } = await import("@/lib/platform/session");
  const { headers } = request.raw;
  const organization = request.query("organization");
  if (organization === undefined) {
    if (!(await userOfSession(headers))) return refuse();
    throw new TollgateError("organization_mismatch", "Say which organization the page shows: `?organization=org_…`.");
  }
  const found = await organizationOfSession(headers, organization);
  if (!found) return refuse();
  const { userId, organizationId, role } = found;
  return { type: "user", userId, organizationId, role };
}

/**
 * A signed-in user names their organization by `?organization=`, as nothing else says which one their page shows.
 * `checkedLater`: the verb itself refuses a revoked secret, in its own transaction, so a known one costs no query here.
 * Errors: unauthenticated; not_found, organization_mismatch for a user; forbidden for a working credential of the
 * other kind.
 */
export async function authenticate(
  request: HonoRequest,
  auth: Exclude<Auth, "none">,
  checkedLater: boolean,
): Promise<GatewayActor | KeyActor | UserActor> {
  const header = request.header("authorization");
  if (auth === "session" && header === undefined) return session(request);
  const token = tokenOf(header) ?? refuse();
  const actor = token.startsWith("gw_") ? await gateway(token, checkedLater && auth === "gateway") : await key(token);
  if (auth === "either" || auth === actor.type || (auth === "session" && actor.type === "key")) return actor;
  const wanted = auth === "gateway" ? "a gateway secret (gw_…)" : "an API key (sk_…)";
  throw new TollgateError("forbidden", `This route takes ${wanted}.`);
}

/** Refusals that a verb makes before its transaction, in which it would have seen that the secret is revoked. */
const BEFORE_THE_CHECK = new Set([400, 404, 413, 415, 422]);

/** The error to answer when the secret was not checked yet: a revoked one learns nothing but that. */
export async function afterCheck(error: unknown, request: HonoRequest, auth: Exclude<Auth, "none">): Promise<unknown> {
  if (!BEFORE_THE_CHECK.has((error as Partial<TollgateError> | undefined)?.status ?? 0)) return error;
  try {
    await authenticate(request, auth, false);
    return error;
  } catch (refused) {
    return (refused as Partial<TollgateError>).code === "unauthenticated" ? refused : error;
  }
}

/** Whether a text has the form of a customer's key. */
export const looksLikeKey = (text: string) => isToken("sk", text);
