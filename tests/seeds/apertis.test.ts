/** Apertis' page, sentence by sentence, as far as the gate makes it true. */
import { describe, expect, it } from "vitest";
import { applyCatalogue, readCatalogueText, startCatalogue } from "@/lib/catalogue";
import { charge } from "@/lib/gate";
import { daysAgo, expectBytes, expectProblem, gatewayApi, PROBLEM } from "../fixtures/gateway";
import type { Call, Customer } from "../fixtures/gateway-calls";

const api = await gatewayApi("apertis");

const call = (model: string, input_token: number, output_token = 0): Call => ({
  endpoint: "chat",
  model,
  quantities: { input_token, output_token },
});
/** A quota unit is $0.000002 (500,000 are $1): one input token of this model. */
const units = (count: number) => call("gpt-4.1", count);
const ONE_DOLLAR = 500_000;

const EXHAUSTED =
  '{"error":{"message":"Insufficient account balance","type":"billing_error","code":"insufficient_balance"}}';
const PAYG_OFF =
  '{"error":{"message":"The plan\'s allowance is used up and PAYG fallback is off. Turn it on, or upgrade the plan.","type":"billing_error","code":"payg_disabled"}}';
const PAYG_LIMIT =
  '{"error":{"message":"This call would exceed the PAYG limit of this cycle. Raise the limit, or wait for the next cycle.","type":"billing_error","code":"payg_limit_reached"}}';

/** On the plan without a discount, with its $20 used up to the given number of quota units, and a prepaid balance. */
async function subscriber(left: number, prepaid: string): Promise<Customer> {
  const customer = await api.customer();
  await api.give(customer, prepaid);
  await api.subscribe(customer, "basic");
  await api.paid(customer, units(20 * ONE_DOLLAR - left));
  return customer;
}

describe("Pay-As-You-Go (PAYG)", () => {
  it("use the API without a subscription by paying for what you use", async () => {
    const customer = await api.customer();
    expect(await api.balance(customer)).toMatchObject({ unit: "USD", available: "0", plan: null, payg: null });
    expectBytes(await api.charge(customer, units(1)), EXHAUSTED);
    await api.give(customer, "5");
    const { cost, funding, available } = await api.paid(customer, units(ONE_DOLLAR));
    expect({ cost, funding, available }).toEqual({
      cost: "1",
      funding: { plan: "0", prepaid: "1" },
      available: "4",
    });
  });

  it("Quota Reset: never for PAYG (balance-based), monthly cycle for a subscription", async () => {
    const customer = await api.customer({ at: daysAgo(90) });
    await api.give(customer, "5", "purchased", daysAgo(80));
    await api.subscribe(customer, "basic", daysAgo(40));
    expect(await api.balance(customer)).toMatchObject({ available: "5", plan: { remaining: "0" } });
    expectBytes(await api.charge(customer, units(1)), PAYG_OFF);
    const [expiry] = await api.transactions(customer);
    expect(expiry).toMatchObject({ type: "expiry", amount: "-20", funding: { plan: "-20", prepaid: "0" } });
  });

  it("Pricing: standard rates without a subscription, discounted rates with one", async () => {
    const customer = await api.customer();
    await api.give(customer, "10");
    expect(await api.cost(customer, units(ONE_DOLLAR))).toBe("1");
    await api.subscribe(customer, "pro");
    expect(await api.cost(customer, units(ONE_DOLLAR))).toBe("0.8");
    expect(await api.balance(customer)).toMatchObject({ plan: { allowance: "50", remaining: "49.2" } });
  });
});

describe("Cost = (Input Tokens × Input Rate) + (Output Tokens × Output Rate)", () => {
  const rows: [string, Call, string][] = [
    ["gpt-3.5-turbo", call("gpt-3.5-turbo", 1_234, 567), "0.0014675"],
    ["gpt-4o-mini", call("gpt-4o-mini", 1_234, 567), "0.0005253"],
    ["gpt-4o", call("gpt-4o", 1_234, 567), "0.008755"],
    ["gpt-4.1", call("gpt-4.1", 1_234, 567), "0.007004"],
    ["claude-sonnet-4-5", call("claude-sonnet-4-5", 1_234, 567), "0.012207"],
    ["one input token of gpt-4o-mini", call("gpt-4o-mini", 1), "0.00000015"],
    ["one million of each, gpt-4o", call("gpt-4o", 1_000_000, 1_000_000), "12.5"],
    [
      "cached input of gpt-4.1 has its own rate",
      { endpoint: "chat", model: "gpt-4.1", quantities: { input_token: 10, cached_input_token: 1_000 } },
      "0.00052",
    ],
    [
      "cache writes of claude-sonnet-4-5 have their own rate",
      {
        endpoint: "chat",
        model: "claude-sonnet-4-5",
        quantities: { cached_input_token: 1_000, cache_write_token: 1_000 },
      },
      "0.00405",
    ],
  ];
  it.each(rows)("%s", async (_model, row, cost) => {
    const customer = await api.customer();
    await api.give(customer, "20");
    expect(await api.cost(customer, row)).toBe(cost);
    expect(await api.available(customer)).toBe(api.amount(api.steps("20") - api.steps(cost)));
  });

  it("Limit response length to control costs: max_tokens is the ceiling of what is held", async () => {
    const customer = await api.customer();
    await api.give(customer, "0.02");
    expectBytes(await api.hold(customer, call("gpt-4.1", 1_000, 4_000)), EXHAUSTED);
    const { id, ceiling } = await api.held(customer, call("gpt-4.1", 1_000, 500));
    expect(ceiling).toBe("0.006");
    expect(await api.settled(id, { input_token: 1_000, output_token: 120 })).toMatchObject({
      cost: "0.00296",
      released: "0.00304",
      waived: "0",
      available: "0.01704",
    });
  });

  it("a call never costs more than was held for it", async () => {
    const customer = await api.customer();
    await api.give(customer, "1");
    const { id } = await api.held(customer, call("gpt-4.1", 1_000, 500));
    expect(await api.settled(id, { input_token: 1_000, output_token: 900 })).toMatchObject({
      cost: "0.006",
      released: "0",
      waived: "0.0032",
      available: "0.994",
    });
    expect((await api.balance(customer)).debt).toBe("0");
  });
});

