/** Plans bought at the payment provider: each invoice adds its credit once, whichever event reports it first. */

import { describe, expect, it } from "vitest";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import { ownPaths } from "@/lib/kernel/own-paths";
import { advance, balance } from "@/lib/ledger";
import { addCard, listCards, listUnpaidInvoices, setDefaultCard, syncCards } from "@/lib/payments";
import { choosePlan, listPlans, reconcilePlans, settlePlanPayment, syncSubscription } from "@/lib/plans";
import { plansCatalogue } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows, transactionsOf } from "../fixtures/ledger";
import { memberOf } from "../fixtures/organization";
import { ORIGIN } from "../fixtures/payment";
import { paymentsOf, planOf, planShop, providerOf } from "../fixtures/plan";

const shop = await planShop();

const later = (ms: number) => new Date(Date.now() + ms);
const MINUTE_MS = 60_000;

describe("a plan's purchase", () => {
  it("is complete when the buyer returns from the page: credit, payment, invoice and card exist, and events change nothing more", async () => {
    const who = await shop.buyer();
    const { to } = await shop.checkout(who, "pro");
    expect(to).toContain(`${ownPaths(who.organizationId).subscription}?payment=pay_`);
    expect(await shop.settle(who, to)).toMatchObject({ state: "succeeded", card: "Visa ···· 4242" });
    expect(await transactionsOf(who)).toEqual(["renewal 10", "expiry -10", "renewal 100"]);
    expect(await paymentsOf(who)).toEqual(["1000 100 succeeded"]);
    await shop.test.delivered();
    const { events } = shop.test;
    await shop.tell([...events].reverse());
    await Promise.all([shop.tell(events), shop.tell(events), shop.settle(who, to)]);
    expect(await transactionsOf(who)).toHaveLength(3);
    const rows = await ownerRows(
      "SELECT state, total::int, payment_id IS NOT NULL AS tied FROM invoice WHERE organization_id = $1",
      [who.organizationId],
    );
    expect(rows).toEqual([{ state: "paid", total: 1000, tied: true }]);
    const cards = await ownerRows("SELECT last4, is_default FROM payment_method WHERE organization_id = $1", [
      who.organizationId,
    ]);
    expect(cards).toEqual([{ last4: "4242", is_default: true }]);
    expect(await brokenInvariants(shop.ctx)).toEqual([]);
  });

  it("is completed by events alone, in any order", async () => {
    const who = await shop.buyer();
    const before = shop.test.events.length;
    await shop.checkout(who, "big");
    await shop.test.delivered();
    await shop.tell(shop.test.events.slice(before).reverse());
    expect(await planOf(who)).toMatchObject({ plan: "big", allowance: 310, paid: 2 });
    expect(await paymentsOf(who)).toEqual(["3000 310 succeeded"]);
  });

  it("is completed by the job when no browser returns and no event arrives", async () => {
    const who = await shop.buyer();
    await shop.checkout(who, "pro");
    expect(await planOf(who)).toMatchObject({ plan: "free" });
    await reconcilePlans({ ...shop.ctx, actor: { type: "job" }, now: later(2 * MINUTE_MS) });
    expect(await planOf(who)).toMatchObject({ plan: "pro" });
  });

  it("pays twelve months with one invoice for a year: one grant now, the next in a month", async () => {
    const { who } = await shop.subscribed("pro", "year");
    expect(await paymentsOf(who)).toEqual(["10000 1200 succeeded"]);
    const plan = await planOf(who);
    expect(plan).toMatchObject({ cycle: 1, paid: 13 });
    await advance({ ...shop.ctx }, who.organizationId, plan.to as Date);
    expect((await transactionsOf(who)).slice(-2)).toEqual(["expiry -100", "renewal 100"]);
  });

  it("asks a card for its confirmation, and fails with a declined card", async () => {
    const { who } = await shop.subscribed("pro", "month", "4000002500003155");
    expect(await planOf(who)).toMatchObject({ plan: "pro" });
    const poor = await shop.buyer();
    const declined = await shop.checkout(poor, "pro", "month", "4000000000000002");
    expect(declined.error).toMatch(/declined/i);
    expect(await planOf(poor)).toMatchObject({ plan: "free" });
    expect(await paymentsOf(poor)).toEqual(["1000 100 open"]);
  });

  it("happens once for each idempotency key, at the catalogue's price, by an owner, and only without a paid plan", async () => {
    const who = await shop.buyer();
    const input = { plan: "pro", interval: "month" as const, key: crypto.randomUUID() };
    const [first, second] = [
      await choosePlan(shop.at(who), input, ORIGIN),
      await choosePlan(shop.at(who), input, ORIGIN),
    ];
    expect(second).toEqual(first);
    expect(await paymentsOf(who)).toHaveLength(1);
    await expect(choosePlan(shop.at(who), { ...input, plan: "big" }, ORIGIN)).rejects.toMatchObject({
      code: "validation_failed",
    });
    await expect(choosePlan(shop.at(who), { ...input, plan: "none" }, ORIGIN)).rejects.toMatchObject({
      code: "validation_failed",
    });
    const admin = await memberOf(who, "admin");
    await expect(choosePlan(admin, input, ORIGIN)).rejects.toMatchObject({ code: "forbidden" });
    const other = await shop.buyer();
    const [row] = await ownerRows<{ id: string }>("SELECT id FROM payment WHERE organization_id = $1", [
      who.organizationId,
    ]);
    await expect(settlePlanPayment(shop.at(other), row?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    const { who: running, provider } = await shop.subscribed();
    await expect(choosePlan(shop.at(running), { ...input, key: crypto.randomUUID() }, ORIGIN)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(syncSubscription(shop.at(other), provider)).rejects.toMatchObject({ code: "not_found" });
  });

  it("becomes credit when it is made twice in two tabs, and the second plan charges nothing more", async () => {
    const who = await shop.buyer();
    const page = async (plan: string) =>
      (await choosePlan(shop.at(who), { plan, interval: "month", key: crypto.randomUUID() }, ORIGIN)).redirect;
    const first = await page("pro");
    // The page that is open is closed, as far as the provider answers.
    await shop.test.fault("POST /v1/checkout/sessions/:id/expire", "before", 2);
    const second = await page("big");
    await shop.test.noFaults();
    const { to: one } = await shop.test.checkout(first);
    const { to: two } = await shop.test.checkout(second);
    await shop.settle(who, one);
    await shop.settle(who, two);
    expect(await planOf(who)).toMatchObject({ plan: "pro" });
    expect((await transactionsOf(who)).at(-1)).toBe("purchase 310");
    const customer = await ownerRows<{ id: string }>(
      "SELECT customer AS id FROM payment_customer WHERE organization_id = $1",
      [who.organizationId],
    );
    const { data } = await shop.stripe.subscriptions.list({ customer: customer[0]?.id ?? "", status: "active" });
    expect(data.map(({ id }) => id)).toEqual([await providerOf(who)]);
  });

  it("is canceled when the page is never paid", async () => {
    const who = await shop.buyer();
    await choosePlan(shop.at(who), { plan: "pro", interval: "month", key: crypto.randomUUID() }, ORIGIN);
    const job = { ...shop.ctx, actor: { type: "job" } as const };
    const [row] = await ownerRows<{ id: string }>("SELECT id FROM payment WHERE organization_id = $1", [
      who.organizationId,
    ]);
    await settlePlanPayment(
      { ...job, organizationId: who.organizationId, now: later(27 * 60 * MINUTE_MS) },
      row?.id ?? "",
    );
    expect(await paymentsOf(who)).toEqual(["1000 100 canceled"]);
  });
});

describe("the renewal of a plan", () => {
  it("gives the next month's credit with its month, once for each paid invoice", async () => {
    const { who, provider } = await shop.subscribed();
    for (let paid = 3; paid < 5; paid += 1) {
      await shop.test.renew(provider);
      await shop.test.delivered();
      await Promise.all([shop.tell(shop.test.events), syncSubscription(shop.at(who), provider)]);
      expect(await planOf(who)).toMatchObject({ paid, cycle: 1 });
    }
    expect(await paymentsOf(who)).toEqual(["1000 100 succeeded", "1000 100 succeeded", "1000 100 succeeded"]);
    const { to } = await planOf(who);
    await advance(shop.ctx, who.organizationId, to as Date);
    expect((await transactionsOf(who)).slice(-2)).toEqual(["expiry -100", "renewal 100"]);
    expect(await brokenInvariants(shop.ctx)).toEqual([]);
  });

  it("keeps the price and the allowance of the purchase, whatever the operator edits", async () => {
    const { who, provider } = await shop.subscribed();
    await applyCatalogue(shop.ctx, { text: plansCatalogue("12.00"), fileName: "plans" });
    await startCatalogue(shop.ctx.db);
    await shop.test.renew(provider);
    await syncSubscription(shop.at(who), provider);
    expect((await paymentsOf(who)).at(-1)).toBe("1000 100 succeeded");
    const { who: dear } = await shop.subscribed();
    expect(await paymentsOf(dear)).toEqual(["1200 100 succeeded"]);
    await applyCatalogue(shop.ctx, { text: plansCatalogue(), fileName: "plans" });
    await startCatalogue(shop.ctx.db);
  });

  it("is charged to the card that is made the default, not to the one that bought the plan", async () => {
    const { who, provider } = await shop.subscribed();
    const to = { currency: "EUR", success: `${ORIGIN}/saved`, cancel: `${ORIGIN}/canceled` };
    const { redirect } = await addCard(shop.at(who), to);
    await shop.test.checkout(redirect, { number: "5555555555554444" });
    await syncCards(shop.at(who));
    const second = (await listCards(shop.at(who))).find(({ isDefault }) => !isDefault);
    await setDefaultCard(shop.at(who), { id: second?.id ?? "" });
    await shop.test.renew(provider);
    await syncSubscription(shop.at(who), provider);
    const [renewal] = await ownerRows<{ card: string }>(
      "SELECT card FROM payment WHERE organization_id = $1 ORDER BY created_at DESC LIMIT 1",
      [who.organizationId],
    );
    expect(renewal?.card).toBe("Mastercard ···· 4444");
    expect((await listCards(shop.at(who))).map(({ usedBy }) => usedBy)).toEqual([["subscription"], []]);
  });

  it("tells the owners once how to pay when it is late, and gives the credit when they pay there", async () => {
    const { who, provider } = await shop.subscribed();
    const [card] = await ownerRows<{ id: string }>("SELECT id FROM payment_method WHERE organization_id = $1", [
      who.organizationId,
    ]);
    await shop.test.card(card?.id ?? "", "4000000000000341");
    await shop.test.renew(provider);
    await syncSubscription(shop.at(who), provider);
    await syncSubscription(shop.at(who), provider);
    expect(await planOf(who)).toMatchObject({ pastDue: true, paid: 2 });
    const mails = await ownerRows<{ text: string }>("SELECT text FROM mail WHERE recipient = $1", [who.email]);
    expect(mails).toHaveLength(1);
    const { subscription } = await listPlans(shop.at(who));
    expect(mails[0]?.text).toContain(subscription?.payUrl ?? "nowhere");
    expect(await listUnpaidInvoices(shop.at(who))).toMatchObject([
      { description: "Pro, monthly", money: { amount: "1000", currency: "EUR" }, payUrl: subscription?.payUrl },
    ]);
    // What was paid is over before the invoice is: no credit of the plan, but nothing else is lost.
    const { to } = (await planOf(who)) as { to: Date };
    await advance(shop.ctx, who.organizationId, to);
    expect((await balance({ ...who.owner, now: to })).available).toBe(0n);
    await shop.test.checkout(subscription?.payUrl ?? "");
    await syncSubscription({ ...who.owner, now: new Date(to.getTime() + MINUTE_MS) }, provider);
    expect(await planOf(who)).toMatchObject({ pastDue: false, paid: 3, cycle: 2 });
    expect((await transactionsOf(who)).at(-1)).toBe("renewal 100");
  });
});
