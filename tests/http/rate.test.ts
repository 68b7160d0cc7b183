/** Too many requests: who is counted, what is answered, and who is let through all the same. */

import type { IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { revokeGatewaySecret } from "@/lib/accounts";
import { newToken } from "@/lib/kernel/ids";
import { expectProblem, gatewayApi } from "../fixtures/gateway";

const HOST = "http://localhost";
const START = new Date("2026-11-21T12:00:00Z");

vi.hoisted(() => {
  process.env.RATE_LIMIT_KEY = "5";
  process.env.RATE_LIMIT_FAILURES = "4";
  process.env.RATE_LIMIT_SIGN_IN = "2";
  process.env.RATE_LIMIT_FORM = "3";
  process.env.TRUST_PROXY = "1";
});
const api = await gatewayApi("apertis");
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: START }));
afterEach(() => void vi.useRealTimers());

/** A read from an address, as Node's server hands it over. */
async function from(address: string, token?: string, headers: Record<string, string> = {}, path = "/v1/balance") {
  const { apiFetch } = await import("@/lib/adapters/http/app");
  const incoming = { socket: { remoteAddress: address }, headers: {} } as unknown as IncomingMessage;
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const request = new Request(`${HOST}${path}`, { headers: { ...authorization, ...headers } });
  const response = await apiFetch(request, { incoming });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as unknown };
}
const statuses = async (count: number, ask: () => Promise<{ status: number }>) => {
  const all: number[] = [];
  for (let asked = 0; asked < count; asked++) all.push((await ask()).status);
  return all;
};

describe("a customer's key", () => {
  it("sees what is left, is refused with a problem, and is accepted again in time", async () => {
    const { key } = await api.customer();
    const first = await api.send("GET", "/v1/balance", { token: key });
    expect(first.status).toBe(200);
    expect(first.headers.get("ratelimit-policy")).toBe('"key";q=5;w=60');
    expect(first.headers.get("ratelimit")).toBe('"key";r=4;t=12');
    await statuses(4, () => api.send("GET", "/v1/keys/self", { token: key }));
    const refused = await api.send("GET", "/v1/balance", { token: key });
    expect(expectProblem(refused, 429, "rate_limited")).toMatchObject({
      policy: "key",
      quota: 5,
      retryAfter: 12,
    });
    expect(refused.headers.get("retry-after")).toBe("12");
    expect(refused.headers.get("ratelimit")).toBe('"key";r=0;t=60');
    vi.setSystemTime(START.getTime() + 12_000);
    expect(await statuses(2, () => api.send("GET", "/v1/balance", { token: key }))).toEqual([200, 429]);
  });

  it("does not slow another key, nor a gateway's calls for it", async () => {
    const { key, id } = await api.customer({ credit: "1" });
    expect(await statuses(6, () => api.send("GET", "/v1/balance", { token: key }))).toEqual([
      ...Array(5).fill(200),
      429,
    ]);
    expect((await api.send("GET", "/v1/balance", { token: (await api.customer()).key })).status).toBe(200);
    const call = { organization: id, endpoint: "chat", model: "gpt-4o", quantities: { input_token: 1 } };
    expect(await statuses(20, () => api.post("/v1/holds", call))).toEqual(Array(20).fill(201));
    expect(
      (await api.post("/v1/holds", { ...call, key, organization: undefined })).headers.get("ratelimit"),
    ).toBeNull();
  });

  it("is counted when its request is wrong, and an unaffordable call is still 402", async () => {
    const { key } = await api.customer();
    const wrong = await api.send("GET", "/v1/transactions?limit=x", { token: key });
    expect([wrong.status, wrong.headers.get("ratelimit")]).toEqual([422, '"key";r=4;t=12']);
    const call = { key, endpoint: "chat", model: "gpt-4o", quantities: { output_token: 1_000_000 } };
    const refused = await api.post("/v1/holds", call);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([402, null]);
  });
});

describe("an address", () => {
  it("is slowed when it guesses, whatever is wrong with its requests", async () => {
    const guesses = [undefined, "nonsense", newToken("sk"), newToken("gw"), newToken("sk")];
    const answers = [];
    for (const guess of guesses) answers.push(await from("203.0.113.1", guess));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 429]);
    const last = answers.at(-1);
    expect(last?.headers.get("retry-after")).toBe("15");
    expect(last?.headers.get("ratelimit-policy")).toBe('"failed-authentication";q=4;w=60');
    expect((await from("203.0.113.2", newToken("sk"))).status).toBe(401);
    vi.setSystemTime(START.getTime() + 15_000);
    expect(await statuses(2, () => from("203.0.113.1", newToken("sk")))).toEqual([401, 429]);
  });

  it("keeps credentials that worked before working, and blocks every other", async () => {
    const { key } = await api.customer();
    const stranger = await api.customer();
    expect((await from("203.0.113.3", key)).status).toBe(200);
    await statuses(5, () => from("203.0.113.3"));
    expect((await from("203.0.113.3", key)).status).toBe(200);
    expect((await from("203.0.113.3", stranger.key)).status).toBe(429);
    const path = `/v1/balance?organization=${stranger.id}`;
    expect((await from("203.0.113.4", api.secret, {}, path)).status).toBe(200);
    expect((await from("203.0.113.3", api.secret, {}, path)).status).toBe(200);
    await revokeGatewaySecret(api.operator(), { id: api.secretId });
    expect((await from("203.0.113.3", api.secret, {}, path)).status).toBe(401);
    expect((await from("203.0.113.3", api.secret, {}, path)).status).toBe(429);
  });

  it("is the nearest proxy's word and not the caller's, and a network for IPv6", async () => {
    const forged = (index: number) => ({ "x-forwarded-for": `198.51.100.${index}, 192.0.2.7` });
    const answers = [];
    for (let index = 0; index < 5; index++) answers.push((await from("10.0.0.1", undefined, forged(index))).status);
    expect(answers).toEqual([401, 401, 401, 401, 429]);
    const within = ["2001:db8::1", "2001:db8:0:0:ffff::2", "[2001:DB8::3]:443", "2001:db8::4", "2001:0db8::5"];
    const network = [];
    for (const address of within) {
      network.push((await from("10.0.0.1", undefined, { "x-forwarded-for": address })).status);
    }
    expect(network).toEqual([401, 401, 401, 401, 429]);
    expect((await from("10.0.0.1", undefined, { "x-forwarded-for": "2001:db8:1::1" })).status).toBe(401);
  });

  it("may sign in, and send other forms, only so often", async () => {
    const { refusedForm } = await import("@/lib/adapters/http/rate");
    const form = (url: string) =>
      refusedForm({ url, socket: { remoteAddress: "::ffff:203.0.113.9" }, headers: {} } as unknown as IncomingMessage);
    const urls = ["/sign-in", "/api/auth/callback/demo?x", "/sign-in?callbackUrl=%2F", "/", "/sign%2Din", "/keys", "/"];
    expect(urls.map((url) => form(url)?.status)).toEqual([
      undefined,
      undefined,
      429,
      undefined,
      undefined,
      undefined,
      429,
    ]);
    expect(form("/sign-in")?.headers).toMatchObject({ "retry-after": "30", ratelimit: '"sign-in";r=0;t=60' });
  });
});
