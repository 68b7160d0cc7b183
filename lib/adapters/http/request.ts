/** Reads requests. It checks a body's size, type and bytes before its content. */
import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { HonoRequest } from "hono";
import { TollgateError } from "@/lib/kernel/errors";
import { invalidField } from "./validation";

export const MOST_BODY_BYTES = 1_000_000;
const JSON_TYPE = "application/json";
const EMPTY = Buffer.alloc(0);

function tooLarge(): TollgateError {
  return new TollgateError("payload_too_large", `A body may have at most ${MOST_BODY_BYTES} bytes.`);
}

/** Node's own stream, read by events: an async iterator or a Web stream costs several times as much per call. */
export function readIncoming(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let size = 0;
    incoming.on("data", function take(chunk: Buffer) {
      size += chunk.length;
      if (size > MOST_BODY_BYTES) {
        // Nothing more is kept or read; the server lets the client live to read the answer.
        incoming.off("data", take);
        incoming.pause();
        reject(tooLarge());
      } else if (!first) first = chunk;
      else if (!more) more = [first, chunk];
      else more.push(chunk);
    });
    incoming.on("end", () => resolve(more ? Buffer.concat(more) : (first ?? EMPTY)));
    incoming.on("error", () => reject(new TollgateError("malformed", "The body was cut off.")));
  });
}

async function readStream(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > MOST_BODY_BYTES) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

export type NodeBindings = { incoming?: IncomingMessage };

/** The body as it was sent. Errors: payload_too_large, malformed. */
export async function readBytes(request: HonoRequest, env: NodeBindings | undefined): Promise<Buffer> {
  const declared = request.header("content-length");
  if (declared !== undefined && Number(declared) > MOST_BODY_BYTES) throw tooLarge();
  const incoming = env?.incoming;
  if (incoming) return readIncoming(incoming);
  return request.raw.body ? readStream(request.raw.body) : EMPTY;
}

function checkType(request: HonoRequest): void {
  const type = request.header("content-type");
  const encoding = request.header("content-encoding");
  if (encoding !== undefined && encoding !== "identity") {
    throw new TollgateError("unsupported_media_type", "Send the body without a content encoding.");
  }
  if (type === JSON_TYPE) return;
  const [essence = "", ...parameters] = (type ?? "").toLowerCase().split(";");
  const fits = parameters.every((parameter) => !/charset\s*=/.test(parameter) || /=\s*"?utf-?8"?\s*$/.test(parameter));
  if (essence.trim() !== JSON_TYPE || !fits) {
    throw new TollgateError("unsupported_media_type", "Send the body as application/json in UTF-8.");
  }
}

/** Validators pass over a member named `__proto__`; JSON.parse makes it an own one. Walked without recursion. */
function refusePrototype(root: unknown): void {
  const waiting = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value === null || typeof value !== "object") continue;
    if (Object.hasOwn(value, "__proto__")) throw invalidField("__proto__", "is not a known field");
    for (const inner of Object.values(value)) waiting.push(inner);
  }
}

function parse(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new TollgateError("malformed", "The body is not valid UTF-8.");
  const text = bytes.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TollgateError("malformed", "The body is not valid JSON.");
  }
  // Only an escape can spell the name otherwise.
  if (text.includes("__proto__") || text.includes("\\u")) refusePrototype(value);
  return value;
}

/**
 * The body as JSON. `optional` takes an empty body for `{}`.
 * Errors: unsupported_media_type, payload_too_large, malformed.
 */
export async function readJson(request: HonoRequest, env: NodeBindings | undefined, optional: boolean) {
  const hasType = request.header("content-type") !== undefined;
  if (hasType || !optional) checkType(request);
  const bytes = await readBytes(request, env);
  if (optional && bytes.length === 0) return {};
  if (!hasType) checkType(request);
  return parse(bytes);
}

/** The query's parameters, each once. Errors: validation_failed (given twice, NUL). */
export function readQuery(url: string): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  const at = url.indexOf("?");
  if (at < 0) return values;
  for (const [name, value] of new URLSearchParams(url.slice(at + 1))) {
    if (name in values) throw invalidField(name, "is given twice");
    if (value.includes("\0") || name.includes("\0")) throw invalidField(name, "must not contain NUL");
    values[name] = value;
  }
  return values;
}
