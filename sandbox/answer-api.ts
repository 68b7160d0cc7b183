/** Returns Stripe's API: the key, the idempotency key, the route, and faults where a test asks for them. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { canonical, earlierAnswer } from "./answers";
import type { Courier } from "./courier";
import { invalid, StripeFault } from "./fault";
import { doesWork, type FaultKind, type FaultSwitch } from "./fault-switch";
import { type Form, parseForm } from "./form-body";
import { findRoute, type Route } from "./route";
import { API_VERSION, type World } from "./world";

export type Api = { world: World; routes: readonly Route[]; faults: FaultSwitch; courier: Courier };
type Answer = { status: number; body: string; requestId: string; replayed: boolean };

const MOST_BYTES = 1_000_000;
const FIRST_MS = 3_000;
const BROKEN = { type: "api_error", message: "An unknown error occurred" };

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > MOST_BYTES) throw invalid("The request is too large.");
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}

function mustKnowKey(world: World, header: string | undefined): void {
  const given = /^Bearer (.+)$/.exec(header ?? "")?.[1] ?? basicKey(header);
  if (given === world.self().key) return;
  const said = given
    ? `Invalid API Key provided: ${given.slice(0, 7)}****`
    : "You did not provide an API key. Set it in the Authorization header, as 'Bearer YOUR_SECRET_KEY'.";
  throw new StripeFault(401, { type: "invalid_request_error", message: said }, false);
}

function basicKey(header: string | undefined): string | undefined {
  const basic = /^Basic (.+)$/.exec(header ?? "")?.[1];
  return basic && Buffer.from(basic, "base64").toString("utf8").split(":", 1)[0];
}

type ApiRequest = { method: string; path: string; form: Form; key: string | undefined };

function run(
  { world, routes }: Api,
  { method, path, form }: ApiRequest,
): { status: number; body: object; saved: boolean } {
  const found = findRoute(routes, method, path);
  if (!found) {
    const fault = invalid(`Unrecognized request URL (${method}: ${path}). This stand-in does not speak it.`);
    return { status: 404, body: { error: fault.body }, saved: false };
  }
  try {
    return { status: 200, body: found.route.answer({ world, path: found.path }, form), saved: true };
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    return { status: error.status, body: { error: error.body }, saved: error.saved };
  }
}

/** Does the work once for a key; a repeat gets the first answer. */
function answerOnce(api: Api, asked: ApiRequest, kind: FaultKind | undefined): Answer {
  const { world } = api;
  const request = canonical(asked.form);
  const earlier = asked.key ? earlierAnswer(world, asked.key, { ...asked, request }) : undefined;
  if (earlier) return { ...earlier, replayed: true };
  const result = run(api, asked);
  const broken = kind === "after";
  const requestId = world.id("req", 14);
  const status = broken ? 500 : result.status;
  const body = JSON.stringify(broken ? { error: BROKEN } : result.body, null, 2);
  if (asked.key && result.saved) {
    const { method, path, key } = asked;
    world.store.put("answer", { id: key, method, path, request, status, body, requestId, created: world.now() });
  }
  return { status, body, requestId, replayed: false };
}

function send(response: ServerResponse, { status, body, requestId, replayed }: Answer, key: string | undefined): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "request-id": replayed ? `${requestId}_replayed` : requestId,
    "stripe-version": API_VERSION,
    ...(key && { "idempotency-key": key }),
    ...(replayed && { "idempotent-replayed": "true", "original-request": requestId, "stripe-should-retry": "false" }),
  });
  response.end(body);
}

function refuse(world: World, kind: "before" | "429" | "503"): Answer {
  const errors = {
    before: { status: 500, error: BROKEN },
    "429": {
      status: 429,
      error: { type: "invalid_request_error", code: "rate_limit", message: "Request rate limit exceeded." },
    },
    "503": { status: 503, error: { type: "api_error", message: "The service is not available." } },
  };
  const { status, error } = errors[kind];
  return { status, body: JSON.stringify({ error }), requestId: world.id("req", 14), replayed: false };
}

function misbehave(response: ServerResponse, answer: Answer, kind: FaultKind): boolean {
  if (kind === "timeout" || kind === "hang") return true;
  if (kind === "reset" || kind === "drop") {
    response.socket?.destroy();
    return true;
  }
  if (kind !== "truncated") return false;
  response.writeHead(answer.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(answer.body),
  });
  response.write(answer.body.slice(0, answer.body.length / 2), () => response.socket?.destroy());
  return true;
}

async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const url = new URL(request.url ?? "/", "http://sandbox");
  const method = request.method ?? "GET";
  const body = await bodyOf(request);
  const form = parseForm(method === "POST" ? body || url.search.slice(1) : url.search.slice(1));
  const key = request.headers["idempotency-key"];
  return { method, path: url.pathname, form, key: method === "POST" && typeof key === "string" ? key : undefined };
}

function answer(api: Api, asked: ApiRequest, kind: FaultKind | undefined): Answer {
  try {
    if (kind === "before" || kind === "429" || kind === "503") return refuse(api.world, kind);
    if (kind && !doesWork(kind)) return refuse(api.world, "503");
    return answerOnce(api, asked, kind);
  } catch (error) {
    const fault = error instanceof StripeFault ? error : undefined;
    if (!fault)
      process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error), "SandboxWarning");
    const body = JSON.stringify({ error: fault?.body ?? BROKEN }, null, 2);
    return { status: fault?.status ?? 500, body, requestId: api.world.id("req", 14), replayed: false };
  } finally {
    // Also after a refusal: a declined payment has left its traces.
    api.world.settle();
  }
}

export async function answerApi(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let asked: ApiRequest;
  try {
    asked = await readRequest(request);
    mustKnowKey(api.world, request.headers.authorization);
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    return send(
      response,
      {
        status: error.status,
        body: JSON.stringify({ error: error.body }),
        requestId: api.world.id("req", 14),
        replayed: false,
      },
      undefined,
    );
  }
  const kind = api.faults.take(asked.method, asked.path);
  const made = answer(api, asked, kind);
  // With a limit: the webhook itself may call the API before it responds.
  if (api.courier.mode.mode === "first" && asked.method === "POST") {
    await Promise.race([api.courier.flush(), setTimeout(FIRST_MS, undefined, { ref: false })]);
  }
  if (kind && misbehave(response, made, kind)) return;
  send(response, made, asked.key);
}
