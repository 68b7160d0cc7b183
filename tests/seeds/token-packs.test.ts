/** The page about token packs, sentence by sentence, as far as the gate makes it true. */
import { describe, expect, it } from "vitest";
import { charge } from "@/lib/gate";
import type { UsageAnswer } from "@/lib/usage/schema";
import { daysAgo, expectProblem, gatewayApi, newcomer } from "../fixtures/gateway";
import type { Call, Customer } from "../fixtures/gateway-calls";

const api = await gatewayApi("token-packs");

const tokens = (input_token: number, endpoint = "enrichment"): Call => ({
  endpoint,
  model: "standard",
  quantities: { input_token },
});

type Credits = {
  balance: string;
  transactions: { amount: string; type: string; timestamp: string; resource: Record<string, string | null> }[];
  nextCursor: string | null;
};
const credits = (customer: Customer, query = "") => api.get<Credits>(customer, `/api/billing/credits${query}`);

const QUOTA = 2_000_000;

/** On a paid plan of 2,000,000 tokens a month, of which the given number is left, with bought credits. */
async function subscriber(left: number, bought?: string): Promise<Customer> {
  const customer = await api.customer();
  await api.changePlan(customer, "team");
  if (bought) await api.give(customer, bought);
  await api.paid(customer, tokens(QUOTA - left));
  return customer;
}

describe("What Are Credits?", () => {
  const rows: [string, Call, string][] = [
    ["enrichment", tokens(1_234), "1234"],
    ["hygiene", tokens(1, "hygiene"), "1"],
    ["other AI operations", { ...tokens(0, "assistant"), quantities: { input_token: 700, output_token: 77 } }, "777"],
  ];
  it.each(rows)("prepaid AI token packs: a token is a token (%s)", async (_operation, call, cost) => {
    const customer = await api.customer();
    expect(await api.cost(customer, call)).toBe(cost);
    expect(await api.balance(customer)).toMatchObject({
      unit: "tokens",
      available: api.amount(api.steps("50000") - api.steps(cost)),
    });
  });

  it("extend your usage beyond your plan's monthly allocation", async () => {
    const customer = await subscriber(0);
    expectProblem(await api.charge(customer, tokens(1)), 402, "insufficient_credits");
    await api.give(customer, "1000000");
    expect((await api.paid(customer, tokens(400_000))).available).toBe("600000");
  });
});

describe("How Credits Work", () => {
  it("Plan allocation is used first", async () => {
    const customer = await subscriber(QUOTA - 10, "2500000");
    expect((await api.paid(customer, tokens(999_990))).funding).toEqual({ plan: "999990", prepaid: "0" });
    expect((await credits(customer)).balance).toBe("2500000");
  });

  it("Credits kick in when plan is exhausted — credits are automatically deducted", async () => {
    const customer = await subscriber(0, "1000000");
    const { funding, available } = await api.paid(customer, tokens(250_000));
    expect({ funding, available }).toEqual({ funding: { plan: "0", prepaid: "250000" }, available: "750000" });
    expect((await api.balance(customer)).payg).toMatchObject({ mode: "always", enabled: true, limit: null });
  });

  it("Once your monthly tokens run out in the middle of a call, credits pay the rest of it", async () => {
    const customer = await subscriber(100, "1000");
    expect((await api.paid(customer, tokens(150))).funding).toEqual({ plan: "100", prepaid: "50" });
    expect((await credits(customer)).balance).toBe("950");
  });

  it("Credits never expire — Unlike monthly allocations, purchased credits persist until used", async () => {
    const customer = await api.customer({ at: daysAgo(70) });
    await api.give(customer, "1000000", "purchased", daysAgo(69));
    const then = daysAgo(68);
    const body = { organization: customer.id, endpoint: "hygiene", model: "standard", options: {} };
    const call = { ...body, quantities: { input_token: 20_000n }, idempotencyKey: "then" };
    await charge({ ...api.operator(then), simulatedAt: then }, call);
    expect((await api.paid(customer, tokens(60_000))).funding).toEqual({ plan: "50000", prepaid: "10000" });
    expect(await api.balance(customer)).toMatchObject({
      available: "990000",
      plan: { allowance: "50000", remaining: "0" },
      prepaid: { purchased: "990000" },
    });
    const expired = await api.transactions(customer, "?type=expiry");
    expect(expired.map(({ amount, funding }) => [amount, funding.prepaid])).toEqual([["-30000", "0"]]);
  });

  it("Available on all paid plans — Free plan users must upgrade to purchase credits", async () => {
    expect(api.catalogue.purchases).toBe("paidPlansOnly");
    expect(api.catalogue.plans.filter(({ free }) => free).map(({ id }) => id)).toEqual(["free"]);
    const customer = await subscriber(0, "1000");
    await api.changePlan(customer, "free");
    expect(await api.balance(customer)).toMatchObject({
      plan: { remaining: "50000" },
      prepaid: { purchased: "1000" },
    });
    expect((await api.paid(customer, tokens(50_500))).funding).toEqual({ plan: "50000", prepaid: "500" });
  });

  it("tokens for exactly 31 calls: sixty at once, and no more than 31 are spent", async () => {
    const customer = await subscriber(150, "160");
    const { passed, refused } = await api.together(60, () => api.charge(customer, tokens(10)));
    expect(passed).toBe(31);
    for (const answer of refused) expectProblem(answer, 402, "insufficient_credits");
    expect(await api.balance(customer)).toMatchObject({ available: "0", debt: "0", held: "0" });
  });

  it("what a call used beyond its reservation is not taken", async () => {
    const customer = await subscriber(1_000);
    const { id } = await api.held(customer, tokens(300));
    expect(await api.settled(id, { input_token: 400 })).toMatchObject({
      cost: "300",
      waived: "100",
      available: "700",
    });
  });
});

