/** The engine that answers each path, by role. */
import { EventEmitter } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import next from "next";
import type { Refusal } from "@/lib/adapters/http/problem";
import { dataHeaders } from "@/lib/adapters/http/security-headers";
import { ADDRESS_HEADER } from "@/lib/kernel/address-header";
import { env } from "@/lib/platform/env";
import { onShutdown } from "@/lib/platform/lifecycle";
import { standInPages } from "./payment-stand-in";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type AddressOf = (remote: string | undefined, forwarded: string | undefined) => string | undefined;
const OPERATIONAL = new Set(["/healthz", "/readyz", "/metrics"]);

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? "/";
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { ...dataHeaders(), "content-type": "application/problem+json" });
  response.end('{"title":"Not Found","status":404,"code":"not_found"}');
}

/** A proxy's form of an address (`GET http://host/path`) as its path: Next would redirect to the host it names. */
function toPath(request: IncomingMessage): void {
  const [whole = "", path = ""] = /^https?:\/\/[^/?#]*(.*)$/is.exec(request.url ?? "") ?? [];
  if (whole !== "") request.url = path.startsWith("/") ? path : `/${path}`;
}

/** Next gets a request's address in a header that clients cannot set. */
function tellAddress({ headers, socket }: IncomingMessage, addressOf: AddressOf): void {
  const forwarded = headers["x-forwarded-for"];
  const address = addressOf(socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join() : forwarded);
  if (address === undefined) delete headers[ADDRESS_HEADER];
  else headers[ADDRESS_HEADER] = address;
}

function refuse(response: ServerResponse, { status, type, headers, text }: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...dataHeaders(), "content-type": type, ...headers });
  response.end(text);
}

const isRead = ({ method }: IncomingMessage) => method === "GET" || method === "HEAD";

/** Every path goes to the API, which answers 404 itself. */
export async function apiHandler(): Promise<Handler> {
  const { apiFetch, unreadable } = await import("@/lib/adapters/http/app");
  // Its light Request and Response stand in for the global ones: 20,000 echoes a second instead of 8,300.
  return getRequestListener((request, bindings) => apiFetch(request, bindings as HttpBindings), {
    overrideGlobalObjects: true,
    errorHandler: unreadable,
  });
}

/** Health and metrics only. */
export async function operationalHandler(): Promise<Handler> {
  const api = await apiHandler();
  return (request, response) => (OPERATIONAL.has(pathOf(request)) ? api(request, response) : notFound(response));
}

/** The API and the portal's pages. */
export async function pageHandler(httpServer: Server, dir: string, port: number): Promise<Handler> {
  const { isApiPath } = await import("@/lib/adapters/http/api-path");
  const { addressOf } = await import("@/lib/adapters/http/address");
  const { refusedForm } = await import("@/lib/adapters/http/rate");
  const { refusedPage } = await import("@/lib/adapters/http/own-pages");
  const { withBody } = await import("@/lib/adapters/http/page-body");
  const { portalRefusal } = await import("@/lib/adapters/http/problem");
  const api = await apiHandler();
  const { HOST, NODE_ENV } = env();
  const dev = NODE_ENV === "development";
  // Next ends connections that ask for another protocol, such as those of clients that prefer HTTP/2. It needs upgrades
  // only for its own socket in development. Without a listener, Node answers such a request like any other.
  const upgrades = dev ? httpServer : (new EventEmitter() as Server);
  // In a rewrite Next calls each loopback address "localhost"; by another name it would send the request over a socket.
  const hostname = /^(?:127\.|::1$)/.test(HOST) ? "localhost" : HOST;
  const portal = next({ dev, dir, hostname, port, httpServer: upgrades });
  await portal.prepare();
  onShutdown("close", () => portal.close());
  const pages = portal.getRequestHandler();
  const hosted = standInPages();
  return (request, response) => {
    toPath(request);
    if (isApiPath(pathOf(request))) return api(request, response);
    const refused = refusedPage(request) ?? (request.method === "POST" ? refusedForm(request) : undefined);
    if (!refused && hosted && request.url?.startsWith("/sandbox/")) return hosted(request, response);
    if (refused) return refuse(response, refused);
    tellAddress(request, addressOf);
    if (isRead(request)) return pages(request, response);
    withBody(request).then(
      (whole) => pages(whole, response),
      (error) => refuse(response, portalRefusal(error)),
    );
  };
}
