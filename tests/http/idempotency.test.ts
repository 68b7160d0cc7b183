/** Every POST of the published contract that changes something: one key always has one answer. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

type Operation = { parameters?: { name: string; in: string; required?: boolean }[] };
type Request = { path: string; item: { operation: string; id?: string }; body: object; other: object };

let customer: Customer;
let posts: [path: string, operation: Operation][];

const quantities = { input_token: 1_000, output_token: 1_000 };
const call = () => ({ key: customer.key, endpoint: "chat", model: "gpt-4o", quantities });

async function made(path: string): Promise<string> {
  const answer = await api.post<{ id: string }>(path, call());
  expect(answer.status, answer.text).toBe(201);
  return answer.body.id;
}

/** A right request of each route, and the same with another body. */
const REQUESTS: Record<string, () => Promise<Request>> = {
  "/v1/holds": async () => ({
    ...{ path: "/v1/holds", item: { operation: "hold" }, body: call() },
    other: { ...call(), quantities: { ...quantities, output_token: 1_001 } },
  }),
  "/v1/charges": async () => ({
    ...{ path: "/v1/charges", item: { operation: "charge" }, body: call() },
    other: { ...call(), tags: { project: "other" } },
  }),
  "/v1/holds/{id}/settle": async () =>
    ofHold("settle", { quantities }, { quantities: { ...quantities, input_token: 1 } }),
  "/v1/holds/{id}/release": async () => ofHold("release", { reason: "failed" }, {}),
  "/v1/holds/{id}/extend": async () => ofHold("extend", { expiresIn: 3_600 }, { expiresIn: 3_601 }),
  "/v1/charges/{id}/refund": async () => {
    const id = await made("/v1/charges");
    const body = { amount: "0.001", reason: "failed" };
    return { path: `/v1/charges/${id}/refund`, item: { operation: "refund", id }, body, other: { reason: "failed" } };
  },
};

async function ofHold(operation: string, body: object, other: object): Promise<Request> {
  const id = await made("/v1/holds");
  return { path: `/v1/holds/${id}/${operation}`, item: { operation, id }, body, other };
}

/** Changes nothing, or (the batch) has a key for each of its items. */
const WITHOUT = ["/v1/quotes", "/v1/batch"];

const api = await gatewayApi("apertis");
beforeAll(async () => {
  customer = await api.customer({ credit: "1" });
  const { body } = await api.send<{ paths: Record<string, { post?: Operation }> }>("GET", "/openapi.json");
  posts = Object.entries(body.paths).flatMap(([path, { post }]) => (post ? [[path, post] as [string, Operation]] : []));
});

describe("every POST of the contract", () => {
  it("takes an Idempotency-Key, or changes nothing", () => {
    const taking = posts.filter(([, { parameters }]) => parameters?.some(({ name }) => name === "Idempotency-Key"));
    expect(taking.map(([path]) => path).sort()).toEqual(Object.keys(REQUESTS).sort());
    const others = posts.map(([path]) => path).filter((path) => !(path in REQUESTS));
    expect(others.sort()).toEqual([...WITHOUT].sort());
  });
});

describe.each(Object.keys(REQUESTS))("POST %s", (route) => {
  const request = () => (REQUESTS[route] as () => Promise<Request>)();

  it("repeats the same bytes for the same key and body, and answers 422 for another body", async () => {
    const { path, body, other } = await request();
    const key = randomUUID();
    const first = await api.post(path, body, { idempotencyKey: key });
    expect(first.status, first.text).toBeLessThan(300);
    for (let time = 0; time < 2; time += 1) {
      const again = await api.post(path, body, { idempotencyKey: key });
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      expectProblem(await api.post(path, other, { idempotencyKey: key }), 422, "validation_failed");
    }
  });

  it("refuses the key for another object", async () => {
    const [one, another] = [await request(), await request()];
    if (one.path === another.path) return; // It makes its object.
    const key = randomUUID();
    expect((await api.post(one.path, one.body, { idempotencyKey: key })).status).toBe(200);
    expectProblem(await api.post(another.path, another.body, { idempotencyKey: key }), 422, "validation_failed");
  });

  it("repeats the same bytes after the object has ended", async () => {
    const { path, item, body, other } = await request();
    const key = randomUUID();
    const first = await api.post<{ id: string }>(path, body, { idempotencyKey: key });
    const id = item.id ?? first.body.id;
    // Whatever can still be done with it is.
    await api.post(`/v1/holds/${id}/settle`, { quantities });
    await api.post(`/v1/charges/${id}/refund`, { reason: "all of it" });
    const again = await api.post(path, body, { idempotencyKey: key });
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expectProblem(await api.post(path, other, { idempotencyKey: key }), 422, "validation_failed");
  });

  it("shares its keys with the batch, whose items have the same result", async () => {
    const { path, item, body, other } = await request();
    const key = randomUUID();
    const first = await api.post(path, body, { idempotencyKey: key });
    const items = [body, other].map((one) => ({ ...item, ...one, idempotencyKey: key }));
    type Results = { results: { status: number; body: object }[] };
    const { body: answer } = await api.post<Results>("/v1/batch", { items });
    expect(answer.results[0]).toEqual({ status: first.status, body: first.body });
    expect(answer.results[1]).toMatchObject({ status: 422, body: { code: "validation_failed" } });
  });

  it("keeps no key of a refusal", async () => {
    const { path, body } = await request();
    const key = randomUUID();
    expectProblem(await api.post(path, { ...body, unknown: 1 }, { idempotencyKey: key }), 422, "validation_failed");
    expect((await api.post(path, body, { idempotencyKey: key })).status).toBeLessThan(300);
  });
});
