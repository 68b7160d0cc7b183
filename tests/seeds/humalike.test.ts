/** Humalike's page, sentence by sentence, as far as the gate makes it true. */
import { describe, expect, it } from "vitest";
import { expectBytes, expectProblem, gatewayApi, newcomer, PROBLEM } from "../fixtures/gateway";
import type { Call } from "../fixtures/gateway-calls";
import { ownerRows } from "../fixtures/ledger";
import { call, extract, ingest, personas, REFUSED } from "./humalike-calls";

const api = await gatewayApi("humalike");

describe("Those calls are billable and metered in credits", () => {
  const rows: [string, Call, string][] = [
    [
      "generating personas",
      call("personas", "generate", { persona: 3, input_token: 1_000, output_token: 2_000 }),
      "9.5",
    ],
    ["enhancing personas", call("personas", "enhance", { persona: 3, input_token: 200, output_token: 2_000 }), "6.1"],
    ["validating a population", call("populations", "validate", { persona: 30 }), "8.5"],
    ["extracting a Social Learning profile", extract(4_000, 1_000), "6.5"],
    ["a Theory of Mind foresee", call("theory-of-mind", "foresee", { input_token: 5, output_token: 1 }), "2.0064"],
    [
      "a Social Observability analysis",
      call("social-observability", "analyze", { input_token: 10_000, output_token: 1_000 }),
      "8.5",
    ],
    ["a Social Memory read", call("social-memory", "read", { input_token: 1_000, output_token: 1_000 }), "1"],
  ];
  it.each(rows)("%s", async (_sentence, billable, cost) => {
    const customer = await api.customer();
    await api.give(customer, "10");
    expect(await api.cost(customer, billable)).toBe(cost);
    expect(await api.available(customer)).toBe(api.amount(api.steps("110") - api.steps(cost)));
  });

  it.each([
    ["Plain writes (such as a Social Memory ingest)", ingest],
    ["reads of your own data: personas", call("personas", "list")],
    ["reads of your own data: populations", call("populations", "list")],
  ])("%s are not billable", async (_sentence, free) => {
    const customer = await api.customer();
    const { cost, transaction, funding } = await api.paid(customer, free);
    expect({ cost, transaction, funding }).toEqual({
      cost: "0",
      transaction: null,
      funding: { plan: "0", prepaid: "0" },
    });
    const { id, ceiling } = await api.held(customer, free);
    expect(ceiling).toBe("0");
    expect(await api.settled(id, {})).toMatchObject({ cost: "0", transaction: null });
    expect(await api.balance(customer)).toMatchObject({ available: "0", prepaid: { promotional: "0" } });
    expect(await api.transactions(customer)).toEqual([]);
    const { data } = await api.get<{ data: unknown[] }>(customer, "/v1/usage/events");
    expect(data).toHaveLength(2);
  });
});

describe("How a call is priced", () => {
  it("Priced before it runs: larger inputs and longer outputs cost more", async () => {
    const costs = [extract(1_000, 100), extract(2_000, 100), extract(2_000, 200), extract(2_001, 200)].map(
      async (row) => (await api.quoted(undefined, row)).cost,
    );
    expect(await Promise.all(costs)).toEqual(["3.65", "4.15", "4.3", "4.3005"]);
  });

  it("checked against your balance before any work begins", async () => {
    const customer = await api.customer();
    const first = await api.held(customer, personas(40));
    expect(first.available).toBe("20");
    expectBytes(await api.hold(customer, personas(11)), REFUSED);
    await api.held(customer, personas(10));
    expect(await api.balance(customer)).toMatchObject({ available: "0", held: "100" });
  });

  it("Capped at that price: a call never costs more than the price computed up front", async () => {
    const customer = await api.customer();
    const { id, ceiling } = await api.held(customer, extract(1_000, 1_000));
    expect(ceiling).toBe("5");
    expect(await api.settled(id, { input_token: 1_000, output_token: 9_000 })).toMatchObject({
      cost: "5",
      waived: "12",
      available: "95",
    });
  });

  it("You pay for the work actually done, up to that ceiling", async () => {
    const customer = await api.customer();
    const { id } = await api.held(customer, extract(1_000, 1_000));
    expect(await api.settled(id, { input_token: 1_000, output_token: 400 })).toMatchObject({
      cost: "4.1",
      released: "0.9",
      waived: "0",
      available: "95.9",
    });
  });

  it("Failed calls cost zero", async () => {
    const customer = await api.customer();
    const { id } = await api.held(customer, personas(10));
    expect(await api.released(id)).toMatchObject({ released: "20", available: "100" });
    expect(await api.transactions(customer, "?type=deduction")).toEqual([]);
    const { data } = await api.get<{ data: unknown[] }>(customer, "/v1/usage/events");
    expect(data).toEqual([]);
  });
});

