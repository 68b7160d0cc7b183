/** Disputes at the local Stripe, over the real SDK, and events of everything that goes back, in any order. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventHandlers } from "@/lib/adapters/webhook/handlers";
import { charge } from "@/lib/gate";
import { verifyLedger } from "@/lib/ledger";
import { type ProviderEvent, paymentReversals, reconcileReversals, refundPayment } from "@/lib/payments";
import { type Customer, many, ownerRows, spend, stateOf } from "../gate/world";
import { postings, standingOf } from "./paid";
import { openReturns } from "./returns-world";

let world: Awaited<ReturnType<typeof openReturns>>;
beforeAll(async () => {
  world = await openReturns();
});
beforeEach(async () => {
  await world.test.noFaults();
  await world.test.webhooks("deliver");
});

const sound = async () => expect((await verifyLedger(world.ctx)).filter(({ rows }) => rows.length > 0)).toEqual([]);
const used = (who: Customer, credits: number) =>
  charge(world.ctx, { ...spend(who, credits), idempotencyKey: `use ${credits}` });

describe("a dispute", () => {
  it("takes the credit back when it is opened, spent or not, and gives it back when it is won", async () => {
    const who = await world.customer();
    const { id, payment, intent } = await world.buys(who);
    await used(who, 30);
    const { id: dispute } = await world.test.dispute(intent, { reason: "product_not_received" });
    await world.apply();
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 30 });
    expect((await paymentReversals(who.ctx, { id: payment })).disputes).toMatchObject([
      { state: "open", money: { amount: "1000", currency: "EUR" }, reason: "product_not_received" },
    ]);
    const refund = refundPayment(who.ctx, { payment, reason: "sorry" });
    await expect(refund).rejects.toMatchObject({ code: "conflict" });
    await world.test.endDispute(dispute, "under_review");
    await world.apply();
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n });
    await world.test.endDispute(dispute, "won");
    await world.apply();
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n, free: 70n });
    expect(await stateOf(who)).toMatchObject({ remaining: 70, debt: 0 });
    expect(await postings(who)).toEqual(["purchase 100", "deduction -30", "clawback -100", "adjustment 100"]);
    await sound();
  });

  it("that is lost keeps what it took", async () => {
    const who = await world.customer();
    const { id, intent } = await world.buys(who);
    const { id: dispute } = await world.test.dispute(intent, { amount: 400 });
    await world.apply();
    await world.test.endDispute(dispute, "lost");
    await world.apply();
    expect(await standingOf(who, id)).toMatchObject({ clawed: 40n, free: 60n, disputed: 400n });
    expect(await postings(who)).toEqual(["purchase 100", "clawback -40"]);
    await sound();
  });

  it.each(["won", "lost"] as const)(
    "after a refund takes no more than the rest, and %s the refund stays",
    async (end) => {
      const who = await world.customer();
      const { id, payment, intent } = await world.buys(who);
      await refundPayment(who.ctx, { payment, amount: 300n, reason: "part" });
      const { id: dispute } = await world.test.dispute(intent);
      await world.apply();
      expect(await standingOf(who, id)).toMatchObject({ clawed: 100n, free: 0n });
      await world.test.endDispute(dispute, end);
      await world.apply();
      expect(await standingOf(who, id)).toMatchObject(end === "won" ? { clawed: 30n, free: 70n } : { clawed: 100n });
      await sound();
    },
  );

  it("that is only an inquiry takes nothing, closed or not; one that becomes a dispute does", async () => {
    const who = await world.customer();
    const { id, intent } = await world.buys(who);
    const { id: dispute } = await world.test.dispute(intent, { inquiry: true });
    await world.apply();
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n, disputed: 0n });
    await world.test.endDispute(dispute, "needs_response");
    await world.apply();
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n });
    const other = await world.buys(who);
    const inquiry = await world.test.dispute(other.intent, { inquiry: true });
    await world.test.endDispute(inquiry.id, "warning_closed");
    await world.apply();
    expect(await standingOf(who, other.id)).toMatchObject({ clawed: 0n });
    await sound();
  });

  it("whose event was lost is seen by the job", async () => {
    const who = await world.customer();
    const { id, intent } = await world.buys(who);
    const { id: dispute } = await world.test.dispute(intent);
    await world.apply();
    await world.test.webhooks("hold");
    await world.test.endDispute(dispute, "won");
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n });
    await reconcileReversals(world.job());
    expect(await standingOf(who, id)).toMatchObject({ clawed: 0n });
    await sound();
  });

  it("heard of before the payment itself credits it first", async () => {
    const who = await world.customer();
    const { id, intent } = await world.buys(who, { told: false });
    await ownerRows("DELETE FROM webhook_event");
    const { id: dispute } = await world.test.dispute(intent);
    const told = { id: "evt", type: "charge.dispute.created", previous: {} };
    await eventHandlers.dispute?.(world.job(), { ...told, object: { id: dispute, object: "dispute" } });
    expect(await standingOf(who, id)).toMatchObject({ state: "succeeded", clawed: 100n });
    await world.apply();
    expect(await postings(who)).toEqual(["purchase 100", "clawback -100"]);
    await sound();
  });

  it("of a charge that is not ours is ignored", async () => {
    const card = { payment_method: "pm_card_visa", confirm: true, off_session: true };
    const foreign = await world.stripe.paymentIntents.create({ amount: 500, currency: "eur", ...card });
    await world.test.dispute(foreign.id);
    await world.stripe.refunds.list({ payment_intent: foreign.id });
    const ends = await world.apply();
    expect(ends.length).toBeGreaterThan(0);
    expect(new Set(ends)).toEqual(new Set(["ignored"]));
  });
});

/** Every order of the items. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) => orders(items.filter((_, index) => index !== at)).map((rest) => [item, ...rest]));
}

describe("events of what goes back", () => {
  it("end in the same state in every order, each of them twice", async () => {
    const who = await world.customer();
    const { id, payment, intent } = await world.buys(who);
    const since = world.test.events.length;
    await refundPayment(who.ctx, { payment, amount: 200n, reason: "part" });
    const { id: dispute } = await world.test.dispute(intent);
    await world.test.endDispute(dispute, "lost");
    await world.test.delivered();
    const kinds = ["refund.created", "charge.refunded", "charge.dispute.created", "charge.dispute.closed"];
    const told = world.test.events.slice(since).filter(({ type }) => kinds.includes(type));
    const events = told.map(
      ({ id: event, type, data }) =>
        ({ id: event, type, object: data.object, previous: {} }) as unknown as ProviderEvent,
    );
    expect(new Set(events.map(({ type }) => type)).size).toBe(4);
    for (const order of orders(events))
      for (const event of [...order, ...order]) await eventHandlers[event.object.object]?.(world.job(), event);
    expect(await standingOf(who, id)).toMatchObject({ clawed: 100n, refunded: 200n, disputed: 1_000n });
    expect(await postings(who)).toEqual(["purchase 100", "clawback -20", "clawback -80"]);
    await sound();
  });

  it("posted twice, shuffled and applied by several workers at once move everything once", async () => {
    const who = await world.customer();
    const { id, payment, intent } = await world.buys(who);
    await world.test.webhooks("duplicate");
    await refundPayment(who.ctx, { payment, amount: 200n, reason: "part" });
    await world.stripe.refunds.create({ payment_intent: intent, amount: 300 });
    await Promise.all(many(4, () => world.apply()));
    expect(await standingOf(who, id)).toMatchObject({ clawed: 50n, refunded: 500n });
    expect(await postings(who)).toEqual(["purchase 100", "clawback -20", "clawback -30"]);
    await sound();
  });
});
