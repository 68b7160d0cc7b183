/** What would charge somebody for nothing: a plan that nobody has, and changes while an invoice is being paid. */
import { describe, expect, it } from "vitest";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import {
  cancelPlan,
  changePlan,
  choosePlan,
  previewChange,
  reconcilePlans,
  settlePlanPayment,
  syncSubscription,
} from "@/lib/plans";
import { plansCatalogue } from "../fixtures/catalogue";
import { ownerRows, transactionsOf } from "../fixtures/ledger";
import type { OwnedOrganization } from "../fixtures/organization";
import { ORIGIN } from "../fixtures/payment";
import { paymentsOf, planOf, planShop } from "../fixtures/plan";

const shop = await planShop();

const idOf = async (sql: string, { organizationId }: OwnedOrganization) =>
  (await ownerRows<{ id: string }>(`SELECT ${sql} WHERE organization_id = $1`, [organizationId]))[0]?.id ?? "";
const statesAtProvider = async (who: OwnedOrganization) => {
  const customer = await idOf("customer AS id FROM payment_customer", who);
  const { data } = await shop.stripe.subscriptions.list({ customer, status: "all" });
  return data.map(({ status }) => status).sort();
};
const pageOf = async (who: OwnedOrganization, plan: string) =>
  (await choosePlan(shop.at(who), { plan, interval: "month", key: crypto.randomUUID() }, ORIGIN)).redirect;
/** The renewal's card is declined, and nobody has told us yet. */
const unpaid = async (who: OwnedOrganization, provider: string) => {
  await shop.test.card(await idOf("id FROM payment_method", who), "4000000000000341");
  await shop.test.renew(provider);
};
const job = () => reconcilePlans({ ...shop.ctx, actor: { type: "job" }, now: new Date(Date.now() + 2 * 60_000) });
const deleteOrganization = ({ organizationId }: OwnedOrganization) =>
  shop.ctx.db.operator.query("SELECT ledger.delete_organization($1, NULL, true, NULL)", [organizationId]);

describe("a second plan", () => {
  it("ends at the provider even when the provider fails at first, and its payment becomes credit once", async () => {
    const who = await shop.buyer();
    const first = await pageOf(who, "pro");
    await shop.test.fault("POST /v1/checkout/sessions/:id/expire", "before", 2);
    const second = await pageOf(who, "big");
    await shop.test.noFaults();
    const [one, two] = [await shop.test.checkout(first), await shop.test.checkout(second)];
    await shop.settle(who, one.to);
    await shop.test.fault("DELETE /v1/subscriptions/:id", "before", 2);
    await expect(shop.settle(who, two.to)).rejects.toMatchObject({ code: "upstream_failed" });
    await shop.test.noFaults();
    await job();
    expect(await statesAtProvider(who)).toEqual(["active", "canceled"]);
    expect((await transactionsOf(who)).filter((move) => move === "purchase 310")).toHaveLength(1);
    expect(await planOf(who)).toMatchObject({ plan: "pro" });
  });

  it("is not sold to an organization that has just paid for another one", async () => {
    const who = await shop.buyer();
    await shop.checkout(who, "pro");
    await expect(pageOf(who, "big")).rejects.toMatchObject({ code: "conflict" });
    expect(await planOf(who)).toMatchObject({ plan: "pro" });
    expect(await paymentsOf(who)).toHaveLength(2);
  });
});

describe("a deleted organization", () => {
  it("loses its subscription at the provider when a payment page that was open is paid", async () => {
    const who = await shop.buyer();
    const page = await pageOf(who, "pro");
    await deleteOrganization(who);
    await shop.test.checkout(page);
    await job();
    expect(await statesAtProvider(who)).toEqual(["canceled"]);
  });

  it("loses the payment page that was open", async () => {
    const who = await shop.buyer();
    await pageOf(who, "pro");
    await deleteOrganization(who);
    await job();
    const { status } = await shop.stripe.checkout.sessions.retrieve(await idOf("session AS id FROM payment", who));
    expect(status).toBe("expired");
  });

  it("loses its subscription at the provider whichever source reports it, long after the job has looked", async () => {
    const { who, provider } = await shop.subscribed();
    await deleteOrganization(who);
    await shop.test.renew(provider);
    await syncSubscription(shop.at(who), provider);
    await syncSubscription(shop.at(who), provider);
    expect(await statesAtProvider(who)).toEqual(["canceled"]);
  });
});

