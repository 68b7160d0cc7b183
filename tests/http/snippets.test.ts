/** What the quickstart shows is run as it stands: the programs, against the real API on a real socket. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CUSTOMER_TASKS,
  LANGUAGES,
  type Language,
  type SnippetInput,
  snippet,
  type Task,
} from "@/components/developers/snippets";
import { gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const RUN_MS = 30_000;

let customer: Customer;
let server: Server;
let folder: string;
let input: SnippetInput;

const api = await gatewayApi("persly");
beforeAll(async () => {
  customer = await api.customer({ credit: "20" });
  const { apiFetch } = await import("@/lib/adapters/http/app");
  server = createServer(getRequestListener((request) => apiFetch(request)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  folder = mkdtempSync(path.join(tmpdir(), "tollgate-snippets-"));
  input = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: customer.key,
    secret: api.secret,
    call: { endpoint: "chat", model: "persly-chat-v1", quantities: { page: 3 }, options: { followUp: true } },
  };
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => server.close(resolve));
});

/** What the reader would do: paste it into a shell, or into a file that is run. */
async function execute(language: Language, text: string): Promise<string> {
  const extension = { curl: "sh", python: "py", typescript: "mts" }[language];
  const file = path.join(folder, `snippet.${extension}`);
  writeFileSync(file, text);
  const program = {
    curl: ["bash", file],
    python: ["python3", file],
    typescript: [process.execPath, path.join(root, "node_modules/tsx/dist/cli.mjs"), file],
  }[language];
  const { stdout } = await run(program[0] as string, program.slice(1), { timeout: RUN_MS });
  return stdout;
}

/** Python is what a reader has, not what a test machine must have. */
const hasPython = await run("python3", ["--version"]).then(
  () => true,
  () => false,
);
const languages = LANGUAGES.filter((language) => language !== "python" || hasPython);

const SHOWS: Record<Task, RegExp> = {
  balance: /available\W+25\b/,
  usage: /groupBy|data|total/,
  quote: /cost\W+0\.169\b/,
  key: /windows/,
  gateway: /state\W+settled[\s\S]*cost\W+0\.169\b/,
};

describe.each(languages)("the programs for %s", (language) => {
  it.each(CUSTOMER_TASKS)("make the task %s work as the page says", async (task) => {
    expect(await execute(language, snippet(task, language, input))).toMatch(SHOWS[task]);
  });

  it("charge the customer for one call with hold and settle", async () => {
    const own = await api.customer({ credit: "1" });
    const output = await execute(language, snippet("gateway", language, { ...input, key: own.key }));
    expect(output).toMatch(SHOWS.gateway);
    const { body } = await api.send<{ available: string }>("GET", "/v1/balance", { token: own.key });
    expect(body.available).toBe("5.831");
  });
});

describe("a key in a program", () => {
  it("may do what the page says and nothing of the gateway's", async () => {
    const output = await execute("curl", snippet("gateway", "curl", { ...input, secret: customer.key }));
    expect(output).toContain('"code":"forbidden"');
  });
});
