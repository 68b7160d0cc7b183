/** The second half of Apertis' page: watching the balance, teams, refunds and the questions at its end. */
import { describe, expect, it } from "vitest";
import { raiseAlerts, setAlerts } from "@/lib/alerts";
import type { UsageAnswer } from "@/lib/usage/schema";
import { daysAgo, expectBytes, expectProblem, gatewayApi, newcomer } from "../fixtures/gateway";
import type { Answer, Call } from "../fixtures/gateway-calls";
import { ownerRows } from "../fixtures/ledger";
import { memberOf } from "../fixtures/organization";

const api = await gatewayApi("apertis");

const ONE_DOLLAR = 500_000;
const units = (input_token: number): Call => ({ endpoint: "chat", model: "gpt-4.1", quantities: { input_token } });
const expectCode = (answer: Answer<unknown>, code: string) => {
  expect(answer.status, answer.text).toBe(402);
  expect(answer.body).toMatchObject({ error: { code } });
};
type UserInfo = { success: boolean; data: { quota: number } };

describe("Monitoring PAYG Usage", () => {
  it("Balance Overview - Current balance and recent transactions", async () => {
    const customer = await api.customer();
    await api.give(customer, "25");
    await api.paid(customer, units(ONE_DOLLAR));
    expect(await api.balance(customer)).toMatchObject({ available: "24", prepaid: { purchased: "24" } });
    expect((await api.transactions(customer)).map(({ type, amount }) => [type, amount])).toEqual([
      ["deduction", "-1"],
      ["grant", "25"],
    ]);
  });

  it("Usage Graph - Daily/weekly/monthly spending trends", async () => {
    const customer = await api.customer();
    await api.give(customer, "25");
    await api.paid(customer, units(ONE_DOLLAR), { occurredAt: daysAgo(1).toISOString() });
    await api.paid(customer, units(2 * ONE_DOLLAR));
    const day = (days: number) => daysAgo(days).toISOString().slice(0, 10);
    const range = `from=${day(1)}&to=${day(-1)}`;
    const daily = await api.get<UsageAnswer>(customer, `/v1/usage?interval=day&${range}`);
    expect(daily.data.map(({ start, cost }) => [start?.slice(0, 10), cost])).toEqual([
      [day(1), "1"],
      [day(0), "2"],
    ]);
    for (const interval of ["week", "month"]) {
      const { totals } = await api.get<UsageAnswer>(customer, `/v1/usage?interval=${interval}&${range}`);
      expect(totals).toMatchObject({ requests: 2, cost: "3" });
    }
  });

  it("Transaction History - Detailed transaction log", async () => {
    const customer = await api.customer();
    await api.give(customer, "25");
    const { transaction } = await api.paid(customer, units(ONE_DOLLAR));
    expect(await api.transaction(customer, transaction)).toMatchObject({
      id: transaction,
      type: "deduction",
      amount: "-1",
      balanceAfter: "24",
      key: customer.keyId,
      usage: { endpoint: "chat", model: "gpt-4.1" },
      price: { quantities: { input_token: ONE_DOLLAR }, cost: "1", version: 1 },
    });
  });

  it("balance = user_info['data']['quota']; balance / 500000 is dollars", async () => {
    const customer = await api.customer();
    await api.give(customer, "12.34");
    const { success, data } = await api.get<UserInfo>(customer, "/api/user/self");
    expect(success).toBe(true);
    expect(data.quota).toBe(6_170_000);
    expect((data.quota / 500_000).toFixed(2)).toBe("12.34");
  });

  it("internal units are whole, rounded down, of the prepaid balance that is not held", async () => {
    const customer = await api.customer();
    await api.give(customer, "3.000003999");
    const quota = async () => (await api.get<UserInfo>(customer, "/api/user/self")).data.quota;
    expect(await quota()).toBe(1_500_001);
    const { id } = await api.held(customer, units(ONE_DOLLAR));
    expect(await quota()).toBe(1_000_001);
    await api.subscribe(customer, "basic");
    expect(await quota()).toBe(1_000_001);
    await api.released(id);
    expect(await quota()).toBe(1_500_001);
  });

  it("routes of other operators' pages do not exist here", async () => {
    const { key: token } = await api.customer();
    expectProblem(await api.send("GET", "/api/billing/credits", { token }), 404, "not_found");
    expectProblem(await api.send("POST", "/v1/credits/projections/usage-summary", { token }), 404, "not_found");
  });

  it("api/user/self takes the customer's key and no other", async () => {
    const answer = await api.send("GET", "/api/user/self", { token: "sk-your-api-key" });
    expectProblem(answer, 401, "unauthenticated");
  });
});

