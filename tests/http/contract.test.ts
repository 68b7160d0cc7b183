/** The gate and the reads over HTTP as documented: every answer fits its published schema. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import * as gate from "@/lib/gate/schema";
import { balanceAnswerSchema, transactionDetailSchema, transactionListSchema } from "@/lib/ledger/schema";
import { eventListSchema, usageAnswerSchema } from "@/lib/usage/schema";
import { expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Answer, Customer } from "../fixtures/gateway-calls";

let customer: Customer;
const call = { endpoint: "chat", model: "gpt-4o", quantities: { input_token: 1_000, output_token: 1_000 } };

function fits<S extends z.ZodType>(schema: S, answer: Answer<unknown>, status = 200): z.output<S> {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/json");
  return schema.parse(answer.body);
}

const api = await gatewayApi("apertis");
beforeAll(async () => {
  customer = await api.customer({ credit: "1", limits: { day: 800_000_000n } });
});

describe("a call over the API", () => {
  it("is quoted, held, settled and refunded, and its replay is the same to the byte", async () => {
    const quote = fits(gate.quoteAnswer, await api.post("/v1/quotes", { ...call, key: customer.key }));
    expect(quote).toMatchObject({ cost: "0.0125", affordable: true });
    expect(quote.lines.map(({ amount }) => amount)).toEqual(["0.0025", "0.01"]);
    expect(fits(gate.quoteAnswer, await api.post("/v1/quotes", call)).affordable).toBeNull();
    fits(gate.quoteAnswer, await api.send("POST", "/v1/quotes", { token: customer.key, body: call }));

    const key = randomUUID();
    const opened = await api.post(
      "/v1/holds",
      { ...call, key: customer.key, tags: { project: "a" } },
      { idempotencyKey: key },
    );
    const hold = fits(gate.holdAnswer, opened, 201);
    expect(hold).toMatchObject({ ceiling: "0.0125", available: "0.9875", funding: { plan: "0", prepaid: "0.0125" } });
    const again = await api.post(
      "/v1/holds",
      { ...call, key: customer.key, tags: { project: "a" } },
      { idempotencyKey: key },
    );
    expect([again.status, again.text]).toEqual([201, opened.text]);
    expectProblem(
      await api.post("/v1/holds", { ...call, key: customer.key }, { idempotencyKey: key }),
      422,
      "validation_failed",
    );

    const longer = fits(gate.extendAnswer, await api.post(`/v1/holds/${hold.id}/extend`, { expiresIn: 3_600 }));
    expect(longer.expiresAt > hold.expiresAt).toBe(true);
    const actual = { quantities: { input_token: 1_000, output_token: 500 } };
    const settled = fits(gate.settleAnswer, await api.post(`/v1/holds/${hold.id}/settle`, actual));
    expect(settled).toMatchObject({ cost: "0.0075", released: "0.005", waived: "0", available: "0.9925" });
    for (const end of ["settle", "release"]) {
      const refused = await api.post(`/v1/holds/${hold.id}/${end}`, end === "settle" ? actual : {});
      expect(expectProblem(refused, 409, "conflict")).toMatchObject({ state: "settled" });
    }
    const refund = await api.post(`/v1/charges/${hold.id}/refund`, { amount: "0.0025", reason: "test" });
    expect(fits(gate.refundAnswer, refund)).toMatchObject({ refunded: "0.0025", available: "0.995" });
  });

  it("is released without a body", async () => {
    const hold = fits(gate.holdAnswer, await api.post("/v1/holds", { ...call, organization: customer.id }), 201);
    const headers = { authorization: `Bearer ${api.secret}` };
    const released = await api.send("POST", `/v1/holds/${hold.id}/release`, { headers });
    expect(fits(gate.releaseAnswer, released)).toMatchObject({ state: "released", released: "0.0125" });
  });

  it("is charged in a batch, where each item has its own result", async () => {
    const second = await api.customer();
    const item = { operation: "charge", ...call };
    const answer = await api.post("/v1/batch", {
      items: [
        { ...item, key: customer.key, idempotencyKey: randomUUID() },
        { ...item, key: second.key, idempotencyKey: randomUUID() },
        { operation: "release", id: "hold_none" },
        { operation: "quote", ...call },
      ],
    });
    const { results } = fits(gate.batchAnswer, answer);
    expect(results.map(({ status }) => status)).toEqual([201, 402, 404, 200]);
    gate.chargeAnswer.parse(results[0]?.body);
    // The operator's own words for a 402, here as in a single call.
    const single = await api.post("/v1/charges", { ...call, key: second.key });
    expect(JSON.stringify(results[1]?.body)).toBe(single.text);
  });
});

describe("a refusal with 402", () => {
  it("has the catalogue's bytes, or a problem for a caller that accepts one", async () => {
    const poor = await api.customer();
    const answer = await api.post("/v1/holds", { ...call, key: poor.key });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([402, "application/json"]);
    expect(answer.text).toBe(
      '{"error":{"message":"Insufficient account balance","type":"billing_error","code":"insufficient_balance"}}',
    );
    const options = { token: api.secret, body: { ...call, key: poor.key }, idempotencyKey: randomUUID() };
    const headers = { accept: "application/problem+json, application/json" };
    expectProblem(await api.send("POST", "/v1/holds", { ...options, headers }), 402, "insufficient_balance");
  });

  it("keeps its own code in the same shape", async () => {
    const limited = await api.customer({ credit: "10", limits: { total: 1n } });
    const answer = await api.post<{ error: object }>("/v1/holds", { ...call, key: limited.key });
    expect([answer.status, Object.keys(answer.body)]).toEqual([402, ["error"]]);
    expect(answer.body.error).toMatchObject({ type: "billing_error", code: "key_limit_exceeded" });
  });
});

describe("a read", () => {
  it("fits its schema, and all reads report the same money", async () => {
    const get = (path: string) => api.send("GET", path, { token: customer.key });
    const balance = fits(balanceAnswerSchema, await get("/v1/balance"));
    expect(balance).toMatchObject({ unit: "USD", held: "0", plan: null, level: "critical" });
    const { data } = fits(transactionListSchema, await get("/v1/transactions"));
    expect(data[0]?.balanceAfter).toBe(balance.available);
    const deduction = data.find(({ type }) => type === "deduction");
    const detail = fits(transactionDetailSchema, await get(`/v1/transactions/${deduction?.id}`));
    expect(detail.entries).toHaveLength(2);
    const usage = fits(usageAnswerSchema, await get("/v1/usage?groupBy=endpoint,model&interval=day"));
    const events = fits(eventListSchema, await get("/v1/usage/events?limit=2"));
    expect([usage.data.length > 0, events.data.length, events.nextCursor !== null]).toEqual([true, 2, true]);
    const csv = await get("/v1/usage/events.csv?totals=true");
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(csv.text.trimEnd().split("\r\n")).toHaveLength(2 + Number(usage.totals.requests) + 1);
    const self = await get("/v1/keys/self");
    expect(self.body).toMatchObject({
      id: customer.keyId,
      windows: { day: { limit: "0.8", held: "0" }, total: { limit: null } },
    });
  });

  it("is 404 on an operator's route that the catalogue does not enable", async () => {
    const quota = await api.send<{ data: { quota: number } }>("GET", "/api/user/self", { token: customer.key });
    expect(quota.body).toMatchObject({ success: true, data: { quota: expect.any(Number) } });
    expectProblem(await api.send("GET", "/api/billing/credits", { token: customer.key }), 404, "not_found");
    const path = "/v1/credits/projections/usage-summary";
    expectProblem(await api.send("POST", path, { token: customer.key }), 404, "not_found");
  });
});

describe("the balance stream", () => {
  it("begins with the balance and follows it", async () => {
    const { apiFetch } = await import("@/lib/adapters/http/app");
    const request = new Request("http://localhost/v1/balance/stream", {
      headers: { authorization: `Bearer ${customer.key}` },
    });
    const response = await apiFetch(request);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const next = async () => {
      const { value } = await reader.read();
      return JSON.parse(new TextDecoder().decode(value).split("data: ")[1] ?? "null") as { available: string };
    };
    const before = await next();
    const charge = await api.post<{ available: string }>("/v1/charges", { ...call, key: customer.key });
    expect(await next()).toMatchObject({ available: charge.body.available });
    expect(charge.body.available).not.toBe(before.available);
    await reader.cancel();
  });

  it("is closed to strangers", async () => {
    expectProblem(await api.send("GET", "/v1/balance/stream"), 401, "unauthenticated");
  });
});