describe("Credit Packs", () => {
  it("Starter 1,000,000 €5, Standard 2,500,000 €10, Plus 7,000,000 €25, Pro 15,000,000 €50", () => {
    expect(api.catalogue.payment).toMatchObject({ currency: "EUR" });
    expect(api.catalogue.packs.map(({ name, credit, priceMinor }) => [name, api.amount(credit), priceMinor])).toEqual([
      ["Starter", "1000000", 500n],
      ["Standard", "2500000", 1_000n],
      ["Plus", "7000000", 2_500n],
      ["Pro", "15000000", 5_000n],
    ]);
  });
});

describe("Viewing Your Balance", () => {
  it("GET /api/billing/credits returns balance and transaction history", async () => {
    const customer = await api.customer();
    expect(await credits(customer)).toEqual({ balance: "0", transactions: [], nextCursor: null });
    await api.give(customer, "1000000");
    const { balance, transactions, nextCursor } = await credits(customer);
    expect({ balance, nextCursor }).toEqual({ balance: "1000000", nextCursor: null });
    expect(transactions).toEqual([
      {
        amount: "1000000",
        type: "purchase",
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        resource: { project: null, session: null },
      },
    ]);
  });

  it("GET /api/billing/credits is about bought credits: not the plan's, nor what is reserved of them", async () => {
    const customer = await subscriber(100, "1000");
    expect((await credits(customer)).transactions).toHaveLength(1);
    const { id } = await api.held(customer, tokens(300));
    expect((await credits(customer)).balance).toBe("800");
    await api.settled(id, { input_token: 150 });
    const { balance, transactions } = await credits(customer);
    expect(balance).toBe("950");
    expect(transactions.map(({ type, amount }) => [type, amount])).toEqual([
      ["deduction", "-50"],
      ["purchase", "1000"],
    ]);
  });

  it("the history has pages", async () => {
    const customer = await subscriber(0, "1000");
    for (const input of [1, 2, 3]) await api.paid(customer, tokens(input));
    const first = await credits(customer, "?limit=3");
    expect(first.transactions.map(({ amount }) => amount)).toEqual(["-3", "-2", "-1"]);
    const second = await credits(customer, `?limit=3&cursor=${first.nextCursor}`);
    expect(second.transactions.map(({ amount }) => amount)).toEqual(["1000"]);
    expect(second.nextCursor).toBeNull();
  });
});

