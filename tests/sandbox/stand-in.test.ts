import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "stand-in-"));
const file = path.join(folder, "objects.jsonl");

/** Another process: its modules are its own. */
async function processOf(env: Record<string, string> = {}) {
  for (const [name, value] of Object.entries({
    STRIPE_SECRET_KEY: "",
    STRIPE_WEBHOOK_SECRET: "",
    STRIPE_API_BASE: "",
    HOST: "",
    PUBLIC_URL: "",
    ROLE: "",
    DEMO: "",
    SANDBOX: "",
    SANDBOX_FILE: file,
    ...env,
  })) {
    if (value === "") vi.stubEnv(name, undefined);
    else vi.stubEnv(name, value);
  }
  vi.resetModules();
  const standIn = await import("@/server/payment-stand-in");
  await standIn.startStandIn();
  return { ...standIn, state: standIn.standIn(), base: process.env.STRIPE_API_BASE };
}

async function stop() {
  const { runShutdownPhase } = await import("@/lib/platform/lifecycle");
  await runShutdownPhase("close", (error) => expect(error).toBeUndefined());
}

beforeEach(() => rmSync(`${file}.address`, { force: true }));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("the stand-in", () => {
  it("is started by one process and used by the next, whose pages it serves", async () => {
    const first = await processOf();
    const second = await processOf();
    expect([first.state, second.state, second.base]).toEqual(["sandbox", "sandbox", first.base]);
    const pages = second.standInPages();
    const server = createServer((request, response) => pages?.(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/sandbox/checkout/none`);
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining("Page not found")]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await stop();
  });

  it("is started again where a process ended without a word", async () => {
    writeFileSync(
      `${file}.address`,
      JSON.stringify({ pid: process.pid, url: "http://127.0.0.1:9", key: "k", secret: "s" }),
    );
    expect((await processOf()).base).not.toBe("http://127.0.0.1:9");
    await stop();
  });

  it.each([
    [{ STRIPE_SECRET_KEY: "sk_test_1" }, "stripe"],
    [{ HOST: "0.0.0.0" }, "off"],
    [{ PUBLIC_URL: "https://billing.example.com" }, "off"],
    [{ SANDBOX: "0" }, "off"],
    [{ ROLE: "gate" }, "off"],
  ])("is not started with %o", async (env, state) => {
    expect(await processOf(env)).toMatchObject({ state, standInPages: expect.any(Function) });
    expect((await import("@/server/payment-stand-in")).standInPages()).toBeUndefined();
  });

  it("is started for other programs on request", async () => {
    expect((await processOf({ HOST: "0.0.0.0", SANDBOX: "1" })).state).toBe("sandbox");
    await stop();
  });
});
