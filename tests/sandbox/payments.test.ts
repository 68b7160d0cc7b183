import Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { localStripe } from "../fixtures/sandbox";

const { sandbox, stripe, test } = await localStripe();
let customer: string;

beforeEach(async () => {
  await test.noFaults();
  customer = (await stripe.customers.create()).id;
});

async function saved(token = "pm_card_visa"): Promise<string> {
  return (await stripe.paymentMethods.attach(token, { customer })).id;
}

const charge = (payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}, key?: string) =>
  stripe.paymentIntents.create(
    {
      amount: 1_500,
      currency: "usd",
      customer,
      payment_method,
      confirm: true,
      off_session: true,
      metadata: { payment: "p1" },
      ...more,
    },
    key ? { idempotencyKey: key } : undefined,
  );

describe("a payment without its customer", () => {
  it("succeeds with a saved card", async () => {
    expect(await charge(await saved())).toMatchObject({ status: "succeeded", amount_received: 1_500 });
  });

  it.each([
    ["4000000000000002", "card_declined", "generic_decline"],
    ["4000000000009995", "card_declined", "insufficient_funds"],
    ["4000000000009987", "card_declined", "lost_card"],
    ["4000000000009979", "card_declined", "stolen_card"],
    ["4000000000000069", "expired_card", "expired_card"],
    ["4000002760003184", "authentication_required", "authentication_required"],
    ["4000002500003155", "authentication_required", "authentication_required"],
  ])("is refused as the bank behind %s refuses", async (number, code, decline_code) => {
    const card = await saved();
    await test.card(card, number);
    const error = await charge(card).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({
      statusCode: 402,
      code,
      decline_code,
      payment_intent: { status: "requires_payment_method", metadata: { payment: "p1" } },
    });
    await test.delivered();
    expect(test.events.map(({ type }) => type)).toContain("payment_intent.payment_failed");
  });

  it("is refused with another customer's card", async () => {
    const card = await saved();
    customer = (await stripe.customers.create()).id;
    await expect(charge(card)).rejects.toMatchObject({ statusCode: 400, param: "payment_method" });
  });
});

describe("a payment with its customer", () => {
  it("leads to 3-D Secure and back", async () => {
    const card = await saved("pm_card_authenticationRequired");
    const intent = await charge(card, { off_session: false, return_url: "http://shop.test/return" });
    expect(intent).toMatchObject({ status: "requires_action", next_action: { type: "redirect_to_url" } });
    const { to } = await test.authenticate(intent.next_action?.redirect_to_url?.url ?? "", true);
    expect(to).toBe(
      `http://shop.test/return?payment_intent=${intent.id}&payment_intent_client_secret=${intent.client_secret}&redirect_status=succeeded`,
    );
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
  });

  it("fails when the authentication fails", async () => {
    const intent = await charge(await saved("pm_card_authenticationRequired"), {
      off_session: false,
      return_url: "http://shop.test/return",
    });
    await test.authenticate(intent.next_action?.redirect_to_url?.url ?? "", false);
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect(after).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_intent_authentication_failure" },
    });
    expect((await stripe.paymentIntents.cancel(intent.id)).status).toBe("canceled");
  });

  it("needs an address to return to", async () => {
    await expect(charge(await saved(), { off_session: false })).rejects.toMatchObject({ param: "return_url" });
  });
});

describe("an idempotency key of the provider", () => {
  it("charges once, and repeats the first response", async () => {
    const card = await saved();
    const first = await charge(card, {}, "key-1");
    const second = await charge(card, {}, "key-1");
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await stripe.paymentIntents.list({ customer })).data).toHaveLength(1);
  });

  it("is refused for other parameters", async () => {
    const card = await saved();
    await charge(card, {}, "key-2");
    const error = await charge(card, { amount: 1_600 }, "key-2").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  it("keeps a decline, and a 500 that was sent after the charge", async () => {
    const card = await saved();
    await test.fault("POST /v1/payment_intents", "after");
    await expect(charge(card, {}, "key-3")).rejects.toMatchObject({ statusCode: 500 });
    await expect(charge(card, {}, "key-3")).rejects.toMatchObject({ statusCode: 500 });
    const { data } = await stripe.paymentIntents.list({ customer });
    expect(data).toMatchObject([{ status: "succeeded", metadata: { payment: "p1" } }]);
  });

  it("keeps neither wrong parameters nor a failure before the work", async () => {
    const card = await saved();
    await expect(charge(card, { amount: 10 }, "key-4")).rejects.toMatchObject({ code: "amount_too_small" });
    await test.fault("POST /v1/payment_intents", "before");
    await expect(charge(card, {}, "key-5")).rejects.toMatchObject({ statusCode: 500 });
    expect((await charge(card, {}, "key-5")).status).toBe("succeeded");
  });

  it("expires after a day", async () => {
    const card = await saved();
    const first = await charge(card, {}, "key-6");
    await test.advance(24 * 3_600 + 1);
    expect((await charge(card, {}, "key-6")).id).not.toBe(first.id);
  });
});