describe("Warning Levels", () => {
  const rows: [string, string, string, string][] = [
    ["> $20: Normal: Continue usage", "20.000000001", "normal", "Continue usage"],
    ["$10-20: Low: Consider top-up", "20", "low", "Consider top-up"],
    ["$10-20: Low: Consider top-up", "10", "low", "Consider top-up"],
    ["$5-10: Warning: Top up soon", "9.999999999", "warning", "Top up soon"],
    ["$5-10: Warning: Top up soon", "5", "warning", "Top up soon"],
    ["< $5: Critical: Top up immediately", "4.999999999", "critical", "Top up immediately"],
  ];
  it.each(rows)("%s (at $%s)", async (_sentence, amount, level, advice) => {
    const customer = await api.customer();
    await api.give(customer, amount);
    expect(await api.balance(customer)).toMatchObject({ available: amount, level, advice });
  });

  it("Critical: an account without a balance; levels go by what is available, holds subtracted", async () => {
    const customer = await api.customer();
    expect((await api.balance(customer)).level).toBe("critical");
    await api.give(customer, "20.5");
    await api.held(customer, units(ONE_DOLLAR));
    expect(await api.balance(customer)).toMatchObject({ available: "19.5", held: "1", level: "low" });
  });

  it("When Balance Exhausted: the error object; Recovery: add funds", async () => {
    const customer = await api.customer();
    await api.give(customer, "1");
    const { passed, refused } = await api.together(60, () => api.charge(customer, units(ONE_DOLLAR / 25)));
    expect(passed).toBe(25);
    for (const answer of refused) {
      expectBytes(
        answer,
        '{"error":{"message":"Insufficient account balance","type":"billing_error","code":"insufficient_balance"}}',
      );
    }
    await api.give(customer, "5");
    expect((await api.paid(customer, units(ONE_DOLLAR))).available).toBe("4");
  });

  it("Monitoring: Set up low balance alerts", async () => {
    const customer = await api.customer({ credit: "31" });
    const owner = await memberOf({ ...customer, ctx: api.contextOf(customer) }, "owner", "owner@apertis.example");
    await api.paid(customer, units(ONE_DOLLAR));
    await setAlerts(owner, { threshold: "30" });
    for (const dollars of [0, 1, 1]) {
      if (dollars > 0) await api.paid(customer, units(ONE_DOLLAR));
      await raiseAlerts({ ...owner, now: new Date() });
    }
    const sql = "SELECT subject FROM mail WHERE recipient = 'owner@apertis.example'";
    expect(await ownerRows(sql)).toEqual([{ subject: "Balance below $30.00: $29.00 left" }]);
  });
});

describe("PAYG for Teams", () => {
  it("Shared Balance: all team members use the same balance", async () => {
    const first = await api.customer();
    const second = await api.keyOf(first);
    await api.give(first, "3");
    await api.paid(first, units(ONE_DOLLAR));
    await api.paid(second, units(ONE_DOLLAR));
    expect([await api.available(first), await api.available(second)]).toEqual(["1", "1"]);
  });

  it("Usage is tracked per API key", async () => {
    const first = await api.customer();
    const second = await api.keyOf(first);
    await api.give(first, "10");
    await api.paid(first, units(ONE_DOLLAR));
    await api.paid(second, units(2 * ONE_DOLLAR));
    await api.paid(second, units(ONE_DOLLAR));
    const { data } = await api.get<UsageAnswer>(first, "/v1/usage?groupBy=key");
    expect(data.map(({ key, requests, cost }) => [key, requests, cost])).toEqual([
      [second.keyId, 2, "3"],
      [first.keyId, 1, "1"],
    ]);
    const self = await api.get<{ windows: Record<string, unknown> }>(second, "/v1/keys/self");
    expect(self.windows.day).toMatchObject({ limit: null, spent: "3", held: "0" });
  });

  it("Set quota limits on each key: sixty calls at once on a key with $2 left spend $2", async () => {
    const first = await api.customer();
    await api.give(first, "100");
    for (const window of ["total", "day", "week", "month"] as const) {
      const limited = await api.keyOf(first, { [window]: api.steps("2") });
      const { passed, refused } = await api.together(60, () => api.hold(limited, units(ONE_DOLLAR / 10)));
      expect([window, passed]).toEqual([window, 20]);
      const words = window === "total" ? "total limit" : `${window} limit`;
      for (const { status, body } of refused) {
        expect(status).toBe(402);
        expect(body).toMatchObject({ error: { type: "billing_error", code: "key_limit_exceeded" } });
        expect((body as { error: { message: string } }).error.message).toContain(words);
      }
    }
    await api.paid(first, units(ONE_DOLLAR));
    expect(await api.balance(first)).toMatchObject({ available: "91", held: "8" });
  });
});

