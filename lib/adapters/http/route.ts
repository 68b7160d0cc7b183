/**
 * One description of a route: it validates, types and documents. Handlers get checked input and answer data; whatever
 * they throw becomes a problem.
 */
import type { Context as HonoContext } from "hono";
import { Hono } from "hono";
import type { z } from "zod";
import { idempotencyKey as keySchema } from "@/lib/gate/schema";
import { now } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { metrics } from "@/lib/platform/metrics";
import { type RateLimitState, rateFields } from "@/lib/platform/rate-limit";
import { type Auth, type RouteEntry, routes } from "../openapi/registry";
import {
  afterCheck,
  authenticate,
  type GatewayActor,
  type KeyActor,
  type UserActor,
  WrongCredential,
} from "./authenticate";
import { type Refusal, refusal } from "./problem";
import { admit, countFailure } from "./rate";
import { type NodeBindings, readJson, readQuery } from "./request";
import { dataHeaders } from "./security-headers";
import { check, invalidField } from "./validation";

type ActorOf<A extends Auth> = A extends "gateway"
  ? GatewayActor
  : A extends "key"
    ? KeyActor
    : A extends "either"
      ? GatewayActor | KeyActor
      : A extends "session"
        ? KeyActor | UserActor
        : undefined;
type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined;
type KeyOf<I> = I extends "required" ? string : string | undefined;

export type Call<A extends Auth, Q, B, I> = {
  actor: ActorOf<A>;
  query: OutputOf<Q>;
  body: OutputOf<B>;
  idempotencyKey: KeyOf<I>;
  /** The path's `{id}`. */
  id: string;
  request: HonoContext["req"];
  context: ContextOf<A>;
};
type ContextOf<A extends Auth> = Omit<InstallationContext, "actor"> & { actor: ActorOf<A> };

type Route<A extends Auth, Q extends z.ZodObject | undefined, B extends z.ZodType | undefined, I> = Omit<
  RouteEntry,
  "auth" | "query" | "body" | "idempotency"
> & {
  auth: A;
  query?: Q;
  body?: B;
  idempotency?: I;
  /** The verb refuses a revoked gateway secret itself, in the same transaction as it decides. */
  secretCheckedByVerb?: boolean;
  handler: (call: Call<A, Q, B, I>) => Promise<object | Response>;
};

export const app = new Hono<{ Bindings: NodeBindings }>();

type ApiContext = HonoContext<{ Bindings: NodeBindings }>;

const DATA_HEADERS = dataHeaders();
const JSON_HEADERS = { ...DATA_HEADERS, "content-type": "application/json" };

/** Adds the headers that a route's own answer does not set. */
function completed(answer: Response): Response {
  for (const [name, value] of Object.entries(DATA_HEADERS)) {
    if (!answer.headers.has(name)) answer.headers.set(name, value);
  }
  return answer;
}

function readKey(header: string | undefined, required: boolean): string | undefined {
  if (header === undefined) {
    if (required) throw invalidField("Idempotency-Key", "the header is required");
    return undefined;
  }
  const result = keySchema.safeParse(header);
  if (!result.success) throw invalidField("Idempotency-Key", result.error.issues[0]?.message ?? "is wrong");
  return result.data;
}

export function respondRefusal({ status, type, text, headers }: Refusal): Response {
  return new Response(text, { status, headers: { ...DATA_HEADERS, "content-type": type, ...headers } });
}

/** `{id}` as Hono writes it; `{id}.csv` is a parameter that ends so, and is cut off again. */
const honoPath = (path: string) =>
  path.replace(/\{(\w+)\}(\.\w+)?/g, (_, name, ending) => (ending ? `:${name}{[^/]+\\${ending}}` : `:${name}`));
const endingOf = (path: string) => /\}(\.\w+)$/.exec(path)?.[1] ?? "";

/** Registers the route with Hono and with the OpenAPI document. */
export function defineRoute<
  A extends Auth,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  I extends "required" | "optional" | undefined = undefined,
>(route: Route<A, Q, B, I>): void {
  const { auth, query, body, handler, idempotency, secretCheckedByVerb = false, bodyOptional = false } = route;
  const status = route.answer.status ?? 200;
  const ending = endingOf(route.path);
  routes.push(route as RouteEntry);

  async function serve(c: ApiContext): Promise<Response> {
    const { req } = c;
    const actor = auth === "none" ? undefined : await authenticate(req, auth, secretCheckedByVerb);
    const idempotencyKey = idempotency && readKey(req.header("idempotency-key"), idempotency === "required");
    const call = {
      actor,
      query: query && check(query, readQuery(req.url), "query"),
      body: body && check(body, await readJson(req, c.env, bodyOptional), "body"),
      idempotencyKey,
      id: (req.param("id") ?? "").slice(0, ending ? -ending.length : undefined),
      request: req,
      context: { actor, now: now(), db: database() },
    };
    const answer = await handler(call as Call<A, Q, B, I>);
    if (answer instanceof Response) return completed(answer);
    return new Response(JSON.stringify(answer), { status, headers: JSON_HEADERS });
  }

  async function refuse(error: unknown, c: ApiContext): Promise<Response> {
    const checked = secretCheckedByVerb && auth !== "none" ? await afterCheck(error, c.req, auth) : error;
    if (checked instanceof WrongCredential) countFailure(c.req, c.env);
    return respondRefusal(refusal(checked, { accept: c.req.header("accept") }));
  }

  const label = `${route.method} ${route.path}`;
  app.on(route.method, honoPath(route.path), async (c) => {
    const started = performance.now();
    let standing: RateLimitState | undefined;
    let response: Response;
    try {
      standing = auth === "none" ? undefined : admit(c.req, c.env);
      response = await serve(c);
    } catch (error) {
      response = await refuse(error, c);
    }
    if (standing) for (const [name, value] of Object.entries(rateFields(standing))) response.headers.set(name, value);
    const { requests, requestSeconds } = metrics();
    requests.inc({ route: label, status: response.status });
    requestSeconds.observe({ route: label }, (performance.now() - started) / 1_000);
    return response;
  });
}
