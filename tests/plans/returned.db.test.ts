/** A plan does not outlive its payment: disputes and refunds of it, and who lets it go on. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventHandlers } from "@/lib/adapters/webhook/handlers";
import { publicId } from "@/lib/kernel/ids";
import { reconcileReversals, refundPayment, resumeCharges } from "@/lib/payments";
import type { EventObject } from "@/lib/payments/inbox/apply-events";
import type { PlanChoice } from "@/lib/payments/schema";
import { choosePlan, followReversals, listPlans, previewChange, reconcilePlans, resumePlan } from "@/lib/plans";
import { brokenInvariants, ownerRows, transactionsOf } from "../fixtures/ledger";
import type { OwnedOrganization } from "../fixtures/organization";
import { ORIGIN } from "../fixtures/payment";
import { paymentsOf, planOf, planShop } from "../fixtures/plan";

let seen = 0;
const shop = await planShop();
beforeAll(async () => {
  // The first sale loads what all of them need.
  await shop.subscribed();
});
beforeEach(async () => {
  await shop.test.noFaults();
  await shop.test.delivered();
  seen = shop.test.events.length;
});

const job = () => ({ actor: { type: "job" }, db: shop.ctx.db, now: new Date() }) as const;

/** What the provider has told since the test began, applied in order. */
async function apply(): Promise<void> {
  await shop.test.delivered();
  const events = shop.test.events.slice(seen);
  seen = shop.test.events.length;
  for (const { id, type, data } of events) {
    const object = data.object as unknown as EventObject;
    await eventHandlers[object.object]?.(job(), { id, type, object, previous: {} });
  }
}

async function paymentOf({ organizationId }: OwnedOrganization) {
  const [row] = await ownerRows<{ id: string; intent: string }>(
    "SELECT id, intent FROM payment WHERE organization_id = $1 ORDER BY created_at LIMIT 1",
    [organizationId],
  );
  return { id: publicId("pay", organizationId, row?.id ?? ""), intent: row?.intent ?? "" };
}

const pageOf = async (who: OwnedOrganization) => (await listPlans(shop.at(who))).subscription;
const providers = (id: string) => shop.stripe.subscriptions.retrieve(id);
const operator = (who: OwnedOrganization) => ({ ...who.ctx, now: new Date() });
async function mailsOf({ email }: OwnedOrganization): Promise<string[]> {
  const rows = await ownerRows<{ subject: string }>(
    "SELECT subject FROM mail WHERE recipient = $1 ORDER BY created_at, id",
    [email],
  );
  return rows.map(({ subject }) => subject);
}

describe("a dispute of a plan's payment", () => {
  it("stops the plan's renewal: no next invoice is announced, and none is made when the period ends", async () => {
    const { who, provider } = await shop.subscribed();
    await shop.test.dispute((await paymentOf(who)).intent);
    await apply();
    expect(await providers(provider)).toMatchObject({ cancel_at_period_end: true });
    const page = await pageOf(who);
    expect(page).toMatchObject({ plan: "pro", renewal: null, stopped: "dispute", endsAt: page?.paidUntil });
    await shop.test.renew(provider);
    await apply();
    expect(await paymentsOf(who)).toEqual(["1000 100 succeeded"]);
    expect(await providers(provider)).toMatchObject({ status: "canceled" });
  });

  it("lets no plan be resumed, chosen or changed until an owner allows automatic charges again", async () => {
    const { who, provider } = await shop.subscribed();
    await shop.test.dispute((await paymentOf(who)).intent);
    await apply();
    const refused = { code: "conflict", message: expect.stringContaining("Automatic charges are stopped") };
    await expect(resumePlan(shop.at(who))).rejects.toMatchObject(refused);
    await expect(previewChange(shop.at(who), { plan: "big", interval: "month" })).rejects.toMatchObject({
      code: "conflict",
    });
    await resumeCharges(shop.at(who));
    expect(await pageOf(who)).toMatchObject({ renewal: null, stopped: null });
    await resumePlan(shop.at(who));
    await followReversals(operator(who));
    expect(await pageOf(who)).toMatchObject({ endsAt: null, renewal: { money: { amount: "1000" } } });
    expect(await providers(provider)).toMatchObject({ cancel_at_period_end: false });
  });

  it("lets no plan begin for an organization without a paid plan", async () => {
    const { who, provider } = await shop.subscribed();
    await shop.test.dispute((await paymentOf(who)).intent);
    await apply();
    await shop.stripe.subscriptions.cancel(provider);
    await ownerRows("UPDATE subscription SET status = 'ended' WHERE organization_id = $1", [who.organizationId]);
    const choose = choosePlan(shop.at(who), { plan: "pro", interval: "month", key: crypto.randomUUID() }, ORIGIN);
    await expect(choose).rejects.toMatchObject({ code: "conflict" });
    await ownerRows("UPDATE subscription SET status = 'active' WHERE organization_id = $1", [who.organizationId]);
  });

  it("ends the plan at the provider while a renewal is unpaid, so that the card is not tried again", async () => {
    const { who, provider } = await shop.subscribed();
    const [card] = await ownerRows<{ id: string }>("SELECT id FROM payment_method WHERE organization_id = $1", [
      who.organizationId,
    ]);
    await shop.test.card(card?.id ?? "", "4000000000000341");
    await shop.test.renew(provider);
    await apply();
    await shop.test.dispute((await paymentOf(who)).intent);
    await apply();
    expect(await providers(provider)).toMatchObject({ status: "canceled" });
  });

  it("ends the plan at once when it is lost, and tells the owners", async () => {
    const { who, provider } = await shop.subscribed("pro", "year");
    const { id } = await shop.test.dispute((await paymentOf(who)).intent);
    await apply();
    await shop.test.endDispute(id, "lost");
    await apply();
    expect(await providers(provider)).toMatchObject({ status: "canceled" });
    expect(await planOf(who)).toMatchObject({ plan: "free", status: "active" });
    expect((await transactionsOf(who)).at(-1)).toBe("renewal 10");
    expect((await listPlans(shop.at(who))).ended).toMatchObject({ name: "Pro", reason: "dispute" });
    expect(await mailsOf(who)).toEqual([
      "A payment is disputed: automatic charges are stopped",
      "Your Pro plan has ended",
    ]);
    // What the free plan gives is not taken for the year's that never began.
    await reconcileReversals(job());
    expect((await transactionsOf(who)).at(-1)).toBe("renewal 10");
  });

  it("is followed by the job when the provider did not stop the plan at first", async () => {
    const { who, provider } = await shop.subscribed();
    await shop.test.fault("POST /v1/subscriptions/:id", "before", 2);
    await shop.test.dispute((await paymentOf(who)).intent);
    await expect(apply()).rejects.toMatchObject({ code: "upstream_failed" });
    expect(await pageOf(who)).toMatchObject({ renewal: null });
    await shop.test.noFaults();
    await reconcilePlans(job());
    expect(await providers(provider)).toMatchObject({ cancel_at_period_end: true });
  });
});

