/** The end of Humalike's page: one route that sums up what an account used. */
import { describe, expect, it } from "vitest";
import { daysAgo, expectEnvelope, gatewayApi } from "../fixtures/gateway";
import type { Call, Customer } from "../fixtures/gateway-calls";

const api = await gatewayApi("humalike");

const PATH = "/v1/credits/projections/usage-summary";
const PRODUCTS = ["personas", "social-learning", "theory-of-mind", "social-observability", "social-memory"];
const call = (endpoint: string, model: string, quantities: Record<string, number> = {}): Call => ({
  endpoint,
  model,
  quantities,
});
const personas = (persona: number) => call("personas", "generate", { persona });
const ago = (days: number) => ({ occurredAt: daysAgo(days).toISOString() });
/** The last seven days in UTC, today the last. */
const week = () =>
  Array.from({ length: 7 }, (_, index) =>
    daysAgo(6 - index)
      .toISOString()
      .slice(0, 10),
  );

const none = () => ({
  totals30d: { credits: "0", calls: 0 },
  byProduct: PRODUCTS.map((product) => ({ product, credits: "0", calls: 0 })),
  daily7d: week().map((date) => ({ date, credits: "0" })),
});
type Summary = ReturnType<typeof none>;

async function summary(customer: Customer, body?: object): Promise<Summary> {
  const answer = await api.send<Summary>("POST", PATH, { token: customer.key, ...(body && { body }) });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json");
  return answer.body;
}

describe("POST /v1/credits/projections/usage-summary", () => {
  it("returns zeros where nothing was used, with and without a body", async () => {
    const customer = await api.customer();
    expect(await summary(customer)).toEqual(none());
    expect(await summary(customer, {})).toEqual(none());
  });

  it("returns zeros to a gateway for an account that does not exist yet", async () => {
    const answer = await api.send("POST", `${PATH}?organization=nobody-yet`, { token: api.secret });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(none());
  });

  it("returns 30-day totals, a per-product breakdown, and a 7-day daily series", async () => {
    const customer = await api.customer();
    await api.paid(customer, personas(1));
    await api.paid(customer, call("populations", "validate", { persona: 8 }));
    await api.paid(customer, call("social-memory", "read"), ago(3));
    await api.paid(customer, call("social-memory", "read"), ago(6));
    await api.paid(customer, personas(2), ago(7));
    await api.paid(customer, call("theory-of-mind", "foresee"), ago(29));
    await api.paid(customer, personas(10), ago(30));
    const { totals30d, byProduct, daily7d } = await summary(customer);
    expect(totals30d).toEqual({ credits: "11.4", calls: 6 });
    expect(byProduct).toEqual([
      { product: "personas", credits: "9", calls: 3 },
      { product: "social-learning", credits: "0", calls: 0 },
      { product: "theory-of-mind", credits: "2", calls: 1 },
      { product: "social-observability", credits: "0", calls: 0 },
      { product: "social-memory", credits: "0.4", calls: 2 },
    ]);
    const credits = ["0.2", "0", "0", "0.2", "0", "0", "5"];
    expect(daily7d).toEqual(week().map((date, index) => ({ date, credits: credits[index] })));
  });

  it("counts neither failed calls nor free ones nor those that were given back", async () => {
    const customer = await api.customer();
    await api.released((await api.held(customer, personas(5))).id);
    await api.paid(customer, call("social-memory", "ingest", { input_token: 900 }));
    await api.paid(customer, call("personas", "list"));
    await api.refunded((await api.paid(customer, personas(3))).id);
    expect(await summary(customer)).toEqual(none());
    const { id } = await api.held(customer, call("social-learning", "extract", { output_token: 1_000 }));
    await api.settled(id, { output_token: 400 });
    expect((await summary(customer)).totals30d).toEqual({ credits: "3.6", calls: 1 });
  });

  it("cuts days in UTC, whatever the account's time zone", async () => {
    const customer = await api.customer({ timeZone: "Asia/Kathmandu" });
    const midnight = new Date(daysAgo(2));
    midnight.setUTCHours(0, 0, 0, 0);
    await api.paid(customer, personas(1), { occurredAt: new Date(midnight.getTime() - 1).toISOString() });
    await api.paid(customer, personas(2), { occurredAt: midnight.toISOString() });
    const { daily7d } = await summary(customer);
    expect(daily7d.map(({ credits }) => credits)).toEqual(["0", "0", "0", "2", "4", "0", "0"]);
  });

  it("pulls your own billing data: of the whole account, and of nobody else", async () => {
    const customer = await api.customer();
    const colleague = await api.keyOf(customer);
    const other = await api.customer();
    await api.paid(customer, personas(1));
    expect((await summary(colleague)).totals30d).toEqual({ credits: "2", calls: 1 });
    expect((await summary(other)).totals30d).toEqual({ credits: "0", calls: 0 });
    expectEnvelope(await api.send("POST", PATH), 401, "unauthenticated");
  });
});