describe("PAYG Fallback for Subscriptions", () => {
  it("Quota Available? → Yes → Use Subscription Quota", async () => {
    const customer = await subscriber(1_000, "5");
    expect((await api.paid(customer, units(1_000))).funding).toEqual({ plan: "0.002", prepaid: "0" });
    expect(await api.available(customer)).toBe("5");
  });

  it("PAYG Enabled? → No → Return 402 Error", async () => {
    const customer = await subscriber(0, "5");
    expectBytes(await api.charge(customer, units(1)), PAYG_OFF);
    expectBytes(await api.hold(customer, units(1)), PAYG_OFF);
    expectProblem(await api.hold(customer, units(1), {}, PROBLEM), 402, "payg_disabled");
    expect((await api.quoted(customer, units(1))).affordable).toBe(false);
    expect(await api.balance(customer)).toMatchObject({ available: "5", payg: { mode: "toggle", enabled: false } });
  });

  it("PAYG Enabled? → Yes → Use Account Balance", async () => {
    const customer = await subscriber(0, "5");
    await api.payg(customer, true);
    expect(await api.paid(customer, units(ONE_DOLLAR))).toMatchObject({
      funding: { plan: "0", prepaid: "1" },
      available: "4",
    });
    await api.payg(customer, false);
    expectBytes(await api.charge(customer, units(1)), PAYG_OFF);
  });

  it("Toggle Enable PAYG Fallback: calls in flight are settled as they were opened", async () => {
    const customer = await subscriber(0, "5");
    await api.payg(customer, true);
    const { id } = await api.held(customer, units(ONE_DOLLAR));
    await api.payg(customer, false);
    expectBytes(await api.hold(customer, units(1)), PAYG_OFF);
    expect(await api.settled(id, { input_token: ONE_DOLLAR })).toMatchObject({
      cost: "1",
      waived: "0",
      available: "4",
    });
  });
});

