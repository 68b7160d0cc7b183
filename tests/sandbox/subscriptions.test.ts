import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { localStripe } from "../fixtures/sandbox";

const { stripe, test } = await localStripe();
const DAY = 86_400;
let customer: string;

type Every = "month" | "year";
const price = async (unit_amount: number, interval: Every = "month") =>
  (
    await stripe.prices.create({
      currency: "usd",
      unit_amount,
      recurring: { interval },
      product_data: { name: `Plan ${unit_amount}` },
    })
  ).id;

beforeEach(async () => {
  customer = (await stripe.customers.create({ email: "ada@example.com" })).id;
});

async function subscribed(
  unit_amount = 3_000,
  number?: string,
  interval: Every = "month",
): Promise<Stripe.Subscription> {
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer,
    success_url: "http://shop.test/return",
    line_items: [{ price: await price(unit_amount, interval), quantity: 1 }],
    subscription_data: { metadata: { plan: "pro" } },
  });
  expect((await test.checkout(session.url, number ? { number } : {})).to).toBe("http://shop.test/return");
  const { subscription } = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["subscription.latest_invoice.payments"],
  });
  return subscription as Stripe.Subscription;
}

const itemOf = (subscription: Stripe.Subscription) => {
  const [item] = subscription.items.data;
  if (!item) throw new Error("no item");
  return item;
};
const invoicesOf = async (subscription: string) => (await stripe.invoices.list({ subscription })).data;
const cardOf = ({ default_payment_method }: Stripe.Subscription) => String(default_payment_method);

describe("a subscription", () => {
  it("begins when its first invoice is paid at the page", async () => {
    const made = await subscribed();
    expect(made).toMatchObject({ status: "active", metadata: { plan: "pro" } });
    const invoice = made.latest_invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({
      status: "paid",
      total: 3_000,
      billing_reason: "subscription_create",
      parent: { subscription_details: { subscription: made.id, metadata: { plan: "pro" } } },
    });
    expect(invoice.payments?.data).toHaveLength(1);
    await test.delivered();
    expect(test.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        "customer.subscription.created",
        "customer.subscription.updated",
        "invoice.paid",
        "checkout.session.completed",
      ]),
    );
  });

  it("does not begin with a declined card, and begins with another one", async () => {
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer,
      success_url: "http://shop.test/return",
      line_items: [{ price: await price(3_000), quantity: 1 }],
    });
    expect((await test.checkout(session.url, { number: "4000000000000002" })).error).toBe("Your card was declined.");
    expect((await stripe.subscriptions.list({ customer, status: "active" })).data).toEqual([]);
    await test.checkout(session.url, { number: "4000002760003184" });
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toMatchObject([{ status: "active" }]);
  });

  it("renews with the card, from the end of each period, as often as time has passed", async () => {
    const made = await subscribed();
    const end = itemOf(made).current_period_end;
    await test.advance(62 * DAY);
    const invoices = await invoicesOf(made.id);
    expect(invoices.map(({ billing_reason, status }) => [billing_reason, status])).toEqual([
      ["subscription_cycle", "paid"],
      ["subscription_cycle", "paid"],
      ["subscription_create", "paid"],
    ]);
    expect(invoices[1]?.lines.data[0]?.period.start).toBe(end);
  });

  it("is past due after a declined renewal, active when that is paid, and canceled when it never is", async () => {
    const made = await subscribed();
    await test.card(cardOf(made), "4000000000000341");
    await test.renew(made.id);
    const [open] = await invoicesOf(made.id);
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe("past_due");
    await test.checkout(open?.hosted_invoice_url ?? "");
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe("active");
    await test.renew(made.id);
    await test.advance(10 * DAY);
    expect(await stripe.subscriptions.retrieve(made.id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_failed" },
    });
  });

  it("ends with its period when it was canceled, unless it is resumed", async () => {
    const made = await subscribed();
    const canceled = await stripe.subscriptions.update(made.id, { cancel_at_period_end: true });
    expect(canceled.cancel_at).toBe(itemOf(made).current_period_end);
    expect((await stripe.subscriptions.update(made.id, { cancel_at_period_end: false })).cancel_at).toBeNull();
    await stripe.subscriptions.update(made.id, { cancel_at_period_end: true });
    await test.advance(32 * DAY);
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe("canceled");
    expect(await invoicesOf(made.id)).toHaveLength(1);
    await expect(stripe.subscriptions.cancel(made.id)).rejects.toMatchObject({ code: "resource_missing" });
  });
});

