/** When something of ours fails: the caller learns that it may try again, and nothing else. */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { TollgateError } from "@/lib/kernel/errors";
import { expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

let customer: Customer;

const api = await gatewayApi("pleyor");
beforeAll(async () => {
  customer = await api.customer({ credit: "10" });
});

async function refusalOf(error: unknown) {
  const { refusal } = await import("@/lib/adapters/http/problem");
  return refusal(error, undefined);
}

describe("an unexpected error", () => {
  it("is 500 without a word of it", async () => {
    for (const error of [new Error("secret detail"), new TypeError("x is undefined"), "text", null, { code: 7 }]) {
      const { status, text } = await refusalOf(error);
      expect([status, JSON.parse(text)]).toEqual([
        500,
        { type: "/docs#internal", title: "Something failed on our side", status: 500, code: "internal" },
      ]);
    }
  });

  it("is 503 with Retry-After when the database is away", async () => {
    const away = [
      Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
      Object.assign(new Error("terminating connection"), { code: "57P01" }),
      new Error("Connection terminated unexpectedly"),
      new Error("Client has encountered a connection error and is not queryable"),
      new Error("outer", { cause: Object.assign(new Error("inner"), { code: "53300" }) }),
      // As Prisma and its driver say it.
      Object.assign(new Error("too many connections"), { code: "P2037" }),
      new Error("driver", { cause: { kind: "ConnectionClosed" } }),
      new Error("driver", { cause: { kind: "postgres", code: "57P01" } }),
      Object.assign(new Error("raw"), { code: "P2010", meta: { driverAdapterError: { cause: { code: "57P01" } } } }),
    ];
    for (const error of away) {
      const { status, text, headers } = await refusalOf(error);
      expect([status, headers["retry-after"], JSON.parse(text).code]).toEqual([503, "1", "overloaded"]);
    }
  });

  it("reaches the caller of a route like that", async () => {
    const { database } = await import("@/lib/platform/db");
    const spy = vi.spyOn(database().read, "query").mockImplementation(() => {
      throw Object.assign(new Error("password=hunter2"), { code: "XX000" });
    });
    try {
      const answer = await api.send("GET", "/v1/balance", { token: customer.key });
      expectProblem(answer, 500, "internal");
      expect(answer.text).not.toContain("hunter2");
    } finally {
      spy.mockRestore();
    }
  });
});

describe("a refusal that ends with time", () => {
  it.each(["rate_limited", "overloaded"] as const)("names the seconds to wait in its header: %s", async (code) => {
    const { headers, text } = await refusalOf(new TollgateError(code, "Wait.", { retryAfter: 3_600 }));
    expect([headers["retry-after"], JSON.parse(text).retryAfter]).toEqual(["3600", 3_600]);
    expect(headers).not.toHaveProperty("ratelimit");
  });
});

describe("the details of a problem", () => {
  it("never replace its own fields, and print large counts", async () => {
    const { text } = await refusalOf(
      new TollgateError("conflict", "It has ended.", { state: "settled", status: 7, count: 2n ** 60n }),
    );
    expect(JSON.parse(text)).toMatchObject({
      status: 409,
      code: "conflict",
      state: "settled",
      count: (2n ** 60n).toString(),
    });
  });
});

describe("a catalogue without a dialect", () => {
  it("makes a 402 a problem", async () => {
    const poor = await api.customer();
    const [price] = (await import("@/lib/catalogue")).currentCatalogue().catalogue.prices;
    const quantities = Object.fromEntries([...(price?.maxima ?? [])].map(([meter]) => [meter, 1]));
    const body = { key: poor.key, endpoint: price?.endpoint, model: price?.model, quantities };
    let answer = await api.post("/v1/holds", body);
    for (let calls = 1; answer.status === 201 && calls < 100; calls += 1) answer = await api.post("/v1/holds", body);
    expectProblem(answer, 402, "insufficient_credits");
  });
});
