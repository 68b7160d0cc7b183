/**
 * A local Stripe for a test file, spoken to with the real SDK.
 *
 *     const { stripe, test } = await openSandbox(); // closed after the file's last test
 *
 * It also names itself to the product: process.env.STRIPE_* and env() say where it is, so verbs of lib/payments speak to
 * it, whenever they were imported. Nothing is kept in a file.
 *
 * - `await test.checkout(session.url, { number: "4000002500003155", save: true })` does what a customer does at any hosted
 *   page with a card form (Checkout in every mode, a hosted invoice), 3-D Secure included (`authenticate: "fail"`), and
 *   answers `{ to }` (where the browser is led) or `{ error }` (what the form says). `test.authenticate(url, true)` is
 *   3-D Secure alone, for `intent.next_action.redirect_to_url.url`.
 * - Webhooks come to `test.onWebhook((request) => Response)`, which is given a Request as the route is: signed, with its
 *   raw body. Until one is named they are answered 200. `await test.delivered()` resolves when none is on its way;
 *   `test.events` has every event that was brought, in order.
 * - `await test.webhooks("hold")`, … "duplicate", "shuffle", "delay", "first", "deliver"; `await test.flush()` brings what
 *   was held or waits for another try.
 * - `await test.fault("POST /v1/payment_intents", "after", 2)`: sandbox/fault-switch.ts names the kinds.
 * - `await test.dispute(intent.id, { amount, reason, inquiry })` → the dispute; `test.endDispute(id, "won")`.
 * - `await test.refund(id, "failed")`; `test.card(pm, "4000000000000341")`: the saved card behaves like that test card.
 * - `await test.advance(86_400)` moves its clock on and does what falls due; `test.renew(subscription)` its next period.
 * - `test.secret` signs webhooks; `test.signed(event)` is a Request like those that it sends, `{ secret, seconds }` as asked.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll } from "vitest";
import { env } from "@/lib/platform/env";
import { signature } from "@/sandbox/courier";
import type { FaultKind } from "@/sandbox/fault-switch";
import { type Sandbox, startSandbox } from "@/sandbox/start";
import { type Browsed, browse, type Visit } from "./browse";

type WebhookRoute = (request: Request) => Response | Promise<Response>;
type Mode = "deliver" | "hold" | "duplicate" | "shuffle" | "delay" | "first";
const CLIENT = Symbol.for("tollgate.stripe");

export type SandboxTest = ReturnType<typeof switches>;
export type OpenSandbox = { sandbox: Sandbox; stripe: Stripe; test: SandboxTest };

async function receive(route: () => WebhookRoute) {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const asked = new Request(`http://portal.test${request.url ?? "/"}`, {
      method: "POST",
      body: Buffer.concat(parts),
      headers: request.headers as Record<string, string>,
    });
    const answer = await Promise.resolve(route()(asked)).catch(
      (error: unknown) => new Response(String(error), { status: 500 }),
    );
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/webhooks/stripe` };
}

/** One SDK client per process is kept by the product: a new sandbox needs a new one. */
function name(of: Partial<Record<"STRIPE_SECRET_KEY" | "STRIPE_WEBHOOK_SECRET" | "STRIPE_API_BASE", string>>): void {
  for (const [variable, value] of Object.entries(of)) process.env[variable] = value;
  Object.assign(env(), of);
  delete (globalThis as Record<symbol, unknown>)[CLIENT];
}

function switches(sandbox: Sandbox, state: { route: WebhookRoute; events: Stripe.Event[] }) {
  async function ask<Answer>(path: string, body: object = {}, method = "POST"): Promise<Answer> {
    const answer = await fetch(`${sandbox.url}/_test${path}`, { method, body: JSON.stringify(body) });
    const told = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(told)}`);
    return told;
  }
  return {
    secret: sandbox.secret,
    events: state.events,
    onWebhook: (route: WebhookRoute) => {
      state.route = route;
    },
    delivered: () => ask("/webhooks/settled"),
    webhooks: (mode: Mode, delayMs = 1_000) => ask("/webhooks", { mode, delayMs }),
    flush: () => ask("/webhooks/flush"),
    again: (event: string) => ask(`/events/${event}/again`),
    fault: (match: string, kind: FaultKind, times = 1) => ask("/faults", { match, kind, times }),
    noFaults: () => ask("/faults", {}, "DELETE"),
    dispute: (payment_intent: string, how: { amount?: number; reason?: string; inquiry?: boolean } = {}) =>
      ask<Stripe.Dispute>("/disputes", { payment_intent, ...how }),
    endDispute: (id: string, status: Stripe.Dispute.Status) => ask<Stripe.Dispute>(`/disputes/${id}`, { status }),
    refund: (id: string, status: "succeeded" | "failed" | "pending" | "canceled") =>
      ask<Stripe.Refund>(`/refunds/${id}`, { status }),
    card: (method: string, number: string) => ask(`/cards/${method}`, { number }),
    advance: (seconds: number) => ask<{ now: number }>("/advance", { seconds }),
    renew: (subscription: string) => ask<Stripe.Subscription>(`/subscriptions/${subscription}/renew`),
    checkout: (url: string | null, visit: Visit = {}): Promise<Browsed> => browse(url, visit),
    authenticate: (url: string, passes: boolean): Promise<Browsed> =>
      browse(url, { authenticate: passes ? "complete" : "fail" }),
    signed: (event: object, how: { secret?: string; seconds?: number } = {}): Request => {
      const body = JSON.stringify(event);
      const at = how.seconds ?? Math.floor(Date.now() / 1_000);
      const headers = {
        "stripe-signature": signature(body, how.secret ?? sandbox.secret, at),
        "content-type": "application/json",
      };
      return new Request("http://portal.test/webhooks/stripe", { method: "POST", body, headers });
    },
  };
}

/** Started once in a test file, at its top. */
export async function openSandbox(): Promise<OpenSandbox> {
  const state = { route: (() => new Response()) as WebhookRoute, events: [] as Stripe.Event[] };
  const receiver = await receive(() => async (request) => {
    state.events.push(JSON.parse(await request.clone().text()) as Stripe.Event);
    return state.route(request);
  });
  const sandbox = await startSandbox();
  sandbox.deliverTo(receiver.url);
  const { hostname, port } = new URL(sandbox.url);
  const stripe = new Stripe(sandbox.key, {
    host: hostname,
    port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
    timeout: 5_000,
  });
  name({ STRIPE_SECRET_KEY: sandbox.key, STRIPE_WEBHOOK_SECRET: sandbox.secret, STRIPE_API_BASE: sandbox.url });
  afterAll(async () => {
    await sandbox.close();
    await new Promise((resolve) => {
      receiver.server.close(resolve);
      receiver.server.closeAllConnections();
    });
  });
  return { sandbox, stripe, test: switches(sandbox, state) };
}
