/**
 * Without STRIPE_SECRET_KEY, the server starts the local stand-in for Stripe and sets its address in the environment
 * before other code reads it. With a key, it loads nothing of it. One process of a folder runs it, and others use it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { onShutdown } from "@/lib/platform/lifecycle";
import type { Sandbox } from "@/sandbox/start";

type Address = { pid: number; url: string; key: string; secret: string };
const WAITS = 40;
const WAIT_MS = 250;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type State = "stripe" | "sandbox" | "off";

const root = path.join(import.meta.dirname, "..");
let running: Sandbox | undefined;
let state: State = "off";

/**
 * Anyone who reaches the stand-in can pay with test cards. Where others can reach the server, it starts only on
 * request.
 */
function isWanted(): boolean {
  const { HOST = "127.0.0.1", PUBLIC_URL = "", SANDBOX, DEMO, ROLE } = process.env;
  if (ROLE === "gate" || SANDBOX === "0") return false;
  if (SANDBOX === "1" || DEMO === "1" || DEMO === "true") return true;
  const own = /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/;
  const outside = URL.canParse(PUBLIC_URL) ? new URL(PUBLIC_URL).hostname : "localhost";
  return own.test(HOST) && own.test(outside);
}

/** Where the stand-in of a database is kept: payments of one database are of no use to another. */
export function standInFile(database = process.env.DATABASE_URL ?? ""): string {
  if (process.env.SANDBOX_FILE) return path.resolve(process.env.SANDBOX_FILE);
  const name = URL.canParse(database) ? new URL(database).pathname.slice(1).replace(/[^\w-]/g, "") : "";
  const digest = createHash("sha256")
    .update(database.replace(/^[^@]*@[^/]*/, ""))
    .digest("hex")
    .slice(0, 8);
  return path.join(root, ".tollgate", `sandbox-${name || "database"}-${digest}.jsonl`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function holderOf(place: string): Partial<Address> | undefined {
  if (!existsSync(place)) return undefined;
  try {
    return JSON.parse(readFileSync(place, "utf8")) as Partial<Address>;
  } catch {
    return {}; // It is being written.
  }
}

/** Whether a process answers there: another process may have the same number now. */
async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(WAIT_MS * 4) }).then(
    () => true,
    () => false,
  );
}

function name({ url, key, secret }: Omit<Address, "pid">): void {
  Object.assign(process.env, { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret, STRIPE_API_BASE: url });
}

/** Whether this process is the one that has the stand-in: the file is made by one alone. */
function claim(place: string): boolean {
  try {
    writeFileSync(place, JSON.stringify({ pid: process.pid }), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function start(place: string, file: string): Promise<void> {
  const { startSandbox } = await import("@/sandbox/start");
  const sandbox = await startSandbox({ file, pages: "shop" });
  running = sandbox;
  const { url, key, secret } = sandbox;
  writeFileSync(place, JSON.stringify({ pid: process.pid, url, key, secret } satisfies Address), { mode: 0o600 });
  process.once("exit", () => rmSync(place, { force: true }));
  onShutdown("close", () => sandbox.close());
  name(sandbox);
}

/** Errors: another process has the stand-in and does not say where it is. */
export async function startStandIn(): Promise<void> {
  state = process.env.STRIPE_SECRET_KEY ? "stripe" : isWanted() ? "sandbox" : "off";
  if (state !== "sandbox") return;
  const file = standInFile();
  const place = `${file}.address`;
  mkdirSync(path.dirname(file), { recursive: true });
  for (let wait = 0; wait < WAITS; wait++) {
    // A worker has no pages and no webhook: it only uses the stand-in of a process that has.
    if (process.env.ROLE !== "worker" && claim(place)) return start(place, file);
    const { pid, url, key, secret } = holderOf(place) ?? {};
    const isGone = (pid !== undefined && !isAlive(pid)) || (url !== undefined && !(await answers(url)));
    if (isGone) rmSync(place, { force: true });
    else if (url && key && secret) return use({ url, key, secret });
    else await setTimeout(WAIT_MS);
  }
  if (process.env.ROLE !== "worker") {
    throw new Error(`Another process has the local Stripe and does not say where: remove ${place} when there is none.`);
  }
  state = "off";
}

/** For programs beside the server: names the stand-in that serves this database, where one does. */
export function findStandIn(): void {
  if (process.env.STRIPE_SECRET_KEY) return;
  const { url, key, secret } = holderOf(`${standInFile()}.address`) ?? {};
  if (url && key && secret) name({ url, key, secret });
}

let elsewhere: string | undefined;

function use(address: Omit<Address, "pid">): void {
  elsewhere = address.url;
  name(address);
}

/** Where payments go: to Stripe, to the stand-in, or nowhere. */
export const standIn = (): State => state;

/** Where its events go: known when the server listens. */
export function deliverEventsTo(port: number): void {
  running?.deliverTo(`http://127.0.0.1:${port}/webhooks/stripe`);
}

/** Hands a request on to the process that has the stand-in. */
function handOn(base: string): Handler {
  return (request, response) => {
    const { method, headers, url = "/" } = request;
    const sent = ask(
      new URL(url, base),
      { method: method ?? "GET", headers: { ...headers, host: new URL(base).host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    sent.on("error", () => response.headersSent || response.writeHead(502).end("The local Stripe does not answer."));
    request.pipe(sent);
  };
}

/** The hosted pages, for a browser that reaches this server only; undefined where there is no stand-in. */
export function standInPages(): Handler | undefined {
  return running?.handler ?? (elsewhere === undefined ? undefined : handOn(elsewhere));
}