describe("a plan whose renewal is unpaid", () => {
  it("ends at the provider when it is canceled, so that the card is not charged again", async () => {
    const { who, provider } = await shop.subscribed();
    await unpaid(who, provider);
    await syncSubscription(shop.at(who), provider);
    const { to } = await planOf(who);
    await cancelPlan(shop.at(who));
    expect(await statesAtProvider(who)).toEqual(["canceled"]);
    expect(await planOf(who)).toMatchObject({ plan: "pro", ends: to, pastDue: false });
  });

  it("cannot change, even before the provider reports the unpaid invoice: a month's invoice would pay for a year", async () => {
    const { who, provider } = await shop.subscribed();
    await unpaid(who, provider);
    for (const wish of [{ plan: "pro", interval: "year" } as const, { plan: "big", interval: "month" } as const])
      await expect(previewChange(shop.at(who), wish)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a canceled change of plan", () => {
  it("takes effect when its invoice is paid anyway", async () => {
    const { who, provider } = await shop.subscribed("pro", "month", "4000002760003184");
    const { move } = await shop.change(who, "big");
    const rows = await ownerRows<{ id: string }>(
      "SELECT id FROM payment WHERE organization_id = $1 AND state = 'open'",
      [who.organizationId],
    );
    await settlePlanPayment(shop.at(who, new Date(Date.now() + 27 * 3_600_000)), rows[0]?.id ?? "");
    expect((await paymentsOf(who)).at(-1)).toMatch(/canceled$/);
    const saved = await idOf("id FROM payment_method", who);
    await shop.test.checkout(move.redirect, { saved, authenticate: "complete" });
    await syncSubscription(shop.at(who), provider);
    expect((await paymentsOf(who)).at(-1)).toMatch(/succeeded$/);
    expect(await planOf(who)).toMatchObject({ plan: "big", allowance: 310, next: null });
  });
});

describe("the payment of a plan", () => {
  it("costs the price that was frozen, even when the operator changes it before the page opens", async () => {
    const who = await shop.buyer();
    const input = { plan: "pro", interval: "month" as const, key: crypto.randomUUID() };
    await shop.test.fault("POST /v1/checkout/sessions", "before", 2);
    await expect(choosePlan(shop.at(who), input, ORIGIN)).rejects.toMatchObject({ code: "upstream_failed" });
    await shop.test.noFaults();
    await applyCatalogue(shop.ctx, { text: plansCatalogue("12.00"), fileName: "plans" });
    await startCatalogue(shop.ctx.db);
    await expect(choosePlan(shop.at(who), input, ORIGIN)).rejects.toMatchObject({ code: "conflict" });
    await applyCatalogue(shop.ctx, { text: plansCatalogue(), fileName: "plans" });
    await startCatalogue(shop.ctx.db);
  });

  it("never claims that nothing was charged while that is unknown", async () => {
    const { who } = await shop.subscribed();
    const { at, charged } = await previewChange(shop.at(who), { plan: "big", interval: "month" });
    await shop.test.fault("POST /v1/subscriptions/:id", "after", 2);
    const asked = { plan: "big", interval: "month" as const, key: crypto.randomUUID(), at, charged: charged.amount };
    await expect(changePlan(shop.at(who), asked)).rejects.toMatchObject({
      code: "upstream_failed",
      message: expect.stringContaining("We do not know yet whether the card was charged"),
    });
    await shop.test.noFaults();
  });
});
