/** Requests as bytes on a socket: fetch would put right what these cases get wrong. */

import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { type Case, fill, fillAll, type Subjects } from "./cases";

export type Reply = { status: number; headers: Map<string, string>; text: string };
const PATIENCE_MS = 10_000;

const call = { endpoint: "chat", model: "gpt-4o", quantities: { input_token: 10, output_token: 10 } };
const BASES: Record<Case["base"], object> = {
  hold: { key: "{key}", ...call },
  settle: { quantities: { input_token: 5 } },
  release: {},
  extend: { expiresIn: 60 },
  refund: { reason: "test" },
  none: {},
};

const BOUNDARY = "abuse-form";

function formOf(form: Record<string, string>, subjects: Subjects): Buffer {
  const parts = Object.entries(form).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${fill(name, subjects)}"\r\n\r\n${fill(value, subjects)}\r\n`,
  );
  return Buffer.from(`${parts.join("")}--${BOUNDARY}--\r\n`);
}

function bodyOf(one: Case, subjects: Subjects): Buffer | undefined {
  if (one.hex !== undefined) return Buffer.from(one.hex.replaceAll(/\s/g, ""), "hex");
  if (one.form !== undefined) return formOf(one.form, subjects);
  if (one.text !== undefined) return Buffer.from(fill(one.text, subjects));
  if (one.body !== undefined) return Buffer.from(JSON.stringify(fillAll(one.body, subjects)));
  if (one.base === "none") return undefined;
  const kept = Object.entries({ ...BASES[one.base], ...one.with }).filter(([, value]) => value !== "{drop}");
  return Buffer.from(JSON.stringify(fillAll(Object.fromEntries(kept), subjects)));
}

function linesOf(one: Case, subjects: Subjects, body: Buffer | undefined): string[] {
  const sent: Record<string, string | string[] | null> = { host: "{host}", connection: "close" };
  if (one.as !== "none") sent.authorization = subjects[one.as] ? `Bearer ${subjects[one.as]}` : one.as;
  if (body) {
    sent["content-type"] = one.form ? `multipart/form-data; boundary=${BOUNDARY}` : "application/json";
    sent["content-length"] = String(body.length);
    sent["idempotency-key"] = randomUUID();
  }
  for (const [name, value] of Object.entries(one.headers)) sent[name.toLowerCase()] = value;
  return Object.entries(sent).flatMap(([name, value]) => {
    const values = value === null ? [] : Array.isArray(value) ? value : [value];
    return values.map((text) => `${name}: ${fill(text, subjects)}`);
  });
}

/** The bytes of a case. What stands in YAML beyond ASCII goes out as UTF-8. */
export function bytesOf(one: Case, subjects: Subjects): Buffer {
  if (one.raw !== undefined) return Buffer.from(fill(one.raw, subjects).replaceAll(/\r?\n/g, "\r\n"));
  const body = bodyOf(one, subjects);
  const head = [`${fill(one.send, subjects)} HTTP/1.1`, ...linesOf(one, subjects, body), "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head), body ?? Buffer.alloc(0)]);
}

function unchunk(text: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = text.indexOf("\r\n", at);
    const size = end < 0 ? 0 : Number.parseInt(text.toString("latin1", at, end), 16);
    if (!size) return Buffer.concat(parts);
    parts.push(text.subarray(end + 2, end + 2 + size));
    at = end + 4 + size;
  }
}

function readReply(bytes: Buffer): Reply {
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes.toString("latin1", 0, end < 0 ? bytes.length : end).split("\r\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    const value = line.slice(line.indexOf(":") + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  const rest = bytes.subarray(end + 4);
  const body = headers.get("transfer-encoding") === "chunked" ? unchunk(rest) : rest;
  return {
    status: Number(/^HTTP\/1\.\d (\d{3})/.exec(first)?.[1] ?? 0),
    headers,
    text: end < 0 ? "" : body.toString("utf8"),
  };
}

/** Sends the bytes and answers what came back until the server closed; status 0 is no answer at all. */
export function send(port: number, bytes: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error("no answer in time")));
    socket.on("data", (part: Buffer) => parts.push(part));
    // A server that refuses a large body closes before all of it was sent; its answer has arrived by then.
    socket.on("error", (error) => (parts.length > 0 ? resolve(readReply(Buffer.concat(parts))) : reject(error)));
    socket.on("close", () => resolve(readReply(Buffer.concat(parts))));
  });
}
