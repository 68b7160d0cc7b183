/** Humalike's "Your credit account": what opens an account, and what does not. */
import { describe, expect, it } from "vitest";
import { createGatewaySecret, listOrganizations, revokeGatewaySecret, revokeKey } from "@/lib/accounts";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { expectBytes, expectEnvelope, gatewayApi } from "../fixtures/gateway";
import { call, ingest, personas, REFUSED } from "./humalike-calls";

const api = await gatewayApi("humalike");

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
