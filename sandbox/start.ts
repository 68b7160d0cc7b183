/**
 * The local stand-in for Stripe: a server on loopback that speaks the part of the API that Tollgate calls, and hosted
 * pages for the browser. It keeps its objects in one file, so that a restart forgets nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerApi } from "./answer-api";
import { chargeRoutes } from "./api/charges";
import { checkoutRoutes } from "./api/checkout-sessions";
import { customerRoutes } from "./api/customers";
import { disputeRoutes } from "./api/disputes";
import { eventRoutes } from "./api/events";
import { invoiceItemRoutes } from "./api/invoice-items";
import { invoiceRoutes } from "./api/invoices";
import { paymentIntentRoutes } from "./api/payment-intents";
import { paymentMethodRoutes } from "./api/payment-methods";
import { priceRoutes } from "./api/prices";
import { refundRoutes } from "./api/refunds";
import { setupIntentRoutes } from "./api/setup-intents";
import { subscriptionRoutes } from "./api/subscriptions";
import { completePaidSession } from "./checkout";
import { Courier, type Webhook } from "./courier";
import { FaultSwitch } from "./fault-switch";
import { settlePayments } from "./invoices";
import { answerPages } from "./pages/answer-pages";
import { invoiceWasPaid } from "./renewals";
import { completeSetUpSession } from "./setup-session";
import { Store } from "./store";
import { completeSubscribedSession } from "./subscription-session";
import { answerSwitches } from "./switches";
import { doDue } from "./time";
import { World } from "./world";

const ROUTES = [
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...paymentIntentRoutes,
  ...setupIntentRoutes,
  ...checkoutRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...eventRoutes,
  ...subscriptionRoutes,
  ...invoiceRoutes,
  ...invoiceItemRoutes,
  ...priceRoutes,
];
const TICK_MS = 2_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export type SandboxOptions = {
  /** Where its objects are kept; in memory only without one. */
  file?: string;
  port?: number;
  webhook?: Webhook;
  /**
   * Where the hosted pages are: its own address, or `shop`: the origin of a session's success_url, which mounts them.
   */
  pages?: "own" | "shop";
  clock?: () => Date;
};

export type Sandbox = {
  url: string;
  /** The secret key that its API takes, and the secret with which it signs webhooks. */
  key: string;
  secret: string;
  /** Returns the hosted pages below /sandbox/, for a server that mounts them. */
  handler: Handler;
  /** Sends events there from now on, signed with `secret` unless another is given. */
  deliverTo: (url: string, secret?: string) => void;
  /** Does what is due by its clock now, for a program that sets the clock. */
  runDue: () => void;
  /** Resolves when each event has been delivered or has failed once. */
  delivered: () => Promise<void>;
  close: () => Promise<void>;
};

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function guarded(work: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Handler {
  return (request, response) => {
    work(request, response).catch((error: unknown) => {
      process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error), "SandboxWarning");
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end("The sandbox failed.");
    });
  };
}

function makeWorld({ file, pages = "own", clock = () => new Date() }: SandboxOptions, address: () => string): World {
  const world = new World(new Store(file), clock, () => (pages === "own" ? address() : null), address);
  world.paid.push(
    (intent) => completePaidSession(world, intent),
    (intent) => settlePayments(world, intent),
  );
  world.invoicePaid.push(
    (invoice) => invoiceWasPaid(world, invoice),
    (invoice) => completeSubscribedSession(world, invoice),
  );
  world.setUp.push((intent) => completeSetUpSession(world, intent));
  return world;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  let url = "";
  const world = makeWorld(options, () => url);
  const { key, secret } = world.self();
  world.settle();
  const courier = new Courier(world, options.webhook);
  world.onEvent = (event) => courier.take(event);
  const faults = new FaultSwitch();
  const api = { world, routes: ROUTES, faults, courier };
  const handler = guarded((request, response) => answerPages(world, request, response));
  const server = createServer(
    { keepAliveTimeout: 65_000 },
    guarded((request, response) => {
      const path = request.url ?? "/";
      if (path.startsWith("/sandbox/")) return answerPages(world, request, response);
      if (path.startsWith("/_test/")) return answerSwitches(api, request, response);
      return answerApi(api, request, response);
    }),
  );
  url = await listen(server, options.port ?? 0);
  const ticking = setInterval(() => doDue(world), TICK_MS);
  ticking.unref();
  return {
    url,
    key,
    secret,
    handler,
    deliverTo: (to, signedWith = secret) => {
      courier.webhook = { url: to, secret: signedWith };
      courier.wake();
    },
    runDue: () => doDue(world),
    delivered: () => courier.settled(),
    close: async () => {
      clearInterval(ticking);
      await courier.close();
      world.settle();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
