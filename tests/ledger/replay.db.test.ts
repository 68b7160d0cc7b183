/** The replay's own parts, and a whole run against a server that loses every seventh answer. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGatewaySecret, createOrganization } from "@/lib/accounts";
import { grant } from "@/lib/ledger";
import { Gateway } from "@/scripts/cli/replay/gateway";
import { publishedPrice } from "@/scripts/cli/replay/published-price";
import { agrees, reconcile } from "@/scripts/cli/replay/reconcile";
import { declaredMaximum, type ReplayPlan, replay } from "@/scripts/cli/replay/run";
import { readTrace, surveyTrace } from "@/scripts/cli/replay/trace";
import { presetInstallation } from "../fixtures/catalogue";
import { brokenInvariants } from "../fixtures/ledger";

const ctx = await presetInstallation("apertis");

const SAMPLE = path.join(import.meta.dirname, "../data/trace-sample.csv");
const DAY_MS = 86_400_000;

describe("a trace", () => {
  it("is read line by line", async () => {
    expect(await surveyTrace(SAMPLE)).toMatchObject({ calls: 240, first: Date.parse("2026-01-12T09:00:03.492Z") });
    for await (const call of readTrace(SAMPLE)) {
      expect(call).toEqual({ row: 1, at: Date.parse("2026-01-12T09:00:03.492Z"), input: 1047, output: 587 });
      break;
    }
  });

  it("is refused in one sentence when it is malformed", async () => {
    await expect(surveyTrace("nowhere.csv")).rejects.toThrow("There is no file nowhere.csv.");
    await expect(surveyTrace(path.join(import.meta.dirname, "../../package.json"))).rejects.toThrow(/column TIMESTAMP/);
  });
});

describe("the published price", () => {
  it("is worked out from the list alone, half up", async () => {
    const { cost } = await publishedPrice("apertis", "chat", "gpt-4o");
    expect(cost(1_047, 587)).toBe(1_047n * 2_500n + 587n * 10_000n);
    await expect(publishedPrice("apertis", "chat", "gpt-9")).rejects.toThrow(
      /no price for chat gpt-9; models: gpt-3.5/,
    );
    await expect(publishedPrice("persly", "chat", "persly-chat-v1")).rejects.toThrow(/not priced by .* tokens alone/);
  });

  it("declares what a client would have set", () => {
    expect([0, 256, 257, 512, 1_500].map(declaredMaximum)).toEqual([256, 256, 512, 512, 2_048]);
  });
});

describe("a run", () => {
  let server: Server;
  let plan: ReplayPlan;
  let gateway: Gateway;

  beforeAll(async () => {
    const { apiFetch } = await import("@/lib/adapters/http/app");
    const handle = getRequestListener((request) => apiFetch(request));
    let count = 0;
    server = createServer((request, response) => {
      count += 1;
      if (count % 11 === 0) return void response.writeHead(503, { "retry-after": "1" }).end();
      // The call is decided, and its caller never hears of it.
      if (count % 7 === 0 && request.method === "POST") response.end = () => response.destroy();
      handle(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { id, organizationId } = await createOrganization(ctx, { name: "Traced" });
    const credit = { amount: 1_000_000_000n, kind: "purchased" as const, reason: "test", idempotencyKey: "g" };
    await grant({ ...ctx, organizationId }, credit);
    const { secret } = await createGatewaySecret(ctx, { name: "test" });
    const { first, last } = await surveyTrace(SAMPLE);
    const shift = Date.now() - DAY_MS - last;
    const own = { run: "test", organization: id, endpoint: "chat", model: "gpt-4o", concurrency: 16 };
    plan = { file: SAMPLE, ...own, speed: Number.POSITIVE_INFINITY, shift, first };
    gateway = new Gateway(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, secret, 16);
  });
  afterAll(() => {
    gateway.close();
    server.close();
  });

  it("reconciles although responses are lost and credit runs out", async () => {
    const told = await replay(gateway, plan, () => {});
    const price = await publishedPrice("apertis", "chat", "gpt-4o");
    const from = new Date(plan.first + (plan.shift ?? 0) - 60_000);
    const found = await reconcile(gateway, { ...plan, from, to: new Date() }, told, price);
    expect(found.differences).toEqual([]);
    expect(agrees(found)).toBe(true);
    expect(gateway.retries).toBeGreaterThan(20);
    expect(told.settled.size).toBeGreaterThan(100);
    expect(told.refused.get("insufficient_balance")).toBe(240 - told.settled.size);
    expect(await brokenInvariants(ctx)).toEqual([]);
  });

  it("finds one digit that differs", async () => {
    const told = await replay(gateway, plan, () => {});
    const price = await publishedPrice("apertis", "chat", "gpt-4o");
    const dearer = { ...price, cost: (input: number, output: number) => price.cost(input, output) + 1n };
    const found = await reconcile(gateway, { ...plan, from: new Date(0), to: new Date() }, told, dearer);
    expect(agrees(found)).toBe(false);
  });
});
