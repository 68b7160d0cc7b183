/** Persly's page, sentence by sentence, as far as the gate makes it true. */
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { whatBuys } from "@/lib/catalogue";
import { newId } from "@/lib/kernel/ids";
import type { UsageAnswer } from "@/lib/usage/schema";
import { daysAgo, expectBytes, expectProblem, gatewayApi, newcomer, PROBLEM } from "../fixtures/gateway";
import type { Call } from "../fixtures/gateway-calls";

const api = await gatewayApi("persly");

const chat: Call = { endpoint: "chat", model: "persly-chat-v1" };
const pro: Call = { endpoint: "chat", model: "persly-chat-pro-v1" };
const followUp = { options: { followUp: true } };
const pages = (page: number) => ({ quantities: { page } });
const embeddings = (input_token: number): Call => ({
  endpoint: "embeddings",
  model: "persly-embed-v1",
  quantities: { input_token },
});
const rerank = (search: number): Call => ({ endpoint: "rerank", model: "persly-rerank-v1", quantities: { search } });
const finder = (variant: string): Call => ({ endpoint: "finder", model: "persly-finder-v1", options: { variant } });

const REFUSED =
  '{"error":{"message":"Insufficient credits. Please purchase credits to continue.","type":"insufficient_credits","code":"insufficient_credits","param":null}}';

describe("Getting Started", () => {
  it("Every new account receives $5.00 in free credits upon creation. No credit card required.", async () => {
    const customer = await api.customer();
    expect(await api.balance(customer)).toMatchObject({
      unit: "USD",
      available: "5",
      prepaid: { promotional: "5", purchased: "0", adjustment: "0" },
      plan: null,
      level: "normal",
    });
    const [only, ...others] = await api.transactions(customer);
    expect(only).toMatchObject({ type: "grant", amount: "5" });
    expect(others).toEqual([]);
  });

  it("Every new account receives $5.00: once, also when it is created sixty times at once", async () => {
    const once = async () => {
      const customer = await api.customer({ externalId: "acme" });
      return `${customer.id} ${await api.available(customer)}`;
    };
    const seen = new Set(await Promise.all(Array.from({ length: 60 }, once)));
    const { id } = await api.customer({ externalId: "acme" });
    expect([...seen]).toEqual([`${id} 5`]);
  });

  it("Every new account receives $5.00: also when the first attempt to create it was cut off", async () => {
    const id = newId();
    const { rowCount } = await api.db.operator.query("SELECT ledger.open_organization($1, $2, $3, 'UTC', NULL)", [
      ...[id, "Half made", "half-made"],
    ]);
    expect(rowCount).toBe(1);
    const customer = await api.customer({ externalId: "half-made" });
    expect(customer.organizationId).toBe(id);
    expect(await api.available(customer)).toBe("5");
  });

  it("Start making API calls — free credits are applied automatically", async () => {
    const customer = await api.customer();
    const { cost, funding, available, transaction } = await api.paid(customer, chat);
    expect({ cost, funding, available }).toEqual({
      cost: "0.15",
      funding: { plan: "0", prepaid: "0.15" },
      available: "4.85",
    });
    const { entries } = await api.transaction(customer, transaction);
    expect(entries).toMatchObject([
      { account: "usage", amount: "0.15" },
      { account: "grant", amount: "-0.15", grant: { kind: "promotional" } },
    ]);
  });

  it("When your balance runs low, purchase additional credits", async () => {
    const customer = await api.customer();
    for (let call = 0; call < 6; call += 1) await api.paid(customer, pro);
    expect(await api.balance(customer)).toMatchObject({ available: "2", level: "low" });
    await api.paid(customer, pro);
    await api.paid(customer, pro);
    expect(await api.balance(customer)).toMatchObject({ available: "1", level: "low" });
    await api.paid(customer, finder("basic"));
    expect(await api.balance(customer)).toMatchObject({ available: "0.965", level: "warning" });
    await api.give(customer, "10");
    expect(await api.balance(customer)).toMatchObject({ available: "10.965", level: "normal" });
  });
});

