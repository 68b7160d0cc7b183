import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { localStripe } from "../fixtures/sandbox";

const { stripe, test } = await localStripe();
const SUCCESS = "http://shop.test/return?session={CHECKOUT_SESSION_ID}";
let customer: Stripe.Customer;

beforeEach(async () => {
  customer = await stripe.customers.create({ email: "ada@example.com", name: "Ada", metadata: { organization: "o" } });
});

function session(of: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return stripe.checkout.sessions.create({
    mode: "payment",
    customer: customer.id,
    success_url: SUCCESS,
    cancel_url: "http://shop.test/back",
    line_items: [
      { price_data: { currency: "usd", unit_amount: 2_000, product_data: { name: "Credit" } }, quantity: 1 },
    ],
    payment_intent_data: { metadata: { payment: "p" } },
    invoice_creation: { enabled: true, invoice_data: { metadata: { payment: "p" } } },
    saved_payment_method_options: { payment_method_save: "enabled" },
    ...of,
  });
}

const typesOf = (id: string) =>
  test.events.filter(({ data }) => JSON.stringify(data.object).includes(id)).map(({ type }) => type);

describe("a session in payment mode", () => {
  it("is paid: it has an intent with its metadata, an invoice, and events in order", async () => {
    const open = await session();
    expect(open).toMatchObject({ status: "open", payment_status: "unpaid", amount_total: 2_000, payment_intent: null });
    expect(await test.checkout(open.url)).toEqual({ to: `http://shop.test/return?session=${open.id}` });
    const paid = await stripe.checkout.sessions.retrieve(open.id, {
      expand: ["payment_intent.latest_charge", "invoice.payments", "line_items"],
    });
    const intent = paid.payment_intent as Stripe.PaymentIntent;
    expect(paid).toMatchObject({ status: "complete", payment_status: "paid", url: null });
    expect(intent).toMatchObject({ status: "succeeded", amount_received: 2_000, metadata: { payment: "p" } });
    expect(intent.latest_charge).toMatchObject({ object: "charge", paid: true, payment_intent: intent.id });
    const invoice = paid.invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ status: "paid", total: 2_000, amount_paid: 2_000, metadata: { payment: "p" } });
    expect(invoice.number).toMatch(/^[A-Z0-9]{8}-0001$/);
    expect(invoice.payments?.data[0]?.payment.payment_intent).toBe(intent.id);
    expect(paid.line_items?.data[0]).toMatchObject({ amount_total: 2_000, description: "Credit" });
    await test.delivered();
    expect(typesOf(intent.id).sort()).toEqual(
      [
        "charge.succeeded",
        "checkout.session.completed",
        "invoice_payment.paid",
        "payment_intent.created",
        "payment_intent.succeeded",
      ].sort(),
    );
    const file = await fetch(invoice.invoice_pdf ?? "");
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect((await file.text()).slice(0, 5)).toBe("%PDF-");
  });

  it.each([
    ["4000000000000002", "Your card was declined."],
    ["4000000000009995", "Your card has insufficient funds."],
    ["4000000000000069", "Your card has expired."],
    ["4000000000000341", "Your card was declined."],
    ["4242424242424241", "Your card number is incorrect."],
    ["6011111111111117", "test mode"],
  ])("stays open with the reason when %s is declined, and can then be paid", async (number, reason) => {
    const open = await session();
    const refused = await test.checkout(open.url, { number });
    expect(refused.error).toContain(reason);
    expect((await stripe.checkout.sessions.retrieve(open.id)).status).toBe("open");
    expect((await test.checkout(open.url)).to).toContain("shop.test/return");
  });

  it("keeps the card only when the buyer ticks that", async () => {
    await test.checkout((await session()).url);
    expect((await stripe.customers.listPaymentMethods(customer.id)).data).toEqual([]);
    await test.checkout((await session()).url, { save: true });
    const { data } = await stripe.customers.listPaymentMethods(customer.id);
    expect(data).toMatchObject([{ type: "card", allow_redisplay: "always", card: { last4: "4242" } }]);
    const again = await session();
    expect(await (await fetch(again.url ?? "")).text()).toContain("Visa ending in 4242");
    expect((await test.checkout(again.url, { saved: data[0]?.id ?? "" })).to).toContain("shop.test");
  });

  it("asks for 3-D Secure, is paid when that is completed, and stays open when it fails", async () => {
    const open = await session();
    const failed = await test.checkout(open.url, { number: "4000002500003155", authenticate: "fail" });
    expect(failed.error).toContain("unable to authenticate");
    expect((await test.checkout(open.url, { number: "4000002500003155" })).to).toContain("shop.test");
    expect((await stripe.checkout.sessions.retrieve(open.id)).payment_status).toBe("paid");
  });

  it("expires on request, and after a day", async () => {
    const open = await session();
    expect((await stripe.checkout.sessions.expire(open.id)).status).toBe("expired");
    await expect(stripe.checkout.sessions.expire(open.id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await test.checkout(open.url)).error).toContain("expired");
    const other = await session();
    await test.advance(86_401);
    expect((await stripe.checkout.sessions.retrieve(other.id)).status).toBe("expired");
  });

  it("accepts $10,000, and yen without decimals", async () => {
    const dollars = await session({
      line_items: [
        { price_data: { currency: "usd", unit_amount: 1_000_000, product_data: { name: "Credit" } }, quantity: 1 },
      ],
    });
    expect(await (await fetch(dollars.url ?? "")).text()).toContain("Pay $10,000.00");
    const yen = await session({
      line_items: [
        { price_data: { currency: "jpy", unit_amount: 5_000, product_data: { name: "Credit" } }, quantity: 2 },
      ],
    });
    expect(await (await fetch(yen.url ?? "")).text()).toContain("Pay ¥10,000");
    await test.checkout(yen.url);
    expect((await stripe.checkout.sessions.retrieve(yen.id)).amount_total).toBe(10_000);
  });

  it("disputes what is paid with the disputed card", async () => {
    const open = await session();
    await test.checkout(open.url, { number: "4000000000000259" });
    const { payment_intent } = await stripe.checkout.sessions.retrieve(open.id);
    const { data } = await stripe.disputes.list({ payment_intent: String(payment_intent) });
    expect(data).toMatchObject([{ status: "needs_response", reason: "fraudulent", amount: 2_000 }]);
  });
});

describe("a session in setup mode", () => {
  const setup = () =>
    stripe.checkout.sessions.create({
      mode: "setup",
      customer: customer.id,
      success_url: SUCCESS,

      setup_intent_data: { metadata: { organization: "o" } },
    });

  it("saves a card that can be charged without its holder", async () => {
    const open = await setup();
    expect((await test.checkout(open.url, { number: "4000002500003155" })).to).toContain("shop.test/return");
    const done = await stripe.checkout.sessions.retrieve(open.id, { expand: ["setup_intent"] });
    const { payment_method, metadata } = done.setup_intent as Stripe.SetupIntent;
    expect(metadata).toEqual({ organization: "o" });
    const charged = await stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      customer: customer.id,
      payment_method: String(payment_method),
      off_session: true,
      confirm: true,
    });
    expect(charged.status).toBe("succeeded");
  });

  it("refuses a declined card at the form", async () => {
    const open = await setup();
    expect((await test.checkout(open.url, { number: "4000000000000002" })).error).toBe("Your card was declined.");
    expect((await stripe.customers.listPaymentMethods(customer.id)).data).toEqual([]);
  });
});