describe("the API of the stand-in", () => {
  it.each(["reset", "timeout", "truncated"] as const)("charges and then has a %s", async (kind) => {
    const card = await saved();
    // The SDK itself asks once more on a connection that was cut.
    await test.fault("POST /v1/payment_intents", kind, 5);
    const impatient = new Stripe(sandbox.key, {
      host: "127.0.0.1",
      port: new URL(sandbox.url).port,
      protocol: "http",
      timeout: 300,
      maxNetworkRetries: 0,
    });
    await expect(
      impatient.paymentIntents.create({
        amount: 1_500,
        currency: "usd",
        customer,
        payment_method: card,
        confirm: true,
        off_session: true,
      }),
    ).rejects.toThrow();
    expect((await stripe.paymentIntents.list({ customer })).data).toHaveLength(1);
  });

  it("refuses with 429, and another key with 401", async () => {
    await test.fault("GET /v1/customers/:id", "429");
    await expect(stripe.customers.retrieve(customer)).rejects.toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    const stranger = new Stripe("sk_test_other", {
      host: "127.0.0.1",
      port: new URL(sandbox.url).port,
      protocol: "http",
    });
    await expect(stranger.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  });

  it("names what is missing, unknown or wrong", async () => {
    const raw = (params: object) => stripe.rawRequest("POST", "/v1/payment_intents", params);
    await expect(raw({ currency: "usd" })).rejects.toMatchObject({ code: "parameter_missing", param: "amount" });
    await expect(raw({ amount: 1_000, currency: "usd", amonut: 1 })).rejects.toMatchObject({
      code: "parameter_unknown",
      param: "amonut",
    });
    await expect(raw({ amount: "1.5", currency: "usd" })).rejects.toMatchObject({
      code: "parameter_invalid_integer",
      param: "amount",
    });
    await expect(stripe.customers.retrieve("cus_none")).rejects.toMatchObject({
      code: "resource_missing",
      statusCode: 404,
    });
    await expect(
      stripe.paymentIntents.create({ amount: 1_000, currency: "usd", customer: "cus_none" }),
    ).rejects.toMatchObject({ code: "resource_missing", param: "customer", statusCode: 400 });
  });

  it("lists in pages, newest first", async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n++)
      made.unshift((await stripe.paymentIntents.create({ amount: 100 + n, currency: "usd", customer })).id);
    const first = await stripe.paymentIntents.list({ customer, limit: 3 });
    expect([first.data.map(({ id }) => id), first.has_more]).toEqual([made.slice(0, 3), true]);
    const all: string[] = [];
    for await (const { id } of stripe.paymentIntents.list({ customer, limit: 2 })) all.push(id);
    expect(all).toEqual(made);
    const before = await stripe.paymentIntents.list({ customer, limit: 2, ending_before: made[3] ?? "" });
    expect(before.data.map(({ id }) => id)).toEqual(made.slice(1, 3));
  });

  it("finds payments by their metadata", async () => {
    const intent = await charge(await saved(), { metadata: { payment: "find-me" } });
    const found = await stripe.paymentIntents.search({
      query: `metadata['payment']:'find-me' AND customer:'${customer}'`,
    });
    expect(found.data.map(({ id }) => id)).toEqual([intent.id]);
  });
});

describe("a card at the stand-in", () => {
  it("can be attached, listed, made the default and detached", async () => {
    const card = await saved();
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
    expect((await stripe.paymentMethods.list({ customer, type: "card" })).data.map(({ id }) => id)).toEqual([card]);
    expect((await stripe.paymentMethods.detach(card)).customer).toBeNull();
    const after = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    expect(after.invoice_settings.default_payment_method).toBeNull();
    await expect(stripe.paymentMethods.attach(card, { customer })).rejects.toMatchObject({ statusCode: 400 });
  });

  it("cannot be saved when it is declined, with one exception", async () => {
    await expect(saved("pm_card_chargeDeclined")).rejects.toMatchObject({ code: "card_declined" });
    await expect(charge(await saved("pm_card_chargeCustomerFail"))).rejects.toMatchObject({ code: "card_declined" });
  });
});
