/**
 * What the portal's pages are not even asked: forms that another site sent, and addresses that cannot be read. Checked
 * before Next sees the request, because it would let a form without an Origin pass and answer the others with a 500.
 */
import type { IncomingMessage } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { type PlainErrorCode, TollgateError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { portalRefusal, type Refusal } from "./problem";
import { MOST_BODY_BYTES } from "./request";

const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);
const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The origin under which the reader has us; without PUBLIC_URL only its host is known. */
function ownOrigin(headers: IncomingMessage["headers"]): URL | undefined {
  const { PUBLIC_URL, TRUST_PROXY } = env();
  if (PUBLIC_URL) return new URL(PUBLIC_URL);
  // Next hands an action from one page to another over HTTP; no browser lets another site send either header.
  const believed = TRUST_PROXY > 0 || headers["x-action-forwarded"] !== undefined;
  const host = (believed && one(headers["x-forwarded-host"])?.split(",")[0]?.trim()) || headers.host;
  return attempt(() => new URL(`http://${host}`));
}

function isOwn(origin: string | undefined, own: URL | undefined): boolean {
  const asked = attempt(() => new URL(origin ?? ""));
  if (!asked || !own || asked.host !== own.host) return false;
  return env().PUBLIC_URL === undefined || asked.origin === own.origin;
}

/** Next and the sign-in make addresses from these headers, so the server replaces clients' values. */
function settleAddress(headers: IncomingMessage["headers"], own: URL | undefined): void {
  const { PUBLIC_URL, TRUST_PROXY } = env();
  if (own) headers["x-forwarded-host"] = own.host;
  else delete headers["x-forwarded-host"];
  if (PUBLIC_URL && own) headers["x-forwarded-proto"] = own.protocol.slice(0, -1);
  else if (TRUST_PROXY === 0) delete headers["x-forwarded-proto"];
}

const SIGN_IN = /^\/api\/auth(?:[/?]|$)/;
const RETURN_COOKIE = /^\s*(?:__Secure-|__Host-)?authjs\.callback-url=(.*)$/s;

/** As next-auth judges it: it takes any other return address for a fault of our configuration. */
function isAddress(text: string): boolean {
  const read = () => new URL(text, text.startsWith("/") ? "http://localhost" : undefined);
  return text === "" || /^https?:$/.test(attempt(read)?.protocol ?? "");
}

function asksForWrongReturn(url: string): boolean {
  const query = url.includes("?") ? url.slice(url.indexOf("?") + 1) : "";
  return SIGN_IN.test(url) && !new URLSearchParams(query).getAll("callbackUrl").every(isAddress);
}

/** A browser keeps its cookie whatever we say of it, so a wrong one is passed over. */
function dropWrongReturn(headers: IncomingMessage["headers"]): void {
  if (headers.cookie === undefined) return;
  const isRight = (part: string) => {
    const text = RETURN_COOKIE.exec(part)?.[1];
    return text === undefined || isAddress(attempt(() => decodeURIComponent(text.trim())) ?? "%");
  };
  const parts = headers.cookie.split(";");
  const right = parts.filter(isRight);
  if (right.length < parts.length) headers.cookie = right.join(";");
}

function refused(code: PlainErrorCode, detail: string): Refusal {
  return portalRefusal(new TollgateError(code, detail));
}

function wrongForm(request: IncomingMessage, own: URL | undefined): Refusal | undefined {
  const { headers } = request;
  if (!isOwn(headers.origin, own)) {
    return refused("forbidden", "The portal takes forms from its own pages only.");
  }
  if (Number(headers["content-length"]) > MOST_BODY_BYTES) {
    return refused("payload_too_large", `A form may have at most ${MOST_BODY_BYTES} bytes.`);
  }
  return /^multipart\/(?!.*;\s*boundary=)/i.test(headers["content-type"] ?? "")
    ? refused("malformed", "The form does not say what its fields are divided by.")
    : undefined;
}

/** The refusal of a request to the portal; undefined for one that its pages may answer. */
export function refusedPage(request: IncomingMessage): Refusal | undefined {
  const { url = "/", method = "GET", headers } = request;
  if (!url.startsWith("/") || attempt(() => decodeURIComponent(url.split("?", 1)[0] ?? "")) === undefined) {
    return refused("malformed", "The request's address is wrong.");
  }
  const state = headers["next-router-state-tree"];
  if (state !== undefined && attempt(() => parseAndValidateFlightRouterState(state)) === undefined) {
    return refused("malformed", "The header Next-Router-State-Tree is wrong.");
  }
  if (asksForWrongReturn(url)) return refused("malformed", "callbackUrl must be a path or an http address.");
  dropWrongReturn(headers);
  const own = ownOrigin(headers);
  const form = SAFE.has(method) ? undefined : wrongForm(request, own);
  if (!form) settleAddress(headers, own);
  return form;
}