describe("Refunds", () => {
  it("a failed call is released and costs nothing; a failed operation is given back, in parts too", async () => {
    const customer = await api.customer();
    await api.give(customer, "5");
    await api.released((await api.held(customer, units(ONE_DOLLAR))).id);
    expect(await api.available(customer)).toBe("5");
    const { id } = await api.paid(customer, units(ONE_DOLLAR));
    expect(await api.refunded(id, "0.25")).toMatchObject({ refunded: "0.25", available: "4.25" });
    expect(await api.refunded(id)).toMatchObject({ refunded: "0.75", available: "5" });
    const again = await api.post(`/v1/charges/${id}/refund`, { reason: "once more" });
    expectProblem(again, 409, "conflict");
    expect(await api.available(customer)).toBe("5");
  });
});

describe("FAQ", () => {
  it("Your PAYG balance remains available for fallback usage after subscribing", async () => {
    const customer = await api.customer();
    await api.give(customer, "7");
    await api.subscribe(customer, "basic");
    expect((await api.paid(customer, units(20 * ONE_DOLLAR))).funding).toEqual({ plan: "20", prepaid: "0" });
    await api.payg(customer, true);
    expect(await api.paid(customer, units(ONE_DOLLAR))).toMatchObject({
      funding: { plan: "0", prepaid: "1" },
      available: "6",
    });
  });

  it("Balance never expires and remains available until used", async () => {
    const customer = await api.customer({ at: daysAgo(2_000) });
    await api.give(customer, "5", "purchased", daysAgo(2_000));
    expect((await api.paid(customer, units(5 * ONE_DOLLAR))).available).toBe("0");
  });

  it("No minimum balance is required", async () => {
    const customer = await api.customer();
    await api.give(customer, "0.000002");
    expect((await api.paid(customer, units(1))).available).toBe("0");
  });
});

describe("the level of a subscriber's balance", () => {
  const TWENTY_DOLLARS = 20 * ONE_DOLLAR;

  /** On Basic, used up, with $59.99 of prepaid credit. */
  async function usedUp() {
    const customer = await api.customer();
    await api.subscribe(customer, "basic");
    await api.give(customer, "59.99");
    await api.paid(customer, units(TWENTY_DOLLARS));
    return customer;
  }

  it("is critical while every call is refused: the plan is used up and the fallback is off", async () => {
    const customer = await usedUp();
    expectCode(await api.charge(customer, units(1)), "payg_disabled");
    expect(await api.balance(customer)).toMatchObject({
      available: "59.99",
      spendable: "0",
      level: "critical",
      reason: "payg_disabled",
      action: "switch_on_payg",
      advice: "Turn on PAYG Fallback",
      runway: { days: 0 },
    });
    await api.payg(customer, true);
    expect(await api.balance(customer)).toMatchObject({
      spendable: "59.99",
      level: "normal",
      reason: null,
      action: null,
      advice: "Continue usage",
    });
  });

  it("goes by what the cycle's limit still lets through", async () => {
    const customer = await usedUp();
    await api.payg(customer, true, "7");
    const limited = { available: "59.99", spendable: "7", level: "warning", reason: "payg_limit" };
    expect(await api.balance(customer)).toMatchObject({ ...limited, action: "raise_payg_limit" });
    await api.paid(customer, units(7 * ONE_DOLLAR));
    expectCode(await api.charge(customer, units(1)), "payg_limit_reached");
    expect(await api.balance(customer)).toMatchObject({ spendable: "0", level: "critical", reason: "payg_limit" });
    await api.payg(customer, true, "0");
    expect(await api.balance(customer)).toMatchObject({ spendable: "0", reason: "payg_disabled" });
  });

  it("is normal on the first day of a plan", async () => {
    const customer = await api.customer();
    await api.subscribe(customer, "basic");
    expect(await api.balance(customer)).toMatchObject({ available: "20", level: "normal", advice: "Continue usage" });
  });

  it("is critical, with the way to pay, for a new organization that has nothing to pay from", async () => {
    expect(await api.balance(await newcomer())).toMatchObject({
      spendable: "0",
      firstCall: "0",
      level: "critical",
      reason: "balance",
      action: "add_funds",
    });
  });
});