describe("Transaction History", () => {
  it("Purchase, Deduction, Refund; each records: amount, type, timestamp, and associated resource", async () => {
    const customer = await subscriber(0, "1000");
    const tags = { project: "crm", session: "s-17" };
    const { id } = await api.paid(customer, tokens(300), { tags });
    await api.paid(customer, tokens(50, "hygiene"), { resource: { type: "project", id: "warehouse" } });
    await api.refunded(id);
    const { balance, transactions } = await credits(customer);
    expect(balance).toBe("950");
    expect(transactions.map(({ amount, type, resource }) => ({ amount, type, resource }))).toEqual([
      { amount: "300", type: "refund", resource: { project: "crm", session: "s-17" } },
      { amount: "-50", type: "deduction", resource: { project: "warehouse", session: null } },
      { amount: "-300", type: "deduction", resource: { project: "crm", session: "s-17" } },
      { amount: "1000", type: "purchase", resource: { project: null, session: null } },
    ]);
    const times = transactions.map(({ timestamp }) => Date.parse(timestamp));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it("Deduction — Tokens consumed for enrichment, hygiene, or other AI operations", async () => {
    const customer = await subscriber(0, "1000");
    for (const endpoint of ["enrichment", "hygiene", "assistant"]) await api.paid(customer, tokens(5, endpoint));
    const deductions = await api.transactions(customer, "?type=deduction&limit=3");
    expect(deductions.map(({ amount, usage }) => [usage?.endpoint, amount])).toEqual([
      ["assistant", "-5"],
      ["hygiene", "-5"],
      ["enrichment", "-5"],
    ]);
  });

  it("Refund — Credits returned for failed operations, into what they came from, with their resource", async () => {
    const customer = await subscriber(100, "1000");
    const resource = { type: "session", id: "s-18" };
    const { id } = await api.held(customer, tokens(300), { tags: { project: "crm" }, resource });
    await api.settled(id, { input_token: 300 });
    expect(await api.refunded(id, "250")).toMatchObject({
      refunded: "250",
      funding: { plan: "50", prepaid: "200" },
      available: "1050",
    });
    const [refund, deduction] = await api.transactions(customer);
    expect(refund).toMatchObject({ type: "refund", amount: "250", resource, reverses: deduction?.id });
    const { transactions } = await credits(customer);
    expect(transactions.slice(0, 2).map(({ amount, resource: of }) => [amount, of])).toEqual([
      ["200", { project: "crm", session: "s-18" }],
      ["-200", { project: "crm", session: "s-18" }],
    ]);
    expect(await api.refunded(id)).toMatchObject({ refunded: "50", funding: { plan: "50", prepaid: "0" } });
    expectProblem(await api.post(`/v1/charges/${id}/refund`, { reason: "again" }), 409, "conflict");
  });

  it("a failed operation that never settled is no transaction at all", async () => {
    const customer = await subscriber(0, "1000");
    const { id } = await api.held(customer, tokens(300));
    expect(await api.released(id)).toMatchObject({ released: "300", available: "1000" });
    expect((await credits(customer)).transactions).toHaveLength(1);
  });
});

describe("Best Practices", () => {
  it("Monitor usage — understand your consumption patterns, by operation and by project", async () => {
    const customer = await api.customer();
    await api.paid(customer, tokens(300), { tags: { project: "crm" } });
    await api.paid(customer, tokens(50, "hygiene"), { tags: { project: "crm" } });
    await api.paid(customer, tokens(7), { tags: { project: "warehouse" } });
    const byProject = await api.get<UsageAnswer>(customer, "/v1/usage?groupBy=tag:project");
    expect(byProject.data.map(({ tag, cost }) => [tag, cost])).toEqual([
      ["crm", "350"],
      ["warehouse", "7"],
    ]);
    const byOperation = await api.get<UsageAnswer>(customer, "/v1/usage?groupBy=endpoint");
    expect(byOperation.data.map(({ endpoint, cost }) => [endpoint, cost])).toEqual([
      ["enrichment", "307"],
      ["hygiene", "50"],
    ]);
  });

  it("a call that neither the plan nor credits can pay is told so, and what to do", async () => {
    const customer = await api.customer();
    const answer = await api.hold(customer, tokens(50_001));
    expect(answer.text).toBe(
      '{"type":"/docs#insufficient_credits","title":"Insufficient credits","status":402,"detail":"Your monthly tokens and credits are used up. Buy a credit pack or upgrade your plan.","code":"insufficient_credits","required":"50001","available":"50000"}',
    );
    expectProblem(answer, 402, "insufficient_credits");
  });
});

describe("Free plan users must upgrade to purchase credits", () => {
  it("a new organization is not alarmed at its full allowance", async () => {
    expect(await api.balance(await newcomer())).toMatchObject({
      available: "50000",
      level: "normal",
      reason: null,
      action: null,
      advice: "Continue usage",
    });
  });

  it("when it is used up, a paid plan is advised and not a pack, which would not be sold", async () => {
    const customer = await newcomer();
    await api.paid(customer, tokens(45_001));
    expect(await api.balance(customer)).toMatchObject({
      level: "critical",
      reason: "balance",
      action: "choose_plan",
      advice: "Choose a paid plan to continue",
    });
    await api.changePlan(customer, "team");
    await api.paid(customer, tokens(QUOTA - 99_999));
    expect(await api.balance(customer)).toMatchObject({ level: "warning", action: "add_funds" });
  });
});
