/** Every request of the corpus: answered as it says, without a word of our insides, and the ledger as it was before. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Case, fill, readCases } from "./cases";
import { checksum } from "./checksum";
import { startTarget, type Target } from "./target";
import { bytesOf, type Reply, send } from "./wire";

/** What only the whole server has: pages, sign-in, the portal's data. */
const PAGES = "pages";
const LEAST_CASES = 300;
const cases = readCases((theme) => theme !== PAGES || process.env.E2E_URL !== undefined);
const FRAME = /\bat (?:\S+ )?\(?(?:file:|node:|webpack|\/)[^\s<]*:\d+:\d+/;
const INSIDES = /node_modules|\bSELECT \S+ FROM |\bledger\.|PrismaClient|ECONN|postgres/i;
const GIVES_SESSION = /session-token=[^;]/;

let target: Target;
let before: string;

beforeAll(async () => {
  target = await startTarget();
  before = await checksum(target);
}, 60_000);
afterAll(async () => target?.close());

function json(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function codeOf({ headers, text }: Reply): string {
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("text/html")) return "page";
  if (type.startsWith("text/plain")) return "none";
  const body = json(text) as { code?: string; error?: { code?: string } };
  return body.code ?? body.error?.code ?? (text === "" ? "none" : `no code in ${text.slice(0, 200)}`);
}

function expectShape(reply: Reply): void {
  const { status, headers } = reply;
  if (status < 400 || ["page", "none"].includes(codeOf(reply))) return;
  const types = status === 402 ? ["application/json", "application/problem+json"] : ["application/problem+json"];
  expect(types).toContain(headers.get("content-type"));
}

function expectResults({ results }: Case, { text }: Reply): void {
  if (!results) return;
  const items = json(text).results as { status: number; body: { code?: string; error?: { code?: string } } }[];
  const said = items.map(({ status, body }) => [status, body.code ?? body.error?.code].filter(Boolean).join(" "));
  expect(said).toEqual(results);
}

async function run(one: Case): Promise<void> {
  const reply = await send(target.port, bytesOf(one, target.subjects));
  expect.soft({ status: reply.status, ...(one.code && { code: codeOf(reply) }) }, reply.text.slice(0, 500)).toEqual({
    status: one.status,
    ...(one.code && { code: one.code }),
  });
  expect(reply.status).toBeLessThan(500);
  const shown = reply.text.replace(/<script[\s\S]*?<\/script>/g, "");
  expect(FRAME.exec(shown)?.[0] ?? INSIDES.exec(shown)?.[0], "a word of our insides").toBeUndefined();
  expectShape(reply);
  expectResults(one, reply);
  if (one.says) expect(reply.text).toContain(fill(one.says, target.subjects));
  if (one.hides) expect(reply.text).not.toContain(fill(one.hides, target.subjects));
  if (one.location !== undefined) expect(reply.headers.get("location")).toBe(fill(one.location, target.subjects));
  expect(GIVES_SESSION.test(reply.headers.get("set-cookie") ?? ""), "a session is given").toBe(one.signsIn);
  const after = await checksum(target);
  const same = after === before;
  before = after;
  expect(same, "the ledger is as it was").toBe(!one.changes);
}

const themes = [...new Set(cases.map(({ theme }) => theme))];
describe.each(themes)("abuse by %s", (theme) => {
  const own = cases.filter((one) => one.theme === theme);
  it.each(own.map((one): [string, Case] => [one.name, one]))("does no harm: %s", async (_, one) => run(one));
});

it("the corpus is large enough, and states each case once", () => {
  expect(cases.length).toBeGreaterThanOrEqual(LEAST_CASES);
  const names = cases.map(({ theme, name }) => `${theme}: ${name}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index).join("; ")).toBe("");
});