describe("an upgrade", () => {
  async function upgrade(made: Stripe.Subscription, more: Partial<Stripe.SubscriptionUpdateParams> = {}, to?: string) {
    const items = [{ id: itemOf(made).id, price: to ?? (await price(9_000)) }];
    const { current_period_start: start, current_period_end: end } = itemOf(made);
    const details = {
      items,
      proration_behavior: "always_invoice",
      proration_date: start + Math.floor((end - start) / 3),
    } as const;
    const preview = await stripe.invoices.createPreview({ subscription: made.id, subscription_details: details });
    const changed = await stripe.subscriptions.update(made.id, {
      ...details,
      payment_behavior: "pending_if_incomplete",
      expand: ["latest_invoice"],
      ...more,
    });
    return { preview, changed, invoice: changed.latest_invoice as Stripe.Invoice, details };
  }

  it("costs exactly what its preview says", async () => {
    const made = await subscribed();
    const { preview, changed, invoice, details } = await upgrade(made);
    const { current_period_start: start, current_period_end: end } = itemOf(made);
    const share = (end - details.proration_date) / (end - start);
    expect(preview.amount_due).toBe(Math.round(9_000 * share) - Math.round(3_000 * share));
    expect(invoice).toMatchObject({
      status: "paid",
      billing_reason: "subscription_update",
      amount_paid: preview.amount_due,
    });
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual(preview.lines.data.map(({ amount }) => amount));
    expect(itemOf(changed)).toMatchObject({ price: { unit_amount: 9_000 }, current_period_end: end });
    expect((await stripe.invoices.list({ customer })).data).toHaveLength(2);
  });

  it("waits for 3-D Secure at the invoice's page", async () => {
    const made = await subscribed(3_000, "4000002760003184");
    const { changed, invoice } = await upgrade(made);
    expect(itemOf(changed).price.unit_amount).toBe(3_000);
    expect(changed.pending_update?.subscription_items).toHaveLength(1);
    await test.checkout(invoice.hosted_invoice_url ?? "", { saved: cardOf(made) });
    const after = await stripe.subscriptions.retrieve(made.id);
    expect(after).toMatchObject({ status: "active", pending_update: null });
    expect(itemOf(after).price.unit_amount).toBe(9_000);
  });

  it("is forgotten after 23 hours without its payment", async () => {
    const made = await subscribed();
    await test.card(cardOf(made), "4000000000000341");
    const { changed, invoice } = await upgrade(made);
    expect(changed).toMatchObject({ status: "active", pending_update: { expires_at: expect.any(Number) } });
    await test.advance(DAY);
    expect((await stripe.subscriptions.retrieve(made.id)).pending_update).toBeNull();
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe("void");
  });

  it("changes nothing when it may not be incomplete and is declined", async () => {
    const made = await subscribed();
    await test.card(cardOf(made), "4000000000000341");
    await expect(upgrade(made, { payment_behavior: "error_if_incomplete" })).rejects.toMatchObject({
      code: "card_declined",
    });
    expect(itemOf(await stripe.subscriptions.retrieve(made.id)).price.unit_amount).toBe(3_000);
  });

  it("begins a year at once when it goes from month to year", async () => {
    const made = await subscribed();
    const { preview, changed, invoice } = await upgrade(made, {}, await price(90_000, "year"));
    expect(invoice.amount_paid).toBe(preview.amount_due);
    const { current_period_start: start, current_period_end: end } = itemOf(changed);
    expect(start).toBe(invoice.created);
    expect(changed.billing_cycle_anchor).toBe(start);
    expect(end - start).toBeGreaterThanOrEqual(365 * DAY);
    expect(invoice.lines.data.at(-1)?.amount).toBe(90_000);
  });
});

describe("a downgrade", () => {
  it("costs nothing now without proration, and less from the next period on", async () => {
    const made = await subscribed(9_000);
    const item = { id: itemOf(made).id, price: await price(3_000) };
    await stripe.subscriptions.update(made.id, { items: [item], proration_behavior: "none" });
    expect(await invoicesOf(made.id)).toHaveLength(1);
    const next = await stripe.invoices.createPreview({ subscription: made.id });
    expect(next.amount_due).toBe(3_000);
    await test.renew(made.id);
    expect((await invoicesOf(made.id))[0]).toMatchObject({ total: 3_000, status: "paid" });
  });

  it("is credited to the next invoice when it is invoiced at once", async () => {
    const made = await subscribed(9_000);
    const { id, current_period_start: proration_date } = itemOf(made);
    const change: Stripe.SubscriptionUpdateParams = {
      items: [{ id, price: await price(3_000) }],
      proration_behavior: "always_invoice",
      proration_date,
    };
    const changed = await stripe.subscriptions.update(made.id, { ...change, expand: ["latest_invoice"] });
    expect(changed.latest_invoice).toMatchObject({
      total: -6_000,
      amount_due: 0,
      status: "paid",
      ending_balance: -6_000,
    });
    expect((await stripe.invoices.createPreview({ subscription: made.id })).amount_due).toBe(0);
    await test.renew(made.id);
    await test.renew(made.id);
    await test.renew(made.id);
    expect((await invoicesOf(made.id)).map(({ amount_paid }) => amount_paid)).toEqual([3_000, 0, 0, 0, 9_000]);
  });
});
