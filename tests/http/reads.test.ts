/** What customers read, over the API and by the portal's own routes: documented shapes, and nobody else's things. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { startSession } from "@/lib/accounts";
import { keyListSchema, memberListSchema } from "@/lib/accounts/schema";
import { priceListSchema } from "@/lib/catalogue/schema";
import { quoteAnswer } from "@/lib/gate/schema";
import { newId, organizationPublicId } from "@/lib/kernel/ids";
import { balanceHistorySchema, transactionDetailSchema, transactionListSchema } from "@/lib/ledger/schema";
import { database } from "@/lib/platform/db";
import { sessionCookie } from "@/lib/platform/session";
import { eventDetailSchema, eventListSchema, usageAnswerSchema } from "@/lib/usage/schema";
import { expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

type Charge = { id: string; transaction: string };
type Place = { params: Promise<{ organization: string; id?: string }> };
type Route = (request: Request, place: Place) => Promise<Response>;

let customer: Customer;
let other: Customer;
let charge: Charge;
let cookie: string;
const call = { endpoint: "chat", model: "gpt-4o", quantities: { input_token: 1_000, output_token: 1_000 } };

async function signIn(organizationId: string): Promise<string> {
  const [user] = await api.rows(`INSERT INTO "user" (email) VALUES ($1) RETURNING id`, [`${randomUUID()}@a.example`]);
  const sub = String(user?.id);
  await api.rows("INSERT INTO member (organization_id, user_id, role) VALUES ($1, $2, 'viewer')", [
    organizationId,
    sub,
  ]);
  const { token } = await startSession({ db: database(), now: new Date() }, { userId: sub });
  return `${sessionCookie()}=${token}`;
}

type Asked = RequestInit & { organization?: string };

async function ask(route: Route, query = "", id?: string, { organization, ...init }: Asked = {}): Promise<Response> {
  const request = new Request(`http://localhost/data${query}`, { ...init, headers: { cookie, ...init.headers } });
  const place = { organization: organization ?? customer.id, ...(id !== undefined && { id }) };
  return route(request, { params: Promise.resolve(place) });
}

async function answer<S extends z.ZodType>(schema: S, response: Promise<Response>): Promise<z.output<S>> {
  const text = await (await response).text();
  return schema.parse(JSON.parse(text));
}

const api = await gatewayApi("apertis");
beforeAll(async () => {
  customer = await api.customer({ credit: "1" });
  other = await api.customer({ credit: "1" });
  const body = { ...call, key: customer.key, tags: { project: "a" }, resource: { type: "run", id: "r-1" } };
  charge = (await api.post<Charge>("/v1/charges", body, { idempotencyKey: "my-key" })).body;
  cookie = await signIn(customer.organizationId);
});

describe("the API", () => {
  const get = <T>(path: string, token = customer.key) => api.send<T>("GET", path, { token });

  it("shows one call, to its own organization alone", async () => {
    const event = await get<z.infer<typeof eventDetailSchema>>(`/v1/usage/events/${charge.id}`);
    expect(eventDetailSchema.parse(event.body)).toMatchObject({ cost: "0.0125", hold: null, refunds: [] });
    expect(event.body.entries).toHaveLength(2);
    expect((await get(`/v1/usage/events/${event.body.id}`, api.secret)).text).toBe(event.text);
    const strange = expectProblem(await get(`/v1/usage/events/${charge.id}`, other.key), 404, "not_found");
    for (const id of [`${charge.id.slice(0, -1)}x`, "evt_none", charge.transaction])
      expect(expectProblem(await get(`/v1/usage/events/${id}`), 404, "not_found").status).toEqual(strange.status);
  });

  it("searches transactions exactly, in its own organization alone", async () => {
    for (const search of [charge.id, charge.transaction, "my-key", "r-1"]) {
      const path = `/v1/transactions?search=${encodeURIComponent(search)}`;
      const found = transactionListSchema.parse((await get(path)).body);
      expect(found.data.map(({ id }) => id)).toEqual([charge.transaction]);
      expect((await get(path, other.key)).body).toEqual({ data: [], nextCursor: null });
    }
    expectProblem(await get("/v1/transactions?search="), 422, "validation_failed");
  });

  it("filters usage by tag, and says which combination works", async () => {
    const sums = usageAnswerSchema.parse((await get("/v1/usage?tag=project:a")).body);
    expect(sums.totals.cost).toBe("0.0125");
    const log = eventListSchema.parse((await get("/v1/usage/events?tag=project:a&model=gpt-4o")).body);
    expect(log.data).toHaveLength(1);
    const both = usageAnswerSchema.parse((await get("/v1/usage?tag=project:a&model=gpt-4o")).body);
    expect(both.totals.cost).toBe("0.0125");
    const refused = expectProblem(await get("/v1/usage?tag=run:a&groupBy=model"), 422, "validation_failed");
    expect(refused.detail).toContain("tag:project");
    for (const query of ["tag=project", "tag=:a", "tag=project:", "tag=nothing:a", "member=me"])
      for (const path of ["/v1/usage", "/v1/usage/events", "/v1/usage/events.csv"])
        expectProblem(await get(`${path}?${query}`), 422, "validation_failed");
  });

  it("has no runs where the catalogue names none, and finds calls by a tag that is only logged", async () => {
    expectProblem(await get("/v1/runs"), 404, "not_found");
    expectProblem(await get("/v1/runs/r1"), 404, "not_found");
    expect(eventListSchema.parse((await get("/v1/usage/events?tag=run:none")).body).data).toEqual([]);
  });

  it("sends both files as streams that say how long they are", async () => {
    for (const [path, rows] of [
      ["/v1/usage/events.csv", 1],
      ["/v1/transactions.csv", 2],
    ] as const) {
      const file = await get<string>(path);
      expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
      expect(file.headers.get("x-total-rows")).toBe(String(rows));
      expect(file.text.trimEnd().split("\r\n")).toHaveLength(1 + rows);
      expect((await get(path, other.key)).text).not.toContain(charge.transaction);
    }
    expect((await get("/v1/transactions.csv?type=refund")).headers.has("x-total-rows")).toBe(false);
  });

  it("sends transactions as lines of JSON, the list in reverse order", async () => {
    const file = await get<string>("/v1/transactions.jsonl");
    expect(file.headers.get("content-type")).toBe("application/jsonl");
    expect(file.headers.get("x-total-rows")).toBe("2");
    const { data } = transactionListSchema.parse((await get("/v1/transactions")).body);
    const lines = file.text.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(data.reverse());
    expect((await get<string>("/v1/transactions.jsonl", other.key)).text).not.toContain(charge.transaction);
    expectProblem(await get("/v1/transactions.jsonl?from=yesterday"), 422, "validation_failed");
  });

  it("lists the prices", async () => {
    const list = priceListSchema.parse((await get("/v1/prices")).body);
    const price = list.prices.find(({ model }) => model === "gpt-4o");
    expect(price).toMatchObject({ endpoint: "chat", billable: true });
    expect(price?.lines[0]).toMatchObject({ meter: "input_token", unitAmount: "2.5", per: 1_000_000 });
    expect((await get("/v1/prices", api.secret)).body).toEqual(list);
    expect(list.discounts).toEqual([{ plan: "pro", name: "Pro", percent: 20 }]);
    expect(list.purchase).toEqual({
      from: "topUp",
      credit: "5",
      price: "5.00",
      currency: "USD",
      name: null,
      buys: [],
    });
    expect(price?.lines[0]).toMatchObject({ extra: false, discounted: { pro: "2" }, buys: 2_000_000 });
    expect(price?.provider).toBe("OpenAI");
    expectProblem(await api.send("GET", "/v1/prices"), 401, "unauthenticated");
  });
});

describe("a portal route", () => {
  it("reads the signed-in member's organization", async () => {
    const [keys, limits, members, prices, history, events, transactions] = await Promise.all([
      import("@/app/o/[organization]/data/keys/route"),
      import("@/app/o/[organization]/data/key-limits/route"),
      import("@/app/o/[organization]/data/members/route"),
      import("@/app/o/[organization]/data/prices/route"),
      import("@/app/o/[organization]/data/balance-history/route"),
      import("@/app/o/[organization]/data/events/[id]/route"),
      import("@/app/o/[organization]/data/transactions/[id]/route"),
    ]);
    const { data } = await answer(keyListSchema, ask(keys.GET));
    expect(data).toMatchObject([{ id: customer.keyId, spent30d: "0.0125", owner: null }]);
    const unsummed = data.map(({ spent30d: _, ...rest }) => rest);
    expect(await (await ask(limits.GET)).json()).toEqual({ data: unsummed });
    expect((await answer(memberListSchema, ask(members.GET))).data).toMatchObject([{ role: "viewer", name: null }]);
    expect((await answer(priceListSchema, ask(prices.GET))).unit).toBe("USD");
    const { days } = await answer(balanceHistorySchema, ask(history.GET, "?days=3"));
    expect(days.map(({ closing }) => closing)).toEqual(["0", "0", "0.9875"]);
    expect((await ask(history.GET, "?days=0")).status).toBe(422);
    const event = await answer(eventDetailSchema, ask(events.GET, "", charge.id));
    expect(event.transaction).toBe(charge.transaction);
    const detail = await answer(transactionDetailSchema, ask(transactions.GET, "", charge.transaction));
    expect(detail.id).toBe(charge.transaction);
    const strange = await api.post<Charge>("/v1/charges", { ...call, key: other.key });
    expect((await ask(events.GET, "", strange.body.id)).status).toBe(404);
    expect((await ask(transactions.GET, "", strange.body.transaction)).status).toBe(404);
    expect((await ask(keys.GET, "", undefined, { headers: { cookie: "" } })).status).toBe(401);
  });

  it("treats another tenant's organization as unknown, and never reads the reader's own for it", async () => {
    const [keys, csv] = await Promise.all([
      import("@/app/o/[organization]/data/keys/route"),
      import("@/app/o/[organization]/transactions.csv/route"),
    ]);
    const nobody = organizationPublicId(newId());
    for (const organization of [other.id, nobody, customer.organizationId, "org_", ""]) {
      for (const route of [keys.GET, csv.GET]) {
        const found = await ask(route, "", undefined, { organization });
        expect([found.status, await found.json()], organization).toMatchObject([404, { code: "not_found" }]);
      }
    }
  });

  it("quotes a call as the API does, and streams the transactions", async () => {
    const quote = await import("@/app/o/[organization]/data/quote/route");
    const headers = { "content-type": "application/json" };
    const post = (body: unknown) =>
      ask(quote.POST, "", undefined, { method: "POST", headers, body: JSON.stringify(body) });
    const own = await api.send("POST", "/v1/quotes", { token: customer.key, body: call });
    expect(await answer(quoteAnswer, post(call))).toEqual(own.body);
    expect(own.body).toMatchObject({ cost: "0.0125", affordable: true });
    expect((await post({ ...call, organization: other.id })).status).toBe(422);
    expect((await ask(quote.POST, "", undefined, { method: "POST", body: "x=1" })).status).toBe(415);
    const csv = await import("@/app/o/[organization]/transactions.csv/route");
    const file = await ask(csv.GET);
    expect(file.headers.get("x-total-rows")).toBe("2");
    expect(await file.text()).toContain(charge.transaction);
  });
});
