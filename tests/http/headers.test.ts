/** The headers of every answer of the API, for browsers and caches. */
import { beforeAll, describe, expect, it } from "vitest";
import { gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

let customer: Customer;

const api = await gatewayApi("apertis");
beforeAll(async () => {
  customer = await api.customer({ credit: "10" });
});

const DATA = "default-src 'none'; frame-ancestors 'none'";

describe("a response of the API", () => {
  it.each([
    ["data", "GET", "/v1/balance", 200],
    ["a file", "GET", "/v1/usage/events.csv", 200],
    ["the contract", "GET", "/openapi.json", 200],
    ["a counter", "GET", "/metrics", 200],
    ["a refusal", "POST", "/v1/holds", 403],
    ["a route that is not there", "GET", "/v1/nothing", 404],
    ["a method that is not taken", "DELETE", "/v1/balance", 405],
  ] as const)("is no page and is not cached: %s", async (_, method, path, status) => {
    const answer = await api.send(method, path, { token: customer.key });
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-security-policy")).toBe(DATA);
    expect(answer.headers.get("x-powered-by")).toBeNull();
  });

  it("has a policy of its own on the reference, in which nothing runs", async () => {
    const { headers } = await api.send("GET", "/docs", {});
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain("script-src");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("is closed to other sites' scripts", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "GET" };
    const asked = await api.send("OPTIONS", "/v1/balance", { headers });
    const read = await api.send("GET", "/v1/balance", { token: customer.key, headers });
    expect(asked.status).toBe(405);
    for (const answer of [asked, read]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });
});