describe("How Credits Work", () => {
  it("Credits are denominated in USD", async () => {
    expect((await api.balance(await api.customer())).unit).toBe("USD");
  });

  it("Each API request deducts a fixed cost from your credit balance", async () => {
    const customer = await api.customer();
    await api.paid(customer, chat);
    await api.paid(customer, chat);
    const deductions = await api.transactions(customer, "?type=deduction");
    expect(deductions.map(({ amount, balanceAfter }) => [amount, balanceAfter])).toEqual([
      ["-0.15", "4.7"],
      ["-0.15", "4.85"],
    ]);
  });

  it("If your credit balance cannot cover the request cost, the request is rejected with 402", async () => {
    const customer = await api.customer();
    await api.paid(customer, rerank(330));
    expect(await api.available(customer)).toBe("0.05");
    expectBytes(await api.charge(customer, chat), REFUSED);
    expectBytes(await api.hold(customer, chat), REFUSED);
    const problem = expectProblem(await api.charge(customer, chat, {}, PROBLEM), 402, "insufficient_credits");
    expect(problem).toMatchObject({ required: "0.15", available: "0.05" });
    expect((await api.quoted(customer, chat)).affordable).toBe(false);
    expect(await api.balance(customer)).toMatchObject({ available: "0.05", held: "0", debt: "0" });
    expect(await api.transactions(customer, "?type=deduction")).toHaveLength(1);
    await api.paid(customer, finder("basic"));
  });

  it("Free credits do not expire; purchased credits do not expire", async () => {
    const customer = await api.customer({ at: daysAgo(3_650) });
    await api.give(customer, "1", "purchased", daysAgo(3_000));
    expect(await api.available(customer)).toBe("6");
    const { transaction } = await api.paid(customer, rerank(400));
    const { entries } = await api.transaction(customer, transaction);
    expect(entries.flatMap(({ grant }) => (grant ? [[grant.kind, grant.expiresAt]] : []))).toEqual([
      ["promotional", null],
      ["purchased", null],
    ]);
    expect(await api.available(customer)).toBe("0");
  });
});

describe("Purchasing Credits", () => {
  it("Credits are added to your balance immediately: a refused call passes with its old key", async () => {
    const customer = await api.customer();
    await api.paid(customer, rerank(330));
    const again = { idempotencyKey: "the-same" };
    expectBytes(await api.charge(customer, chat, {}, again), REFUSED);
    await api.give(customer, "10");
    const { status, body } = await api.charge(customer, chat, {}, again);
    expect(status).toBe(201);
    expect(body).toMatchObject({ cost: "0.15", available: "9.9" });
  });
});

describe("Handling 402 Responses", () => {
  it("other refusals of payment keep the shape with a code of their own", async () => {
    const customer = await api.customer({ limits: { day: api.steps("0.20") } });
    await api.paid(customer, chat);
    const answer = await api.charge(customer, chat);
    const message = "This call would exceed the key's day limit. Raise the limit, or wait until it resets.";
    const code = "key_limit_exceeded";
    expectBytes(answer, JSON.stringify({ error: { message, type: code, code, param: null } }));
    expectProblem(await api.charge(customer, chat, {}, PROBLEM), 402, code);
  });
});

describe("Pricing by Endpoint", () => {
  const rows: [string, Call, string][] = [
    ["persly-chat-v1: $0.15/request", chat, "0.15"],
    ["+$0.01 when the follow-up generation step is invoked", { ...chat, ...followUp }, "0.16"],
    ["+$0.003/page for image/PDF attachments: one", { ...chat, ...pages(1) }, "0.153"],
    ["+$0.003/page: seven with follow-up", { ...chat, ...followUp, ...pages(7) }, "0.181"],
    ["up to 30 pages and 40MB", { ...chat, quantities: { page: 30, byte: 40_000_000 } }, "0.24"],
    ["persly-chat-pro-v1: $0.50/request", pro, "0.5"],
    ["+$0.01 when the follow-up generation step is invoked (pro)", { ...pro, ...followUp }, "0.51"],
    ["+$0.01/page (pro): three", { ...pro, ...pages(3) }, "0.53"],
    ["up to 60 pages and 40MB (pro)", { ...pro, ...followUp, quantities: { page: 60, byte: 40_000_000 } }, "1.11"],
    ["persly-embed-v1: $0.30/1M tokens", embeddings(1_000_000), "0.3"],
    ["persly-embed-v1: one token", embeddings(1), "0.0000003"],
    ["persly-embed-v1: 1,234,567 tokens", embeddings(1_234_567), "0.3703701"],
    ["persly-rerank-v1: $15.00/1K searches", rerank(1_000), "15"],
    ["persly-rerank-v1: one search", rerank(1), "0.015"],
    ["persly-finder-v1 (basic): $0.035/request", finder("basic"), "0.035"],
    ["persly-finder-v1 (advanced): $0.07/request", finder("advanced"), "0.07"],
  ];
  it.each(rows)("%s", async (_sentence, call, cost) => {
    const customer = await api.customer();
    await api.give(customer, "95");
    expect(await api.cost(customer, call)).toBe(cost);
    expect(await api.available(customer)).toBe(api.amount(api.steps("100") - api.steps(cost)));
  });

  const tooMuch: [string, Call, string][] = [
    ["up to 30 pages: 31", { ...chat, ...pages(31) }, "quantities.page"],
    ["up to 60 pages: 61 (pro)", { ...pro, ...pages(61) }, "quantities.page"],
    ["40MB/request: 40,000,001 bytes", { ...chat, quantities: { byte: 40_000_001 } }, "quantities.byte"],
    ["40MB/request: 40,000,001 bytes (pro)", { ...pro, quantities: { byte: 40_000_001 } }, "quantities.byte"],
    ["a request is one request", { ...chat, quantities: { request: 2 } }, "quantities.request"],
    ["a Finder search is basic or advanced", finder("extreme"), "options.variant"],
    ["a Finder search says which", { endpoint: "finder", model: "persly-finder-v1" }, "options.variant"],
    ["a model that is not in the table", { endpoint: "chat", model: "persly-chat-v2" }, "model"],
  ];
  it.each(tooMuch)("%s is refused and nothing is held", async (_sentence, call, field) => {
    const customer = await api.customer();
    for (const answer of [
      await api.hold(customer, call),
      await api.charge(customer, call),
      await api.quote(customer, call),
    ]) {
      const problem = expectProblem(answer, 422, "validation_failed");
      expect(problem.errors?.map((error) => error.field)).toEqual([field]);
    }
    expect(await api.balance(customer)).toMatchObject({ available: "5", held: "0" });
    expect(await api.transactions(customer)).toHaveLength(1);
  });
});

