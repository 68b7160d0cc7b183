import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { localStripe } from "../fixtures/sandbox";

const { stripe, test } = await localStripe();
let customer: Stripe.Customer;

beforeEach(async () => {
  customer = await stripe.customers.create({ name: "Ada", email: "ada@example.com" });
});

async function card(token = "pm_card_visa"): Promise<string> {
  return (await stripe.paymentMethods.attach(token, { customer: customer.id })).id;
}

async function finalized(amount = 2_500) {
  const draft = await stripe.invoices.create({
    customer: customer.id,
    currency: "usd",
    auto_advance: false,
    metadata: { payment: "p" },
  });
  await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount,
    currency: "usd",
    description: "Credit",
  });
  return stripe.invoices.finalizeInvoice(draft.id);
}

describe("an invoice", () => {
  it("is paid by a payment that has succeeded already", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 2_500,
      currency: "usd",
      customer: customer.id,
      payment_method: await card(),
      off_session: true,
      confirm: true,
    });
    const open = await finalized();
    expect(open).toMatchObject({
      status: "open",
      amount_due: 2_500,
      amount_remaining: 2_500,
      metadata: { payment: "p" },
    });
    const paid = await stripe.invoices.attachPayment(open.id, { payment_intent: intent.id });
    expect(paid).toMatchObject({ status: "paid", amount_paid: 2_500, amount_remaining: 0 });
    await expect(stripe.invoices.attachPayment(open.id, { payment_intent: intent.id })).rejects.toMatchObject({
      statusCode: 400,
    });
    const { data } = await stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: intent.id },
    });
    expect(data).toMatchObject([{ invoice: open.id, status: "paid" }]);
  });

  it("has the next number, and is listed", async () => {
    const numbers = [(await finalized()).number, (await finalized()).number];
    expect(numbers.map((number) => number?.slice(-4))).toEqual(["0001", "0002"]);
    expect((await stripe.invoices.list({ customer: customer.id, status: "open" })).data).toHaveLength(2);
  });

  it("is paid at its page, with 3-D Secure, after a decline", async () => {
    const open = await finalized();
    const url = open.hosted_invoice_url ?? "";
    expect(await (await fetch(url)).text()).toContain("Pay $25.00");
    expect((await test.checkout(url, { number: "4000000000009995" })).error).toBe("Your card has insufficient funds.");
    expect((await test.checkout(url, { number: "4000002760003184", authenticate: "fail" })).error).toContain(
      "unable to authenticate",
    );
    await test.checkout(url, { number: "4000002760003184" });
    expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: "paid", attempt_count: 3 });
    expect(await (await fetch(url)).text()).toContain("Paid");
  });

  it("is paid with the customer's card, or says why not", async () => {
    const open = await finalized();
    await expect(stripe.invoices.pay(open.id)).rejects.toMatchObject({ statusCode: 400 });
    await stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: await card("pm_card_chargeCustomerFail") },
    });
    await expect(stripe.invoices.pay(open.id)).rejects.toMatchObject({ code: "card_declined" });
    expect((await stripe.invoices.pay(open.id, { payment_method: await card() })).status).toBe("paid");
    await test.delivered();
    const types = test.events
      .filter(({ data }) => (data.object as { id?: string }).id === open.id)
      .map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining([
        "invoice.created",
        "invoice.finalized",
        "invoice.payment_failed",
        "invoice.paid",
        "invoice.payment_succeeded",
      ]),
    );
  });

  it("can be voided, and is not payable then", async () => {
    const open = await finalized();
    expect((await stripe.invoices.voidInvoice(open.id)).status).toBe("void");
    await expect(stripe.invoices.pay(open.id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(
      stripe.invoiceItems.create({ customer: customer.id, invoice: open.id, amount: 1, currency: "usd" }),
    ).rejects.toMatchObject({ code: "invoice_not_editable" });
  });
});

describe("a price", () => {
  it("is found by its lookup key, which names one", async () => {
    const product = await stripe.products.create({ name: "Pro", metadata: { plan: "pro" } });
    const made = await stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount: 2_000,
      recurring: { interval: "month" },
      lookup_key: `key-${product.id}`,
    });
    const { data } = await stripe.prices.list({
      lookup_keys: [`key-${product.id}`],
      active: true,
      expand: ["data.product"],
    });
    expect(data).toMatchObject([
      { id: made.id, product: { name: "Pro" }, recurring: { interval: "month", interval_count: 1 } },
    ]);
    await expect(
      stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 1, lookup_key: `key-${product.id}` }),
    ).rejects.toMatchObject({ code: "resource_already_exists" });
  });
});