describe("an operator's refund of a plan's payment", () => {
  const refund = async (who: OwnedOrganization, plan?: PlanChoice) => {
    const { id } = await paymentOf(who);
    const made = await refundPayment(operator(who), { payment: id, reason: "asked for", ...(plan && { plan }) });
    await followReversals(operator(who));
    return made;
  };

  it("requires a choice about the plan before it does anything", async () => {
    const { who } = await shop.subscribed();
    await expect(refund(who)).rejects.toMatchObject({ code: "validation_failed", details: { field: "plan" } });
    expect(await transactionsOf(who)).not.toContain("clawback -100");
  });

  it("keeps the plan where the operator chooses that, and the plan renews", async () => {
    const { who } = await shop.subscribed();
    await refund(who, "keep");
    await apply();
    expect(await pageOf(who)).toMatchObject({ endsAt: null, stopped: null, renewal: { money: { amount: "1000" } } });
  });

  it("ends the plan with its period where the operator chooses that: page and mail say so, and no card is charged", async () => {
    const { who, provider } = await shop.subscribed();
    await refund(who, "end_at_period_end");
    await apply();
    const page = await pageOf(who);
    expect(page).toMatchObject({ renewal: null, stopped: "refund", endsAt: page?.paidUntil });
    const [mail, ...more] = await mailsOf(who);
    expect(mail).toMatch(/^Your Pro plan ends on \d+ \w+ \d{4}$/);
    expect(more).toEqual([]);
    await shop.test.renew(provider);
    await apply();
    expect(await paymentsOf(who)).toEqual(["1000 100 succeeded"]);
  });

  it("ends the plan now where the operator chooses that: the next plan has its own allowance, even after a paid year", async () => {
    const { who, provider } = await shop.subscribed("pro", "year");
    await refund(who, "end_now");
    await apply();
    expect(await providers(provider)).toMatchObject({ status: "canceled" });
    expect(await planOf(who)).toMatchObject({ plan: "free", status: "active" });
    expect((await listPlans(shop.at(who))).ended).toMatchObject({ name: "Pro", reason: "refund" });
    await reconcileReversals(job());
    expect((await transactionsOf(who)).slice(-2)).toEqual(["clawback -100", "renewal 10"]);
    expect(await mailsOf(who)).toEqual(["Your Pro plan has ended"]);
  });
});

describe("a dashboard refund of a plan's payment", () => {
  it("ends the plan with its period when it is a full refund", async () => {
    const { who } = await shop.subscribed();
    await shop.stripe.refunds.create({ payment_intent: (await paymentOf(who)).intent });
    await apply();
    expect(await pageOf(who)).toMatchObject({ renewal: null, stopped: "refund" });
    expect((await mailsOf(who))[0]).toMatch(/^Your Pro plan ends on/);
  });

  it("keeps the plan when it is a partial refund", async () => {
    const { who } = await shop.subscribed();
    await shop.stripe.refunds.create({ payment_intent: (await paymentOf(who)).intent, amount: 400 });
    await apply();
    expect(await pageOf(who)).toMatchObject({ stopped: null, renewal: { money: { amount: "1000" } } });
  });

  it("does not undo an owner's later decision to resume the plan", async () => {
    const { who } = await shop.subscribed();
    await shop.stripe.refunds.create({ payment_intent: (await paymentOf(who)).intent });
    await apply();
    await resumePlan(shop.at(who));
    await reconcilePlans(job());
    expect(await pageOf(who)).toMatchObject({ endsAt: null, renewal: { money: { amount: "1000" } } });
  });
});

it("leaves a ledger in which every invariant holds", async () => {
  expect(await brokenInvariants(shop.ctx)).toEqual([]);
});