describe("With $5.00 in free credits", () => {
  it("baseline capacity is approximately 33 persly-chat-v1 requests at base price ($0.15/request)", async () => {
    const customer = await api.customer();
    const { passed, refused } = await api.together(60, () => api.charge(customer, chat));
    expect(passed).toBe(33);
    for (const answer of refused) expectBytes(answer, REFUSED);
    expect(await api.balance(customer)).toMatchObject({ available: "0.05", held: "0", debt: "0" });
  });

  it("or 140 Finder basic searches: exactly 142", async () => {
    const customer = await api.customer();
    const { passed } = await api.together(160, () => api.hold(customer, finder("basic")));
    expect(passed).toBe(142);
    expect(await api.balance(customer)).toMatchObject({ available: "0.03", held: "4.97" });
  });

  it("approximately 33 requests or 140 searches is what the balance is said to buy", () => {
    const said = whatBuys(api.catalogue, api.steps("5")).map(({ exact, about }) => [exact, about]);
    expect(said).toEqual([
      [33n, "33"],
      [142n, "140"],
    ]);
  });

  it("requests are decided in the order in which they arrive, also the first of a key or an account", async () => {
    await api.quoted(undefined, chat);
    for (const by of ["key", "organization"] as const) {
      const customer = await api.customer();
      const payer = by === "key" ? { key: customer.key } : { organization: customer.id };
      const searches = [300, 40, 30];
      const answers = await Promise.all(searches.map((count) => api.charge(payer, rerank(count))));
      expect(answers.map(({ status }) => status)).toEqual([201, 402, 201]);
    }
  });

  it("Follow-up and attachment surcharges reduce chat request capacity", async () => {
    const customer = await api.customer();
    const call = { ...chat, ...followUp, ...pages(30) };
    expect((await api.together(40, () => api.charge(customer, call))).passed).toBe(20);
    expect(await api.available(customer)).toBe("0");
  });
});

describe("Monitoring Usage", () => {
  it("View usage by endpoint, model, and date range", async () => {
    const customer = await api.customer();
    const occurredAt = daysAgo(10).toISOString();
    await api.paid(customer, { ...chat, ...followUp }, { occurredAt });
    await api.paid(customer, chat, { occurredAt });
    await api.paid(customer, pro);
    await api.paid(customer, embeddings(1_000));
    const day = (days: number) => daysAgo(days).toISOString().slice(0, 10);
    const sums = async (range: string) => {
      const { data } = await api.get<UsageAnswer>(customer, `/v1/usage?groupBy=endpoint,model&${range}`);
      return data.map(({ endpoint, model, requests, cost }) => [endpoint, model, requests, cost]);
    };
    expect(await sums(`from=${day(12)}&to=${day(5)}`)).toEqual([["chat", "persly-chat-v1", 2, "0.31"]]);
    expect(await sums(`from=${day(5)}&to=${day(-1)}`)).toEqual([
      ["chat", "persly-chat-pro-v1", 1, "0.5"],
      ["embeddings", "persly-embed-v1", 1, "0.0003"],
    ]);
    expect(await sums(`from=${day(12)}&to=${day(-1)}`)).toHaveLength(3);
  });

  it("Download usage logs for successfully completed billable requests", async () => {
    const customer = await api.customer();
    await api.paid(customer, { ...chat, ...pages(2) });
    const failed = await api.held(customer, pro);
    await api.released(failed.id);
    const returned = await api.paid(customer, finder("advanced"));
    await api.refunded(returned.id);
    const ended = await api.held(customer, embeddings(2_000));
    await api.settled(ended.id, { input_token: 1_500 });
    const file = await api.get<string>(customer, "/v1/usage/events.csv?successfulOnly=true");
    const rows = parse(file, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ endpoint, page, input_token, cost_usd }) => [endpoint, page, input_token, cost_usd])).toEqual([
      ["chat", "2", "0", "0.156"],
      ["embeddings", "0", "1500", "0.00045"],
    ]);
    expect(await api.available(customer)).toBe("4.84355");
  });
});

it("a new organization begins as normal, with its free credits", async () => {
  expect(await api.balance(await newcomer())).toMatchObject({ available: "5", level: "normal", reason: null });
});
