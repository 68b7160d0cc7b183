/** What a gateway may get wrong, item by item: the answer's status and code, and that no row was written. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

let customer: Customer;
const TABLES = [
  "organization",
  "hold",
  "transaction",
  "entry",
  "ledger.usage_event",
  "usage_rollup",
  '"grant"',
  "idempotency_record",
];

async function counts(): Promise<string> {
  const selects = TABLES.map((table) => `(SELECT count(*) FROM ${table})`).join(", ");
  return JSON.stringify(
    await api.rows(
      `SELECT concat_ws(' ', ${selects}, (SELECT sum(remaining) || ' ' || sum(held) FROM "grant")) AS all`,
    ),
  );
}

async function refuses(
  body: unknown,
  status: number,
  code: string,
  path = "/v1/holds",
  headers: Record<string, string> = {},
) {
  const before = await counts();
  const answer = await api.send("POST", path, { token: api.secret, body, idempotencyKey: randomUUID(), headers });
  const problem = expectProblem(answer, status, code);
  expect(await counts()).toBe(before);
  return problem;
}

const hold = (changes: Record<string, unknown> = {}) => ({
  key: customer.key,
  endpoint: "chat",
  model: "gpt-4o",
  quantities: { input_token: 10, output_token: 10 },
  ...changes,
});
const holdText = (quantity: string) =>
  JSON.stringify(hold({ quantities: { input_token: "Q" } })).replace('"Q"', quantity);

const api = await gatewayApi("apertis");
beforeAll(async () => {
  customer = await api.customer({ credit: "10" });
});

describe("a body that cannot be read", () => {
  it.each([
    ["cut off", '{"key":'],
    ["empty", ""],
    ["a bare NaN", "NaN"],
    ["NaN as a quantity", () => holdText("NaN")],
    ["Infinity as a quantity", () => holdText("Infinity")],
    ["a leading zero", () => holdText("01")],
    ["a trailing comma", "{},"],
    ["single quotes", "{'key':1}"],
    ["a raw NUL", '{"key":"a\0b"}'],
  ])("is 400: %s", async (_, body) => {
    await refuses(typeof body === "string" ? body : body(), 400, "malformed");
  });

  it("is 400 when its bytes are not UTF-8", async () => {
    const { apiFetch } = await import("@/lib/adapters/http/app");
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0xef, 0xbb, 0xbf, 0x7b, 0x7d],
    ]) {
      const request = new Request("http://localhost/v1/holds", {
        method: "POST",
        headers: {
          authorization: `Bearer ${api.secret}`,
          "content-type": "application/json",
          "idempotency-key": "k",
        },
        body: new Uint8Array(bytes),
      });
      const answer = await apiFetch(request);
      expect([answer.status, (await answer.json()).code]).toEqual([400, "malformed"]);
    }
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "application/jsonp"])(
    "is 415 with the type %s",
    async (type) => {
      await refuses(hold(), 415, "unsupported_media_type", "/v1/holds", { "content-type": type });
    },
  );

  it("is 415 with a content encoding", async () => {
    await refuses(hold(), 415, "unsupported_media_type", "/v1/holds", { "content-encoding": "gzip" });
  });

  it("differs from JSON with a charset of UTF-8, which is accepted", async () => {
    const headers = { "content-type": "application/json; charset=UTF-8" };
    const answer = await api.send("POST", "/v1/quotes", {
      token: api.secret,
      body: { ...hold(), key: undefined },
      headers,
    });
    expect(answer.status).toBe(200);
  });

  it("is 413 above 1 MB, by its length and without one", async () => {
    const body = JSON.stringify(hold({ fingerprint: "x".repeat(1_000_001) }));
    await refuses(body, 413, "payload_too_large");
    await refuses(body, 413, "payload_too_large", "/v1/holds", { "content-length": String(body.length) });
  });
});

describe("a wrong body", () => {
  it.each<[string, () => unknown, string]>([
    ["an unknown field", () => hold({ extra: 1 }), "extra"],
    ["a field named __proto__", () => `{"__proto__":{"a":1},${JSON.stringify(hold()).slice(1)}`, "__proto__"],
    ["a meter named __proto__", () => JSON.stringify(hold()).replace("input_token", "__proto__"), "__proto__"],
    ["an escaped __proto__", () => JSON.stringify(hold()).replace("input_token", "\\u005f_proto__"), "__proto__"],
    ["no model", () => hold({ model: undefined }), "model"],
    ["a model that is a number", () => hold({ model: 4 }), "model"],
    ["an unknown model", () => hold({ model: "gpt-9" }), "model"],
    ["an unknown endpoint", () => hold({ endpoint: "nope" }), "endpoint"],
    ["an unknown meter", () => hold({ quantities: { lightyear: 1 } }), "quantities.lightyear"],
    ["an unknown option", () => hold({ options: { turbo: true } }), "options.turbo"],
    ["an unknown tag", () => hold({ tags: { weather: "rain" } }), "tags.weather"],
    ["a negative quantity", () => hold({ quantities: { input_token: -1 } }), "quantities.input_token"],
    ["a fraction", () => hold({ quantities: { input_token: 1.5 } }), "quantities.input_token"],
    ["1e309", () => holdText("1e309"), "quantities.input_token"],
    ["2^53", () => holdText("9007199254740992"), "quantities.input_token"],
    ["2^53 as text", () => hold({ quantities: { input_token: "9007199254740992" } }), "quantities.input_token"],
    ["a rounded 2^64", () => holdText("18446744073686646784"), "quantities.input_token"],
    ["a quantity as words", () => hold({ quantities: { input_token: "ten" } }), "quantities.input_token"],
    ["quantities as a list", () => hold({ quantities: [1] }), "quantities"],
    ["null for quantities", () => hold({ quantities: null }), "quantities"],
    ["both key and organization", () => hold({ organization: customer.id }), "key"],
    ["neither key nor organization", () => hold({ key: undefined }), "key"],
    ["NUL in text", () => hold({ fingerprint: "a\0b" }), "fingerprint"],
    ["a lone surrogate", () => JSON.stringify(hold({ fingerprint: "x" })).replace('"x"', '"\\ud800"'), "fingerprint"],
    ["NUL in a tag", () => hold({ tags: { project: "a\0" } }), "tags.project"],
    ["a tag that is too long", () => hold({ tags: { project: "x".repeat(65) } }), "tags.project"],
    ["a hold of zero seconds", () => hold({ expiresIn: 0 }), "expiresIn"],
    ["a hold of two days", () => hold({ expiresIn: 172_800 }), "expiresIn"],
    ["a hold of half a second", () => hold({ expiresIn: 0.5 }), "expiresIn"],
    ["a list instead of a body", () => [], "body"],
    ["a word instead of a body", () => '"hold"', "body"],
  ])("is 422 and names the field: %s", async (_, body, field) => {
    const problem = await refuses(body(), 422, "validation_failed");
    expect(problem.errors).toContainEqual({ field, message: expect.any(String) });
  });

  it.each<[string, string | undefined]>([
    ["no Idempotency-Key", undefined],
    ["a key with a space", "a b"],
    ["a key of 256 characters", "x".repeat(256)],
    ["a key beyond ASCII", "é"],
  ])("is 422 and names the header: %s", async (_, idempotencyKey) => {
    const headers: Record<string, string> = idempotencyKey ? { "idempotency-key": idempotencyKey } : {};
    for (const path of ["/v1/holds", "/v1/charges"]) {
      const answer = await api.send("POST", path, { token: api.secret, body: hold(), headers });
      const { errors } = expectProblem(answer, 422, "validation_failed");
      expect(errors).toEqual([{ field: "Idempotency-Key", message: expect.any(String) }]);
    }
  });

  it("is refused and breaks nothing when it is deep", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    await refuses(deep, 422, "validation_failed");
    await refuses(`{"\\u0061":${deep}}`, 422, "validation_failed");
  });

  it.each(["0", "-1", "1e3", "NaN", "1,5", "", "0.00", " 1", "1.0000000001", "99999999999999999999"])(
    "is 422 as a refund of %j",
    async (amount) => {
      const { body } = await api.post<{ id: string }>("/v1/charges", hold());
      await refuses({ amount, reason: "test" }, 422, "validation_failed", `/v1/charges/${body.id}/refund`);
    },
  );

  it("is 422 when occurredAt is too far back, ahead, or no time", async () => {
    for (const occurredAt of ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "yesterday", "2026-02-30T00:00:00Z", 1]) {
      await refuses(hold({ occurredAt }), 422, "validation_failed", "/v1/charges");
    }
  });
});

describe("a batch", () => {
  it.each<[string, unknown]>([
    ["1,001 items", { items: Array.from({ length: 1_001 }, () => ({})) }],
    ["no items", { items: [] }],
    ["items as an object", { items: {} }],
    ["an unknown field", { items: [{}], atomic: true }],
  ])("is 422 with %s", async (_, body) => {
    await refuses(body, 422, "validation_failed", "/v1/batch");
  });

  it("refuses its wrong items alone, each in its place", async () => {
    const before = await counts();
    const items = [
      { operation: "nope" },
      7,
      { operation: "hold", ...hold(), idempotencyKey: "a", extra: 1 },
      { operation: "hold", ...hold() },
    ];
    const answer = await api.post<{ results: { status: number; body: { code: string } }[] }>("/v1/batch", { items });
    expect(answer.status).toBe(200);
    expect(answer.body.results.map(({ status, body }) => [status, body.code])).toEqual(
      items.map(() => [422, "validation_failed"]),
    );
    expect(await counts()).toBe(before);
  });
});
