import { beforeEach, describe, expect, it } from "vitest";
import { localStripe } from "../fixtures/sandbox";

const { stripe, test } = await localStripe();
let customer: string;

beforeEach(async () => {
  customer = (await stripe.customers.create()).id;
});

async function paid(token = "pm_card_visa"): Promise<string> {
  const { id } = await stripe.paymentMethods.attach(token, { customer });
  return (
    await stripe.paymentIntents.create({
      amount: 1_000,
      currency: "usd",
      customer,
      payment_method: id,
      confirm: true,
      off_session: true,
    })
  ).id;
}

const chargeOf = async (payment_intent: string) => (await stripe.charges.list({ payment_intent })).data[0];
const typesSince = async (count: number) => {
  await test.delivered();
  return test.events.slice(count).map(({ type }) => type);
};

describe("the refunds of a charge", () => {
  it("add up to the charge and no further", async () => {
    const payment_intent = await paid();
    await stripe.refunds.create({ payment_intent, amount: 300 });
    expect(await chargeOf(payment_intent)).toMatchObject({ refunded: false, amount_refunded: 300 });
    await expect(stripe.refunds.create({ payment_intent, amount: 701 })).rejects.toMatchObject({ param: "amount" });
    await stripe.refunds.create(
      { payment_intent, metadata: { refund: "r" } },
      { idempotencyKey: `refund-${payment_intent}` },
    );
    expect(await chargeOf(payment_intent)).toMatchObject({ refunded: true, amount_refunded: 1_000 });
    await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ code: "charge_already_refunded" });
    expect((await stripe.refunds.list({ payment_intent })).data.map(({ amount }) => amount)).toEqual([700, 300]);
  });

  it("may be pending first, and may fail", async () => {
    const slow = await stripe.refunds.create({ payment_intent: await paid("pm_card_pendingRefund") });
    expect(slow.status).toBe("pending");
    await test.advance(60);
    expect((await stripe.refunds.retrieve(slow.id)).status).toBe("succeeded");
    const payment_intent = await paid();
    const failing = await stripe.refunds.create({ payment_intent });
    await test.delivered();
    const before = test.events.length;
    await test.refund(failing.id, "failed");
    expect(await chargeOf(payment_intent)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(await typesSince(before)).toEqual(expect.arrayContaining(["refund.updated", "refund.failed"]));
  });
});

describe("a dispute", () => {
  it("takes the money, blocks refunds, and returns the money when it is won", async () => {
    const payment_intent = await paid();
    const dispute = await test.dispute(payment_intent, { amount: 600, reason: "product_not_received" });
    expect(await chargeOf(payment_intent)).toMatchObject({ disputed: true });
    await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ code: "charge_disputed" });
    await test.delivered();
    const before = test.events.length;
    await test.endDispute(dispute.id, "won");
    expect((await stripe.disputes.retrieve(dispute.id)).status).toBe("won");
    expect((await typesSince(before)).sort()).toEqual(["charge.dispute.closed", "charge.dispute.funds_reinstated"]);
    await expect(test.endDispute(dispute.id, "lost")).rejects.toThrow("already closed");
  });

  it("is lost when it is accepted, while an inquiry leaves the charge refundable", async () => {
    const dispute = await test.dispute(await paid());
    expect((await stripe.disputes.close(dispute.id)).status).toBe("lost");
    const payment_intent = await paid();
    const inquiry = await test.dispute(payment_intent, { inquiry: true });
    expect(inquiry.status).toBe("warning_needs_response");
    expect((await stripe.refunds.create({ payment_intent })).status).toBe("succeeded");
  });
});