describe("402 Payment Required", () => {
  it('{"error": {"code": "PAYMENT_REQUIRED", "message": "insufficient credits"}}', async () => {
    const customer = await api.customer();
    expectBytes(await api.hold(customer, personas(51)), REFUSED);
    expectBytes(await api.charge(customer, personas(51), {}, { headers: { accept: "*/*" } }), REFUSED);
    expectProblem(await api.hold(customer, personas(51), {}, PROBLEM), 402, "insufficient_credits");
  });

  it("other refusals of payment keep the envelope with a code of their own", async () => {
    const customer = await api.customer();
    const limited = await api.keyOf(customer, { month: api.steps("1") });
    const message = "This call would exceed the key's month limit. Raise the limit, or wait until it resets.";
    expectBytes(await api.hold(limited, personas(1)), `{"error":{"code":"key_limit_exceeded","message":"${message}"}}`);
  });

  it("the same request will keep getting rejected for the same reason; top up, then retry the call", async () => {
    const customer = await api.customer();
    const same = { idempotencyKey: "the-same" };
    expectBytes(await api.charge(customer, personas(51), {}, same), REFUSED);
    expectBytes(await api.charge(customer, personas(51), {}, same), REFUSED);
    await api.give(customer, "2");
    expect(await api.charge(customer, personas(51), {}, same)).toMatchObject({
      status: 201,
      body: { cost: "102", available: "0" },
    });
  });

  it("Or shrink the request so its price drops below your remaining balance", async () => {
    const customer = await api.customer();
    expectBytes(await api.charge(customer, personas(60)), REFUSED);
    expect((await api.paid(customer, personas(49))).available).toBe("2");
  });

  it("the call did not run, and you were not charged", async () => {
    const customer = await api.customer();
    expectBytes(await api.charge(customer, personas(51)), REFUSED);
    expect(await api.balance(customer)).toMatchObject({ available: "100", held: "0", debt: "0" });
    expect(await api.transactions(customer, "?type=deduction")).toEqual([]);
  });
});

describe("a new account, before its first billable call,", () => {
  const WELCOME = { available: "0", spendable: "100", firstCall: "100", level: "normal", reason: null, action: null };

  it("is not alarmed: its level and its quotes count what the first call brings", async () => {
    const customer = await newcomer();
    expect(await api.balance(customer)).toMatchObject(WELCOME);
    expect((await api.quoted(customer, personas(50))).affordable).toBe(true);
    expect((await api.quoted({ organization: customer.id }, personas(50))).affordable).toBe(true);
    expect((await api.quoted(customer, personas(51))).affordable).toBe(false);
    // A quote brings nothing, and neither does a free call.
    await api.paid(customer, ingest);
    expect(await api.balance(customer)).toMatchObject(WELCOME);
    expect(await api.transactions(customer)).toEqual([]);
  });

  it("has the allowance once, whatever was quoted before", async () => {
    const customer = await newcomer();
    await api.quoted(customer, personas(1));
    expect((await api.paid(customer, personas(50))).available).toBe("0");
    const spent = { spendable: "0", firstCall: "0", level: "critical", reason: "balance", action: "add_funds" };
    expect(await api.balance(customer)).toMatchObject(spent);
    expect((await api.quoted(customer, personas(1))).affordable).toBe(false);
  });

  it("expects nothing in a person's further organization", async () => {
    const customer = await newcomer();
    await ownerRows(
      `INSERT INTO idempotency_record (organization_id, scope, idempotency_key, request_hash, answer)
       VALUES ($1, 'signup', 'further', gen_random_uuid(), '{}')`,
      [customer.organizationId],
    );
    expect(await api.balance(customer)).toMatchObject({ spendable: "0", firstCall: "0", level: "critical" });
    expect((await api.quoted(customer, personas(1))).affordable).toBe(false);
  });
});