describe("Spending Limits: a maximum PAYG spending per billing cycle", () => {
  it("No limit: use balance until exhausted", async () => {
    const customer = await subscriber(0, "60");
    await api.payg(customer, true, null);
    const { passed, refused } = await api.together(70, () => api.charge(customer, units(ONE_DOLLAR)));
    expect(passed).toBe(60);
    for (const answer of refused) expectBytes(answer, EXHAUSTED);
    expect(await api.available(customer)).toBe("0");
  });

  it("$50/cycle: max $50 PAYG per month, also of sixty calls at once", async () => {
    const customer = await subscriber(0, "100");
    await api.payg(customer, true, "50");
    const { passed, refused } = await api.together(60, () => api.charge(customer, units(ONE_DOLLAR)));
    expect(passed).toBe(50);
    for (const answer of refused) expectBytes(answer, PAYG_LIMIT);
    expect(await api.balance(customer)).toMatchObject({
      available: "50",
      payg: { limit: "50", spent: "50", held: "0" },
    });
  });

  it("$50/cycle: calls in flight count, and what they give back may be spent again", async () => {
    const customer = await subscriber(0, "100");
    await api.payg(customer, true, "50");
    const { id } = await api.held(customer, units(49 * ONE_DOLLAR));
    expectBytes(await api.hold(customer, units(2 * ONE_DOLLAR)), PAYG_LIMIT);
    await api.held(customer, units(ONE_DOLLAR));
    expect((await api.balance(customer)).payg).toMatchObject({ spent: "0", held: "50" });
    await api.payg(customer, true, "10");
    expectBytes(await api.hold(customer, units(1)), PAYG_LIMIT);
    await api.settled(id, { input_token: 5 * ONE_DOLLAR });
    expect((await api.balance(customer)).payg).toMatchObject({ spent: "5", held: "1" });
    await api.paid(customer, units(4 * ONE_DOLLAR));
    expectBytes(await api.charge(customer, units(1)), PAYG_LIMIT);
  });

  it("$50/cycle: the next month has its own $50", async () => {
    // The page's plans renew when they are paid; a free one renews by itself, at the same rates.
    const { text } = await readCatalogueText("apertis");
    const trial = text.replace("\nplans:\n", '\nplans:\n  - { id: trial, name: Trial, allowance: "20", free: true }\n');
    await applyCatalogue(api.operator(), { text: trial });
    await startCatalogue(api.db);
    const customer = await api.customer({ at: daysAgo(42) });
    await api.give(customer, "200", "purchased", daysAgo(41));
    await api.subscribe(customer, "trial", daysAgo(40));
    await api.payg(customer, true, "50");
    const then = (dollars: number, at: Date) => {
      const input = { endpoint: "chat", model: "gpt-4.1", quantities: { input_token: BigInt(dollars * ONE_DOLLAR) } };
      const context = { ...api.operator(at), simulatedAt: at };
      return charge(context, { ...input, organization: customer.id, idempotencyKey: `${dollars} ${at.toISOString()}` });
    };
    expect((await then(70, daysAgo(38))).funding).toEqual({ plan: "20", prepaid: "50" });
    await expect(then(1, daysAgo(37))).rejects.toMatchObject({ code: "payg_limit_reached" });
    expect((await api.paid(customer, units(70 * ONE_DOLLAR))).funding).toEqual({ plan: "20", prepaid: "50" });
    expectBytes(await api.charge(customer, units(1)), PAYG_LIMIT);
    expect(await api.balance(customer)).toMatchObject({ available: "100", payg: { limit: "50", spent: "50" } });
  });

  it("$0: PAYG disabled (same as off)", async () => {
    const customer = await subscriber(0, "5");
    await api.payg(customer, true, "0");
    expectBytes(await api.charge(customer, units(1)), PAYG_OFF);
    expect((await api.balance(customer)).payg).toMatchObject({ enabled: false, limit: "0" });
  });

  it("a refunded call no longer counts against the limit", async () => {
    const customer = await subscriber(0, "5");
    await api.payg(customer, true, "1");
    const { id } = await api.paid(customer, units(ONE_DOLLAR));
    expectBytes(await api.charge(customer, units(1)), PAYG_LIMIT);
    await api.refunded(id);
    await api.paid(customer, units(ONE_DOLLAR));
    expect((await api.balance(customer)).payg).toMatchObject({ spent: "1" });
  });
});

describe("Hybrid Billing: 100 quota remaining, request needs 150", () => {
  it("Subscription pays: 100 (remaining quota). PAYG pays: 50 (overflow). Total request: 150 ✓", async () => {
    const customer = await subscriber(100, "1");
    await api.payg(customer, true);
    const { id, cost, funding, available, transaction } = await api.paid(customer, units(150));
    expect({ cost, funding }).toEqual({ cost: "0.0003", funding: { plan: "0.0002", prepaid: "0.0001" } });
    expect(available).toBe("0.9999");
    const { entries } = await api.transaction(customer, transaction);
    expect(entries.map(({ account, amount, grant }) => [account, grant?.kind, amount])).toEqual([
      ["usage", undefined, "0.0003"],
      ["grant", "plan", "-0.0002"],
      ["grant", "purchased", "-0.0001"],
    ]);
    expect((await api.refunded(id)).funding).toEqual({ plan: "0.0002", prepaid: "0.0001" });
    expect(await api.balance(customer)).toMatchObject({
      plan: { remaining: "0.0002" },
      prepaid: { purchased: "1" },
      payg: { spent: "0" },
    });
  });

  it("the plan's part is used first in two steps, too, and unused credit goes back", async () => {
    const customer = await subscriber(100, "1");
    await api.payg(customer, true);
    const { id, funding } = await api.held(customer, units(150));
    expect(funding).toEqual({ plan: "0.0002", prepaid: "0.0001" });
    expect((await api.settled(id, { input_token: 120 })).funding).toEqual({ plan: "0.0002", prepaid: "0.00004" });
    expect((await api.balance(customer)).payg).toMatchObject({ spent: "0.00004", held: "0" });
  });

  it("the request is refused with PAYG off, and the remaining quota stays", async () => {
    const customer = await subscriber(100, "1");
    expectBytes(await api.charge(customer, units(150)), PAYG_OFF);
    expect((await api.paid(customer, units(100))).funding).toEqual({ plan: "0.0002", prepaid: "0" });
  });

  it("Lower per-token rates are the subscription's: PAYG pays its part at the standard rate", async () => {
    const customer = await api.customer();
    await api.give(customer, "5");
    await api.subscribe(customer, "pro");
    await api.paid(customer, units(62 * ONE_DOLLAR));
    await api.payg(customer, true);
    const { cost, funding } = await api.paid(customer, units(2 * ONE_DOLLAR));
    expect({ cost, funding }).toEqual({ cost: "1.9", funding: { plan: "0.4", prepaid: "1.5" } });
  });
});
