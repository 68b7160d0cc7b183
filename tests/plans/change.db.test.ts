/** Plans changed while they run: the price that was shown is the price that is charged, and credit follows the money. */
import { describe, expect, it } from "vitest";
import { charge } from "@/lib/gate";
import { multiplyDivide } from "@/lib/kernel/money";
import { balance } from "@/lib/ledger";
import { cancelPlan, changePlan, previewChange, reconcilePlans, resumePlan, syncSubscription } from "@/lib/plans";
import { brokenInvariants, ownerRows, transactionsOf } from "../fixtures/ledger";
import { memberOf, type OwnedOrganization } from "../fixtures/organization";
import { paymentsOf, planOf, planShop } from "../fixtures/plan";

const shop = await planShop();

const DAY_MS = 86_400_000;
const cardOf = async ({ organizationId }: OwnedOrganization) =>
  (await ownerRows<{ id: string }>("SELECT id FROM payment_method WHERE organization_id = $1", [organizationId]))[0]
    ?.id ?? "";
const span = (plan: Record<string, unknown>) => [(plan.from as Date).getTime(), (plan.to as Date).getTime()] as const;

describe("a larger plan", () => {
  it("charges exactly the price that was shown, and adds exactly its share of the month", async () => {
    const { who } = await shop.subscribed();
    const [from, to] = span(await planOf(who));
    // Ten days later, also by the provider's clock.
    const now = new Date(Math.floor(from / 1000) * 1000 + 10 * DAY_MS);
    await shop.test.advance(10 * 86_400);
    const { preview, asked, move } = await shop.change(who, "big", "month", now);
    const added = multiplyDivide(210n, BigInt(to - now.getTime()), BigInt(to - from));
    expect(preview).toMatchObject({ kind: "upgrade", added: added.toString(), allowance: "310", over: [] });
    expect(move).toEqual({ redirect: null });
    expect(await paymentsOf(who)).toEqual(["1000 100 succeeded", `${preview.charged.amount} ${added} succeeded`]);
    const charged = Number(preview.charged.amount);
    expect(charged).toBeGreaterThan(1200);
    expect(charged).toBeLessThan(1450);
    expect((await transactionsOf(who)).at(-1)).toBe(`grant ${added}`);
    const { plan } = await balance(shop.at(who, now));
    expect(plan?.allowance).toBe(100n + added);
    expect(await planOf(who)).toMatchObject({ plan: "big", cycle: 1, paid: 2, allowance: 310 });
    await shop.test.delivered();
    await shop.tell([...shop.test.events].reverse(), now);
    await shop.tell(shop.test.events, now);
    await expect(changePlan(shop.at(who, now), asked)).rejects.toMatchObject({ code: "conflict" });
    expect(await paymentsOf(who)).toHaveLength(2);
    expect(await brokenInvariants(shop.ctx)).toEqual([]);
  });

  it("names the limits that are exceeded, and removes nothing", async () => {
    const { who } = await shop.subscribed();
    await memberOf(who, "viewer");
    expect(await previewChange(shop.at(who), { plan: "big", interval: "month" })).toMatchObject({
      over: [{ limit: "members", used: 2, most: 1 }],
    });
  });

  it("waits for the bank's confirmation, and changes nothing and can be requested again when the bank refuses", async () => {
    const { who, provider } = await shop.subscribed("pro", "month", "4000002760003184");
    const { move } = await shop.change(who, "big");
    expect(move.redirect).toContain("/sandbox/invoices/");
    expect(await planOf(who)).toMatchObject({ plan: "pro" });
    expect(await paymentsOf(who)).toHaveLength(2);
    await shop.test.checkout(move.redirect, { saved: await cardOf(who), authenticate: "fail" });
    await syncSubscription(shop.at(who), provider);
    expect(await planOf(who)).toMatchObject({ plan: "pro", allowance: 100 });
    await shop.test.checkout(move.redirect, { saved: await cardOf(who), authenticate: "complete" });
    await syncSubscription(shop.at(who), provider);
    expect(await planOf(who)).toMatchObject({ plan: "big", allowance: 310 });
    expect((await paymentsOf(who)).at(-1)).toMatch(/ 210 succeeded$| 209 succeeded$/);
  });

  it("changes nothing when the card is declined", async () => {
    const { who, provider } = await shop.subscribed();
    await shop.test.card(await cardOf(who), "4000000000000341");
    const { move } = await shop.change(who, "big");
    expect(move.redirect).toContain("/sandbox/invoices/");
    await syncSubscription(shop.at(who), provider);
    expect(await planOf(who)).toMatchObject({ plan: "pro", allowance: 100, pastDue: false });
  });

  it("takes effect once, at the next look, when the response to the charge was lost", async () => {
    const { who, provider } = await shop.subscribed();
    const preview = await previewChange(shop.at(who), { plan: "big", interval: "month" });
    await shop.test.fault("POST /v1/subscriptions/:id", "after", 2);
    const key = crypto.randomUUID();
    const asked = { plan: "big", interval: "month" as const, key, at: preview.at, charged: preview.charged.amount };
    await expect(changePlan(shop.at(who), asked)).rejects.toMatchObject({ code: "upstream_failed" });
    await shop.test.noFaults();
    await Promise.all([syncSubscription(shop.at(who), provider), syncSubscription(shop.at(who), provider)]);
    expect(await planOf(who)).toMatchObject({ plan: "big" });
    expect(await paymentsOf(who)).toHaveLength(2);
    expect((await transactionsOf(who)).filter((move) => move.startsWith("grant"))).toHaveLength(1);
  });

  it("is not bought at a price that was not shown, nor by a member who is no owner", async () => {
    const { who } = await shop.subscribed();
    const preview = await previewChange(shop.at(who), { plan: "big", interval: "month" });
    const key = crypto.randomUUID();
    const asked = { plan: "big", interval: "month" as const, key, at: preview.at, charged: preview.charged.amount };
    await expect(changePlan(shop.at(who), { ...asked, charged: "1" })).rejects.toMatchObject({ code: "conflict" });
    const late = new Date(Date.now() + 20 * 60_000);
    await expect(changePlan(shop.at(who, late), asked)).rejects.toMatchObject({ code: "conflict" });
    const admin = await memberOf(who, "admin");
    await expect(changePlan(admin, asked)).rejects.toMatchObject({ code: "forbidden" });
    await expect(previewChange(admin, { plan: "big", interval: "month" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await paymentsOf(who)).toHaveLength(1);
  });
});

describe("a change from months to years", () => {
  it("starts a new year: the rest of the month lowers the price, and twelve months are paid", async () => {
    const { who } = await shop.subscribed();
    const { preview } = await shop.change(who, "pro", "year");
    expect(preview).toMatchObject({ kind: "restart", added: "100", allowance: "100" });
    expect(Number(preview.charged.amount)).toBeLessThan(10_000);
    expect(await planOf(who)).toMatchObject({ plan: "pro", cycle: 2, paid: 14 });
    expect((await transactionsOf(who)).slice(-2)).toEqual(["expiry -100", "renewal 100"]);
    await expect(previewChange(shop.at(who), { plan: "pro", interval: "month" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("subscribe monthly when the year ends"),
    });
    expect(await brokenInvariants(shop.ctx)).toEqual([]);
  });
});

describe("a spent allowance", () => {
  const use = (who: OwnedOrganization, credits: number) =>
    charge(shop.ctx, {
      ...{ organization: who.id, endpoint: "call", model: "m", quantities: { credit: BigInt(credits) } },
      idempotencyKey: crypto.randomUUID(),
    });

  it("is not paid back by the change to a year", async () => {
    const { who } = await shop.subscribed();
    await use(who, 100);
    const { preview } = await shop.change(who, "pro", "year");
    expect(preview).toMatchObject({ kind: "restart", charged: { amount: "10000" } });
    expect(await paymentsOf(who)).toEqual(["1000 100 succeeded", "10000 1200 succeeded"]);
    expect(await planOf(who)).toMatchObject({ plan: "pro", paid: 14 });
  });

  it("is paid back for the part that is left", async () => {
    const { who } = await shop.subscribed();
    await use(who, 60);
    const { preview } = await shop.change(who, "pro", "year");
    expect(preview.charged.amount).toBe("9600");
  });

  it("changes the price when it is spent after the price was shown", async () => {
    const { who } = await shop.subscribed();
    const shown = await previewChange(shop.at(who), { plan: "pro", interval: "year" });
    const { at, creditFrom, charged } = shown;
    await use(who, 50);
    const asked = { plan: "pro", interval: "year", key: crypto.randomUUID(), at, charged: charged.amount } as const;
    const refused = { code: "conflict", message: expect.stringContaining("The price has changed") };
    await expect(changePlan(shop.at(who), { ...asked, creditFrom })).rejects.toMatchObject(refused);
    await expect(changePlan(shop.at(who), asked)).rejects.toMatchObject(refused);
    expect(await paymentsOf(who)).toHaveLength(1);
  });

  it("does not lower the credit of an upgrade within the month", async () => {
    const { who } = await shop.subscribed();
    const before = await previewChange(shop.at(who), { plan: "big", interval: "month" });
    await use(who, 100);
    const after = await previewChange(shop.at(who), { plan: "big", interval: "month" });
    expect(Number(after.charged.amount)).toBeGreaterThan(Number(before.charged.amount) - 5);
    expect(Number(after.charged.amount)).toBeLessThanOrEqual(Number(before.charged.amount));
  });
});

describe("a smaller plan", () => {
  it("costs nothing now, begins with the next invoice, and can be undone until then", async () => {
    const { who, provider } = await shop.subscribed("big");
    const { preview } = await shop.change(who, "pro");
    expect(preview).toMatchObject({ kind: "downgrade", charged: { amount: "0" }, added: "0" });
    expect(await planOf(who)).toMatchObject({ plan: "big", next: "pro", version: 2 });
    await shop.change(who, "big");
    expect(await planOf(who)).toMatchObject({ plan: "big", next: null });
    await shop.change(who, "pro");
    await shop.test.renew(provider);
    await syncSubscription(shop.at(who), provider);
    expect(await paymentsOf(who)).toEqual(["3000 310 succeeded", "1000 100 succeeded"]);
    const { to } = (await planOf(who)) as { to: Date };
    await shop.ctx.db.operator.query("SELECT ledger.advance($1, $2)", [who.organizationId, to]);
    expect(await planOf(who)).toMatchObject({ plan: "pro", next: null, allowance: 100 });
    expect(await brokenInvariants(shop.ctx)).toEqual([]);
  });
});

describe("the end of a plan", () => {
  it("keeps what is paid, can be undone, and leaves the default plan", async () => {
    const { who, provider } = await shop.subscribed();
    const { to } = (await planOf(who)) as { to: Date };
    await cancelPlan(shop.at(who));
    expect(await planOf(who)).toMatchObject({ plan: "pro", ends: to });
    await expect(previewChange(shop.at(who), { plan: "big", interval: "month" })).rejects.toMatchObject({
      code: "conflict",
    });
    await resumePlan(shop.at(who));
    expect(await planOf(who)).toMatchObject({ ends: null });
    await cancelPlan(shop.at(who));
    await cancelPlan(shop.at(who));
    await shop.test.renew(provider);
    await syncSubscription(shop.at(who), provider);
    expect(await planOf(who)).toMatchObject({ plan: "pro", paid: 2 });
    await reconcilePlans({ ...shop.ctx, actor: { type: "job" }, now: new Date(to.getTime() + 1_000) });
    expect(await planOf(who)).toMatchObject({ plan: "free", status: "active", allowance: 10 });
    expect((await transactionsOf(who)).slice(-2)).toEqual(["expiry -100", "renewal 10"]);
    expect(await paymentsOf(who)).toHaveLength(1);
    await expect(cancelPlan(shop.at(who))).rejects.toMatchObject({ code: "conflict" });
  });

  it("keeps what is paid when the provider ends it, too", async () => {
    const { who, provider } = await shop.subscribed();
    await shop.stripe.subscriptions.cancel(provider);
    await syncSubscription(shop.at(who), provider);
    const { to, ends, plan } = await planOf(who);
    expect([plan, ends]).toEqual(["pro", to]);
    await syncSubscription(shop.at(who, to as Date), provider);
    expect(await planOf(who)).toMatchObject({ plan: "free" });
  });

  it("follows an invoice that stays unpaid, and the default plan begins", async () => {
    const { who, provider } = await shop.subscribed();
    await shop.test.card(await cardOf(who), "4000000000000341");
    await shop.test.renew(provider);
    await syncSubscription(shop.at(who), provider);
    const { to } = (await planOf(who)) as { to: Date };
    await shop.stripe.subscriptions.cancel(provider);
    await syncSubscription(shop.at(who, new Date(to.getTime() + 1_000)), provider);
    expect(await planOf(who)).toMatchObject({ plan: "free", pastDue: false, status: "active" });
    expect(await paymentsOf(who)).toHaveLength(1);
    expect(await brokenInvariants(shop.ctx)).toEqual([]);
  });

  it("ends the subscription of a deleted organization at the provider, so that no card is charged again", async () => {
    const { who, provider } = await shop.subscribed();
    await who.ctx.db.operator.query("SELECT ledger.delete_organization($1, NULL, true, NULL)", [who.organizationId]);
    await reconcilePlans({ ...shop.ctx, actor: { type: "job" }, now: new Date() });
    expect((await shop.stripe.subscriptions.retrieve(provider)).status).toBe("canceled");
  });

  it("is in the audit log with its actor", async () => {
    const { who } = await shop.subscribed();
    await cancelPlan(shop.at(who));
    const rows = await ownerRows<{ action: string; actor_type: string }>(
      "SELECT action, actor_type FROM audit_entry WHERE organization_id = $1 AND action LIKE 'plan.%' ORDER BY id",
      [who.organizationId],
    );
    expect(rows.map(({ action }) => action)).toEqual(["plan.started", "plan.chosen", "plan.started", "plan.canceled"]);
    expect(rows.at(-1)?.actor_type).toBe("user");
  });
});
