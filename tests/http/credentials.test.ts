/** Who may call what: one body for every wrong credential, one 404 for whatever is not the caller's. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { createGatewaySecret, createKey, revokeGatewaySecret, revokeKey } from "@/lib/accounts";
import { newId, newToken, publicId } from "@/lib/kernel/ids";
import { expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

let customer: Customer;
let other: Customer;
const call = { endpoint: "chat", model: "gpt-4o", quantities: { input_token: 1_000, output_token: 1_000 } };

const api = await gatewayApi("apertis");
beforeAll(async () => {
  customer = await api.customer({ credit: "10" });
  other = await api.customer({ credit: "10" });
});

describe("a wrong credential", () => {
  it("is 401 with one body, whatever is wrong with it", async () => {
    const { operator, send } = api;
    const revoked = await api.customer();
    await revokeKey({ ...operator(), organizationId: revoked.organizationId }, { id: revoked.keyId });
    const expired = await createKey(
      { ...operator(), organizationId: revoked.organizationId },
      { name: "old", expiresAt: new Date(Date.now() + 50) },
    );
    const secret = await createGatewaySecret(operator(), { name: "gone" });
    // Used once, so that it is known when it is revoked.
    await send("POST", "/v1/holds", { token: secret.secret, body: {}, idempotencyKey: "x" });
    await revokeGatewaySecret(operator(), { id: secret.id });
    await new Promise((resolve) => setTimeout(resolve, 60));
    const typo = `${customer.key.slice(0, -1)}${customer.key.endsWith("A") ? "B" : "A"}`;
    const wrong = [
      undefined,
      "nonsense",
      newToken("sk"),
      newToken("gw"),
      typo,
      revoked.key,
      expired.key,
      secret.secret,
    ];
    const texts = new Set<string>();
    for (const token of wrong) {
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      const read = await send("GET", "/v1/balance", { headers });
      const hold = await send("POST", "/v1/holds", {
        headers,
        body: { ...call, key: customer.key },
        idempotencyKey: randomUUID(),
      });
      const wrongBody = await send("POST", "/v1/holds", { headers, body: { nonsense: 1 } });
      for (const answer of [read, hold, wrongBody]) {
        expectProblem(answer, 401, "unauthenticated");
        expect(answer.headers.get("www-authenticate")).toBe("Bearer");
        texts.add(answer.text);
      }
    }
    for (const authorization of ["Basic Zm9vOmJhcg==", "Bearer", `Bearer ${customer.key} x`, customer.key]) {
      texts.add((await send("GET", "/v1/balance", { headers: { authorization } })).text);
    }
    // A customer's key in a gateway's body, a gateway's secret in its place included.
    for (const key of ["nonsense", newToken("sk"), typo, revoked.key, expired.key, api.secret]) {
      for (const path of ["/v1/holds", "/v1/charges", "/v1/quotes"]) {
        const answer = await api.post(path, { ...call, key });
        expectProblem(answer, 401, "unauthenticated");
        texts.add(answer.text);
      }
    }
    expect([...texts]).toHaveLength(1);
  });

  it("is 403 when it is of the right kind for another route", async () => {
    for (const path of ["/v1/holds", "/v1/charges", "/v1/batch", "/v1/holds/x/settle"]) {
      expectProblem(
        await api.send("POST", path, { token: customer.key, body: call, idempotencyKey: "k" }),
        403,
        "forbidden",
      );
    }
    for (const path of ["/v1/keys/self", "/v1/balance/stream"]) {
      expectProblem(await api.send("GET", path, { token: api.secret }), 403, "forbidden");
    }
  });
});

describe("a key of another organization", () => {
  it("gets 404 for a transaction, a hold and a charge, the same as for a random one", async () => {
    const charge = await api.post<{ id: string; transaction: string }>("/v1/charges", { ...call, key: other.key });
    expect(charge.status).toBe(201);
    const random = publicId("txn", other.organizationId, newId());
    const answers = [];
    for (const id of [charge.body.transaction, random, publicId("txn", newId(), newId()), "txn_nonsense"]) {
      answers.push(await api.send("GET", `/v1/transactions/${id}`, { token: customer.key }));
    }
    const unknown = publicId("hold", other.organizationId, newId());
    answers.push(await api.post(`/v1/holds/${unknown}/release`, {}));
    answers.push(await api.post("/v1/holds/hold_x/release", {}));
    for (const answer of answers) expectProblem(answer, 404, "not_found");
  });

  it("gets 404 for balance, usage and log, the same as for a random one's", async () => {
    const texts = new Set<string>();
    for (const path of ["/v1/balance", "/v1/transactions", "/v1/usage", "/v1/usage/events", "/v1/usage/events.csv"]) {
      for (const query of [
        `organization=${other.id}`,
        "organization=nobody",
        `key=${other.keyId}`,
        `key=${other.key}`,
      ]) {
        const answer = await api.send("GET", `${path}?${query}`, { token: customer.key });
        expectProblem(answer, 404, "not_found");
        texts.add(answer.text);
      }
      expect((await api.send("GET", path, { token: customer.key })).status).toBe(200);
      expect((await api.send("GET", `${path}?organization=${customer.id}`, { token: customer.key })).status).toBe(200);
    }
    expect([...texts]).toHaveLength(1);
  });

  it("differs from a gateway's secret, which must name the customer", async () => {
    for (const path of ["/v1/balance", "/v1/transactions", "/v1/usage", "/v1/usage/events"]) {
      for (const query of [`organization=${other.id}`, `key=${other.keyId}`, `key=${other.key}`]) {
        expect((await api.send("GET", `${path}?${query}`, { token: api.secret })).status, query).toBe(200);
      }
      expectProblem(await api.send("GET", path, { token: api.secret }), 422, "validation_failed");
      for (const query of ["organization=nobody", "key=key_x", `key=${publicId("key", newId(), newId())}`]) {
        expectProblem(await api.send("GET", `${path}?${query}`, { token: api.secret }), 404, "not_found");
      }
      expectProblem(
        await api.send("GET", `${path}?key=${newToken("sk")}`, { token: api.secret }),
        401,
        "unauthenticated",
      );
    }
  });
});

describe("a request", () => {
  it.each([
    "/v1/balance?verbose=1",
    "/v1/transactions?limit=0",
    "/v1/transactions?limit=1e3",
    "/v1/transactions?limit=5&limit=6",
    "/v1/transactions?type=theft",
    "/v1/transactions?from=yesterday",
    "/v1/transactions?cursor=nonsense",
    "/v1/usage?groupBy=weather",
    "/v1/usage?timezone=Mars/Olympus",
    "/v1/usage?interval=minute",
    "/v1/usage/events?model=%00",
    "/v1/usage/events?cursor=W10",
    "/v1/usage/events.csv?limit=5",
  ])("is 422: %s", async (path) => {
    expectProblem(await api.send("GET", path, { token: customer.key }), 422, "validation_failed");
  });

  it.each([
    "/v1",
    "/v1/",
    "/v1/holds/",
    "/v1//holds",
    "//v1/holds",
    "/v1/nothing",
    "/v1/holds/%00/x",
    "/v1/%2e%2e/%2e%2e/etc",
  ])("is 404: %s", async (path) => {
    expectProblem(await api.send("GET", path), 404, "not_found");
  });

  it("is 405 with a wrong method, and the response names the right one", async () => {
    const answer = await api.send("GET", "/v1/charges", { token: api.secret });
    expectProblem({ ...answer, headers: answer.headers }, 405, "malformed");
    expect(answer.headers.get("allow")).toBe("POST");
    expect((await api.send("DELETE", "/v1/balance")).headers.get("allow")).toBe("GET");
  });
});
