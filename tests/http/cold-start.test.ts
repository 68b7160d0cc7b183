/** A process that has just started gets hundreds of calls at once: what many of them wait for is asked once. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { describe, expect, it, vi } from "vitest";
import { createGatewaySecret, revokeGatewaySecret } from "@/lib/accounts";
import { subscribe } from "@/lib/ledger";
import { gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

const CALLS = 512;

const api = await gatewayApi("apertis");

/** As after a restart: no connection is open, nothing is remembered. What is asked from here on is counted. */
async function restart() {
  const { closeDatabase, database } = await import("@/lib/platform/db");
  const { startCatalogue } = await import("@/lib/catalogue");
  await closeDatabase();
  // The coalescer's lanes are made again on the new connections.
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("tollgate.coalescer")];
  const db = database();
  await startCatalogue(db);
  const asked: string[] = [];
  for (const pool of [db.read, db.gate]) {
    const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<pg.QueryResult>;
    vi.spyOn(pool, "query").mockImplementation(((...given: unknown[]) => {
      const [first] = given as [string | { text: string }];
      asked.push(typeof first === "string" ? first : first.text);
      return query(...given);
    }) as never);
  }
  return (what: RegExp) => asked.filter((text) => what.test(text)).length;
}

const body = (customer: Customer) => ({
  ...{ key: customer.key, endpoint: "chat", model: "gpt-4o" },
  quantities: { input_token: 10, output_token: 10 },
});

async function chargeAtOnce(customers: Customer[], token: string): Promise<number[]> {
  const calls = Array.from({ length: CALLS }, (_, n) =>
    api.send("POST", "/v1/charges", {
      ...{ token, idempotencyKey: randomUUID() },
      body: body(customers[n % customers.length] as Customer),
    }),
  );
  return [...new Set((await Promise.all(calls)).map(({ status }) => status))];
}

describe("a process that has just started", () => {
  it("looks up a secret, each key and each plan once for 512 calls at once, and refuses none", async () => {
    const { secret } = await createGatewaySecret(api.operator(), { name: "cold" });
    const customers = await Promise.all(Array.from({ length: 4 }, () => api.customer({ credit: "10" })));
    for (const { organizationId } of customers) {
      const ctx = { ...api.operator(), organizationId };
      await subscribe(ctx, { plan: "pro", idempotencyKey: randomUUID() });
    }
    const asked = await restart();
    expect(await chargeAtOnce(customers, secret)).toEqual([201]);
    expect(asked(/find_gateway_secret/)).toBe(1);
    expect(asked(/find_key/)).toBe(customers.length);
    // Once when the first batch was priced without the plan; a reading that a later batch found too old is one more.
    expect(asked(/find_terms/)).toBeLessThanOrEqual(2 * customers.length);
  });

  it("reads an older version of the catalogue once for all holds that it priced", async () => {
    const { secret: token } = await createGatewaySecret(api.operator(), { name: "old" });
    const customer = await api.customer({ credit: "10" });
    const holds = await Promise.all(
      Array.from({ length: 64 }, () => api.post<{ id: string }>("/v1/holds", body(customer))),
    );
    const { applyCatalogue, readCatalogueText } = await import("@/lib/catalogue");
    const { text } = await readCatalogueText("apertis");
    await applyCatalogue(api.operator(), { text: `${text}\n# another version\n`, fileName: "apertis" });
    const asked = await restart();
    const { quantities } = body(customer);
    const settled = holds.map(({ body: { id } }) =>
      api.send("POST", `/v1/holds/${id}/settle`, { token, body: { quantities }, idempotencyKey: randomUUID() }),
    );
    expect(new Set((await Promise.all(settled)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(asked(/FROM "public"."catalogue_version" WHERE/)).toBe(1);
  });

  it("forgets a look-up that failed", async () => {
    const { secret } = await createGatewaySecret(api.operator(), { name: "fails" });
    const customer = await api.customer({ credit: "10" });
    await restart();
    const { database } = await import("@/lib/platform/db");
    const lost = Object.assign(new Error("terminating connection"), { code: "57P01" });
    vi.spyOn(database().gate, "query").mockRejectedValueOnce(lost as never);
    expect((await chargeAtOnce([customer], secret)).sort()).toEqual([503]);
    expect(await chargeAtOnce([customer], secret)).toEqual([201]);
  });

  it("refuses a revoked secret at once, whatever it remembers", async () => {
    const { secret, id } = await createGatewaySecret(api.operator(), { name: "revoked" });
    const customer = await api.customer({ credit: "10" });
    expect(await chargeAtOnce([customer], secret)).toEqual([201]);
    await revokeGatewaySecret(api.operator(), { id });
    expect(await chargeAtOnce([customer], secret)).toEqual([401]);
  });
});
