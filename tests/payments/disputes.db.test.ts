/** Disputes at the local Stripe, over the real SDK, and events of everything that goes back, in any order. */
import { beforeEach, describe, expect, it } from "vitest";
import { eventHandlers } from "@/lib/adapters/webhook/handlers";
import { charge } from "@/lib/gate";
import { type ProviderEvent, paymentReversals, reconcileReversals, refundPayment } from "@/lib/payments";
import { many, spend } from "../fixtures/call";
import { creditCatalogue } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows, stateOf, transactionsOf } from "../fixtures/ledger";
import type { Organization } from "../fixtures/organization";
import { organization } from "../fixtures/organization";
import { deliverEvents, jobOf, payAtStripe, stripeShop } from "../fixtures/payment";
import { standingOf } from "../fixtures/recorded-payment";

const shop = await stripeShop(creditCatalogue());
const { ctx, stripe, test } = shop;
beforeEach(async () => {
  await test.noFaults();
  await test.webhooks("deliver");
});

const sound = async () => expect(await brokenInvariants(ctx)).toEqual([]);
const used = (who: Organization, credits: number) =>
  charge(ctx, { ...spend(who, credits), idempotencyKey: `use ${credits}` });

describe("a dispute", () => {
  it("takes the credit back when it is opened, spent or not, and restores it when it is won", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    await used(who, 30);
    const { id: dispute } = await test.dispute(intent, { reason: "product_not_received" });
    await deliverEvents(shop);
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 30 });
    expect((await paymentReversals(who.ctx, { id: payment })).disputes).toMatchObject([
      { state: "open", money: { amount: "1000", currency: "EUR" }, reason: "product_not_received" },
    ]);
    const refund = refundPayment(who.ctx, { payment, reason: "sorry" });
    await expect(refund).rejects.toMatchObject({ code: "conflict" });
    await test.endDispute(dispute, "under_review");
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n });
    await test.endDispute(dispute, "won");
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n, free: 70n });
    expect(await stateOf(who)).toMatchObject({ remaining: 70, debt: 0 });
    expect(await transactionsOf(who)).toEqual(["purchase 100", "deduction -30", "clawback -100", "adjustment 100"]);
    await sound();
  });

  it("keeps what it took when it is lost", async () => {
    const who = await organization(ctx);
    const { id, intent } = await payAtStripe(shop, who);
    const { id: dispute } = await test.dispute(intent, { amount: 400 });
    await deliverEvents(shop);
    await test.endDispute(dispute, "lost");
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 40n, free: 60n, disputed: 400n });
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -40"]);
    await sound();
  });

  it.each(["won", "lost"] as const)(
    "takes no more than the rest after a refund, and the refund stays when the dispute is %s",
    async (end) => {
      const who = await organization(ctx);
      const { id, payment, intent } = await payAtStripe(shop, who);
      await refundPayment(who.ctx, { payment, amount: 300n, reason: "part" });
      const { id: dispute } = await test.dispute(intent);
      await deliverEvents(shop);
      expect(await standingOf(who, id)).toMatchObject({ clawed: 100n, free: 0n });
      await test.endDispute(dispute, end);
      await deliverEvents(shop);
      expect(await standingOf(who, id)).toMatchObject(end === "won" ? { clawed: 30n, free: 70n } : { clawed: 100n });
      await sound();
    },
  );

  it("takes nothing while it is an inquiry, closed or not, and takes the credit when it becomes a dispute", async () => {
    const who = await organization(ctx);
    const { id, intent } = await payAtStripe(shop, who);
    const { id: dispute } = await test.dispute(intent, { inquiry: true });
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n, disputed: 0n });
    await test.endDispute(dispute, "needs_response");
    await deliverEvents(shop);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n });
    const other = await payAtStripe(shop, who);
    const inquiry = await test.dispute(other.intent, { inquiry: true });
    await test.endDispute(inquiry.id, "warning_closed");
    await deliverEvents(shop);
    expect(await standingOf(who, other.id)).toMatchObject({ clawed: 0n });
    await sound();
  });

  it("is found by the job when its event was lost", async () => {
    const who = await organization(ctx);
    const { id, intent } = await payAtStripe(shop, who);
    const { id: dispute } = await test.dispute(intent);
    await deliverEvents(shop);
    await test.webhooks("hold");
    await test.endDispute(dispute, "won");
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n });
    await reconcileReversals(jobOf(ctx));
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n });
    await sound();
  });

  it("credits its payment first when it is reported before the payment", async () => {
    const who = await organization(ctx);
    const { id, intent } = await payAtStripe(shop, who, { told: false });
    await ownerRows("DELETE FROM webhook_event");
    const { id: dispute } = await test.dispute(intent);
    const told = { id: "evt", type: "charge.dispute.created", previous: {} };
    await eventHandlers.dispute?.(jobOf(ctx), { ...told, object: { id: dispute, object: "dispute" } });
    expect(await standingOf(who, id)).toMatchObject({ state: "succeeded", clawed: 100n });
    await deliverEvents(shop);
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -100"]);
    await sound();
  });

  it("is ignored for a charge that is not ours", async () => {
    const card = { payment_method: "pm_card_visa", confirm: true, off_session: true };
    const foreign = await stripe.paymentIntents.create({ amount: 500, currency: "eur", ...card });
    await test.dispute(foreign.id);
    await stripe.refunds.list({ payment_intent: foreign.id });
    const ends = await deliverEvents(shop);
    expect(ends.length).toBeGreaterThan(0);
    expect(new Set(ends)).toEqual(new Set(["ignored"]));
  });
});

/** Every order of the items. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) => orders(items.filter((_, index) => index !== at)).map((rest) => [item, ...rest]));
}

describe("events of refunds and disputes", () => {
  it("reach the same state in every order, each of them twice", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    const since = test.events.length;
    await refundPayment(who.ctx, { payment, amount: 200n, reason: "part" });
    const { id: dispute } = await test.dispute(intent);
    await test.endDispute(dispute, "lost");
    await test.delivered();
    const kinds = ["refund.created", "charge.refunded", "charge.dispute.created", "charge.dispute.closed"];
    const told = test.events.slice(since).filter(({ type }) => kinds.includes(type));
    const events = told.map(
      ({ id: event, type, data }) =>
        ({ id: event, type, object: data.object, previous: {} }) as unknown as ProviderEvent,
    );
    expect(new Set(events.map(({ type }) => type)).size).toBe(4);
    for (const order of orders(events))
      for (const event of [...order, ...order]) await eventHandlers[event.object.object]?.(jobOf(ctx), event);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n, refunded: 200n, disputed: 1_000n });
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -20", "clawback -80"]);
    await sound();
  });

  it("move everything once when they are posted twice, shuffled and applied by several workers at once", async () => {
    const who = await organization(ctx);
    const { id, payment, intent } = await payAtStripe(shop, who);
    await test.webhooks("duplicate");
    await refundPayment(who.ctx, { payment, amount: 200n, reason: "part" });
    await stripe.refunds.create({ payment_intent: intent, amount: 300 });
    await Promise.all(many(4, () => deliverEvents(shop)));
    expect(await standingOf(who, id)).toMatchObject({ clawed: 50n, refunded: 500n });
    expect(await transactionsOf(who)).toEqual(["purchase 100", "clawback -20", "clawback -30"]);
    await sound();
  });
});
