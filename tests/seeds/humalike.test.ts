/** Humalike's page, sentence by sentence, as far as the gate makes it true. */
import { describe, expect, it } from "vitest";
import { createGatewaySecret, listOrganizations, revokeGatewaySecret, revokeKey } from "@/lib/accounts";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { expectBytes, expectEnvelope, expectProblem, gatewayApi, newcomer, PROBLEM } from "../fixtures/gateway";
import type { Call } from "../fixtures/gateway-calls";
import { ownerRows } from "../fixtures/ledger";

const api = await gatewayApi("humalike");

const call = (endpoint: string, model: string, quantities: Record<string, number> = {}): Call => ({
  endpoint,
  model,
  quantities,
});
const personas = (persona: number) => call("personas", "generate", { persona });
const extract = (input_token: number, output_token: number) =>
  call("social-learning", "extract", { input_token, output_token });
const ingest = call("social-memory", "ingest", { input_token: 50_000 });

const REFUSED = '{"error":{"code":"PAYMENT_REQUIRED","message":"insufficient credits"}}';

let accounts = 0;
/** An account that Humalike has and this program has not heard of yet. */
const stranger = () => ({ organization: `account-${accounts++}` });
const balanceOf = (account: { organization: string }) =>
  api.send<BalanceAnswer>("GET", `/v1/balance?organization=${account.organization}`, { token: api.secret });

async function expectUnknown(account: { organization: string }) {
  expectEnvelope(await balanceOf(account), 404, "not_found");
  const all = await listOrganizations(api.operator());
  expect(all.filter(({ externalId }) => externalId === account.organization)).toEqual([]);
}

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

describe("Your credit account", () => {
  it("a single credit balance, shared across every billable endpoint", async () => {
    const account = stranger();
    expect((await api.paid(account, personas(1))).available).toBe("98");
    expect((await api.paid(account, call("populations", "validate", { persona: 4 }))).available).toBe("96");
    expect((await api.paid(account, call("social-memory", "read"))).available).toBe("95.8");
  });

  it("The first billable call your account makes provisions the account and grants its initial allowance", async () => {
    const account = stranger();
    await expectUnknown(account);
    const { available, funding } = await api.paid(account, personas(5));
    expect({ available, funding }).toEqual({ available: "90", funding: { plan: "0", prepaid: "10" } });
    const { body } = await balanceOf(account);
    expect(body).toMatchObject({ unit: "credits", prepaid: { promotional: "90", purchased: "0" } });
  });

  it("The first billable call: an account with a key gets its allowance then, and not before", async () => {
    const customer = await api.customer();
    expect(await api.available(customer)).toBe("0");
    await api.paid(customer, ingest);
    expect(await api.available(customer)).toBe("0");
    expect((await api.held(customer, personas(1))).available).toBe("98");
    expect((await api.held(customer, personas(1))).available).toBe("96");
  });

  it("provisions once, also when sixty first calls arrive together", async () => {
    const account = stranger();
    const { passed, refused } = await api.together(60, () => api.charge(account, personas(1)));
    expect(passed).toBe(50);
    for (const answer of refused) expectBytes(answer, REFUSED);
    expect((await balanceOf(account)).body).toMatchObject({ available: "0", debt: "0" });
    const all = await listOrganizations(api.operator());
    expect(all.filter(({ externalId }) => externalId === account.organization)).toHaveLength(1);
  });

  it("provisions once, also when sixty first holds arrive together with a key", async () => {
    const customer = await api.customer();
    expect((await api.together(60, () => api.hold(customer, personas(1)))).passed).toBe(50);
    expect(await api.balance(customer)).toMatchObject({ available: "0", held: "100" });
    expect(await api.transactions(customer)).toHaveLength(1);
  });

  it("there is nothing to claim ahead of time: the account stays when its very first call is refused", async () => {
    const account = stranger();
    expectBytes(await api.charge(account, personas(51)), REFUSED);
    expect((await balanceOf(account)).body).toMatchObject({ available: "100", held: "0" });
    expect((await api.paid(account, personas(50))).available).toBe("0");
  });

  it("quotes never make an account", async () => {
    const account = stranger();
    expectEnvelope(await api.quote(account, personas(1)), 404, "not_found");
    await expectUnknown(account);
  });

  it("calls that are not billable succeed before there is an account, and never make one", async () => {
    const account = stranger();
    const nothing = { funding: { plan: "0", prepaid: "0" }, available: "0" };
    expect(await api.paid(account, ingest)).toMatchObject({ cost: "0", transaction: null, ...nothing });
    const { id, ...opened } = await api.held(account, call("personas", "list"));
    expect(opened).toMatchObject({ state: "open", ceiling: "0", ...nothing });
    const extended = await api.post(`/v1/holds/${id}/extend`, { expiresIn: 3_600 });
    expect(extended.body).toMatchObject({ id, state: "open" });
    expect(await api.settled(id, { request: 1 })).toMatchObject({ cost: "0", transaction: null, ...nothing });
    const other = await api.held(account, ingest);
    expect(await api.released(other.id)).toMatchObject({ state: "released", released: "0" });
    await expectUnknown(account);
  });

  it("a revoked gateway secret makes no free call of an unknown account", async () => {
    const { id, secret } = await createGatewaySecret(api.operator(), { name: "ended" });
    const token = { token: secret };
    const opened = await api.hold(stranger(), ingest, {}, token);
    await revokeGatewaySecret(api.operator(), { id });
    const ended = { status: 401, code: "unauthenticated" };
    expectEnvelope(await api.charge(stranger(), ingest, {}, token), ended.status, ended.code);
    const path = `/v1/holds/${opened.body.id}/settle`;
    expectEnvelope(await api.post(path, { quantities: {} }, token), ended.status, ended.code);
  });

  it("calls that cannot be priced never make an account", async () => {
    const account = stranger();
    expectEnvelope(await api.charge(account, personas(1_001)), 422, "validation_failed");
    expectEnvelope(await api.hold(account, call("personas", "generate", { page: 1 })), 422, "validation_failed");
    expectEnvelope(await api.hold(account, call("personas", "invent")), 422, "validation_failed");
    await expectUnknown(account);
  });

  it("calls with a revoked key or a revoked gateway secret never make an account", async () => {
    const customer = await api.customer();
    await revokeKey(api.contextOf(customer), { id: customer.keyId });
    expectEnvelope(await api.charge(customer, personas(1)), 401, "unauthenticated");
    expect(await api.transactions(await api.keyOf(customer))).toEqual([]);
    const { id, secret } = await createGatewaySecret(api.operator(), { name: "short-lived" });
    await api.charge(stranger(), personas(1), {}, { token: secret });
    await revokeGatewaySecret(api.operator(), { id });
    const account = stranger();
    expectEnvelope(await api.charge(account, personas(1), {}, { token: secret }), 401, "unauthenticated");
    await expectUnknown(account);
  });

  it("a mistyped id of this program is no customer's name", async () => {
    const { id } = await api.customer();
    const other = { organization: `${id.slice(0, -3)}abc` };
    expectEnvelope(await api.charge(other, personas(1)), 404, "not_found");
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
