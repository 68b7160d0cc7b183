/**
 * What is posted to the portal's pages, read and checked before Next sees it: whatever it cannot decode it would answer
 * with a 500 and a stack in the log. Read at once, a body is counted, and may come in chunks.
 */
import { isUtf8 } from "node:buffer";
import { IncomingMessage } from "node:http";
import { extractInfoFromServerReferenceId } from "next/dist/shared/lib/server-reference-info.js";
import { TollgateError } from "@/lib/kernel/errors";
import { readIncoming } from "./request";

const MULTIPART = /^multipart\//i;
const ACTION_ID = /^[0-9a-f]{42}$/;
const BOUND_ARGUMENTS = /^\$ACTION_\d+:\d+$/;
/** React's notation for values that JSON lacks: a form, a date, a large number, a text that starts with `$`, … */
const ESCAPED = /^\$(?:\$|undefined$|NaN$|-?Infinity$|-0$|K[0-9a-f]+$|n-?\d+$|D\d{4}-|T)/;

function wrong(what: string): never {
  throw new TollgateError("malformed", what);
}

function checkText(text: string): void {
  if (!text.isWellFormed()) wrong("The form holds half of a character.");
  if (text.startsWith("$") && !ESCAPED.test(text)) wrong("The form's arguments refer to nothing.");
}

/** The arguments of a server action. Walked without recursion: a body may be deep. */
function readArguments(text: string): unknown[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    wrong("The form's arguments are no JSON.");
  }
  if (!Array.isArray(root)) wrong("The form's arguments are no list.");
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") checkText(value);
    if (value === null || typeof value !== "object") continue;
    for (const [name, inner] of Object.entries(value)) {
      checkText(name);
      waiting.push(inner);
    }
  }
  return root;
}

/** An action's id says which arguments it uses: ours can do without none of them. */
function checkArguments(text: string, action: string): void {
  const given = readArguments(text);
  if (!ACTION_ID.test(action)) return; // Next says that there is none.
  const { usedArgs } = extractInfoFromServerReferenceId(action);
  if (usedArgs.some((used, place) => used && (given[place] ?? null) === null)) wrong("An argument is missing.");
}

async function readForm(body: Buffer, type: string): Promise<FormData> {
  return new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData()
    .catch(() => wrong("The form cannot be divided into its fields."));
}

/** Errors: malformed. */
async function checkBody({ headers }: IncomingMessage, body: Buffer): Promise<void> {
  const type = headers["content-type"] ?? "";
  const action = headers["next-action"];
  if (MULTIPART.test(type)) {
    const form = await readForm(body, type);
    const main = form.get("0");
    if (typeof action === "string") checkArguments(typeof main === "string" ? main : "", action);
    for (const [name, value] of form) if (BOUND_ARGUMENTS.test(name)) readArguments(String(value));
  } else if (typeof action === "string") {
    if (!isUtf8(body)) wrong("The form is not valid UTF-8.");
    checkArguments(body.toString("utf8"), action);
  }
}

/** A copy of the request with the body that was read. */
function replayed(request: IncomingMessage, body: Buffer): IncomingMessage {
  const made = new IncomingMessage(request.socket);
  const { method, url, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const headers = { ...request.headers, "content-length": String(body.length) };
  delete headers["transfer-encoding"];
  const same = { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor };
  Object.assign(made, same, { complete: true });
  if (body.length > 0) made.push(body);
  made.push(null);
  return made;
}

/** The request with its body read and found right. Errors: payload_too_large, malformed. */
export async function withBody(request: IncomingMessage): Promise<IncomingMessage> {
  const body = await readIncoming(request);
  await checkBody(request, body);
  return replayed(request, body);
}
