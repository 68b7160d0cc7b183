/** Whatever is sent, the answer is documented: never a 5xx, never a word of our insides. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

let customer: Customer;
let holdId: string;

const api = await gatewayApi("apertis");
beforeAll(async () => {
  customer = await api.customer({ credit: "1000" });
  const hold = { key: customer.key, endpoint: "chat", model: "gpt-4o", quantities: { input_token: 1 } };
  holdId = (await api.post<{ id: string }>("/v1/holds", hold)).body.id;
});

const odd = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ...[-1, 0, 1.5, 2 ** 53, 1e308, "1e5", "NaN", "", "\0", "\ud800", "9007199254740991", 9007199254740991],
  ),
  fc.constantFrom(
    {},
    [],
    null,
    true,
    { __proto__: null },
    { constructor: 1 },
    { toString: "x" },
    { hasOwnProperty: 1 },
  ),
  fc.constantFrom(
    "org_x",
    "key_x",
    "hold_x",
    "2026-13-01T00:00:00Z",
    "+010000-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z",
  ),
);
const FIELDS = ["key", "organization", "endpoint", "model", "quantities", "options", "tags", "resource", "fingerprint"];
const MORE = [
  "expiresIn",
  "occurredAt",
  "reason",
  "amount",
  "items",
  "operation",
  "idempotencyKey",
  "id",
  "constructor",
];
const field = fc.constantFrom(...FIELDS, ...MORE);
/** A body that is right but for some fields, so that what is behind the first check is reached, too. */
const body = fc
  .tuple(fc.boolean(), fc.dictionary(field, odd, { maxKeys: 3 }))
  .map(([whole, changes]) => (whole ? { ...good(), ...changes } : changes));
const good = () => ({ key: customer.key, endpoint: "chat", model: "gpt-4o", quantities: { input_token: 1 } });
const posts = fc.constantFrom(
  ...["/v1/quotes", "/v1/holds", "/v1/charges", "/v1/batch", "/v1/holds/ID/settle", "/v1/holds/ID/extend"],
  ...["/v1/holds/ID/release", "/v1/charges/ID/refund", "/v1/credits/projections/usage-summary"],
);

const isDocumented = (status: number) => status < 500;

describe("any body", () => {
  it("gets a response as documented", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        posts,
        fc.oneof(body, odd, fc.record({ items: fc.array(body, { maxLength: 4 }) })),
        async (path, sent) => {
          const answer = await api.send("POST", path.replace("ID", holdId), {
            token: api.secret,
            body: JSON.stringify(sent),
            idempotencyKey: randomUUID(),
          });
          expect(isDocumented(answer.status), `${path} ${JSON.stringify(sent)} → ${answer.text}`).toBe(true);
          if (path === "/v1/batch" && answer.status === 200) expect(answer.text).not.toMatch(/"status":5/);
        },
      ),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 400) },
    );
  });
});

describe("any query", () => {
  it("gets a response as documented", { timeout: 120_000 }, async () => {
    const names = ["organization", "key", "from", "to", "limit", "cursor", "type", "groupBy", "interval", "timezone"];
    const name = fc.constantFrom(...names, "endpoint", "model", "successfulOnly", "totals", "x");
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      odd.map((value) => JSON.stringify(value)),
      fc.constantFrom(
        "tag:project",
        "day",
        "2026-11-01",
        "9999-12-31",
        "0001-01-01",
        "W10",
        "WyIxIl0",
        "tag:__proto__",
        "model,model",
      ),
    );
    const gets = fc.constantFrom(
      "/v1/balance",
      "/v1/transactions",
      "/v1/usage",
      "/v1/usage/events",
      "/v1/usage/events.csv",
      "/api/user/self",
      "/v1/transactions/ID",
    );
    await fc.assert(
      fc.asyncProperty(gets, fc.dictionary(name, value, { maxKeys: 3 }), fc.string(), async (path, query, id) => {
        const search = new URLSearchParams(Object.entries(query)).toString();
        const answer = await api.send("GET", `${path.replace("ID", encodeURIComponent(id))}?${search}`, {
          token: customer.key,
        });
        expect(isDocumented(answer.status), `${path}?${search} → ${answer.text}`).toBe(true);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 400) },
    );
  });
});
