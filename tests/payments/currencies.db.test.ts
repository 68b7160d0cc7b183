/** What is written is what is charged, in currencies with no, two and three decimal digits and in Stripe's exceptions. */
import { describe, expect, it } from "vitest";
import { currentCatalogue, startCatalogue } from "@/lib/catalogue";
import { printMoney } from "@/lib/kernel/print-money";
import { paymentReversals, refreshPayment, refundPayment } from "@/lib/payments";
import { sellingCatalogue } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { ownedOrganization } from "../fixtures/organization";
import { applyEvents, buy, grantsOfPayments, paymentOf, stripeShop } from "../fixtures/payment";

const { ctx, stripe, test } = await stripeShop();

/** Another installation in all but the database: a version with another currency cannot be applied over this one. */
async function openIn(currency: string) {
  const sql = `INSERT INTO catalogue_version (version, name, text, hash, effective_at, created_at)
    SELECT max(version) + 1, 'calls', $1, $2, now(), now() FROM catalogue_version`;
  await ownerRows(sql, [sellingCatalogue({ currency, symbol: `${currency} ` }), currency]);
  await startCatalogue(ctx.db);
  return currentCatalogue().catalogue.payment;
}

// [currency, written, charged at Stripe, credit at 10 for one whole unit, shown]
describe.each([
  ["JPY", "50", 50, 500, "JPY 50"],
  ["KWD", "5.25", 5_250, 53, "KWD 5.250"],
  ["ISK", "500", 50_000, 5_000, "ISK 500.00"],
  ["UGX", "5000", 500_000, 50_000, "UGX 5,000.00"],
  ["LBP", "50", 5_000, 500, "LBP 50.00"],
  ["EUR", "50", 5_000, 500, "EUR 50.00"],
])("a payment of %s %s", (currency, written, charged, credit, shown) => {
  it(`is charged as ${shown}, credited once, and refunded to the same amount`, async () => {
    const payment = await openIn(currency);
    const own = await ownedOrganization(ctx);
    const bought = await buy(own, { amount: written });
    await test.checkout(bought.redirect);
    await refreshPayment(own.owner, { id: bought.payment });
    const row = await paymentOf(own, bought.payment);
    const intent = await stripe.paymentIntents.retrieve(row?.intent ?? "");
    expect(intent).toMatchObject({ amount_received: charged, currency: currency.toLowerCase() });
    expect(printMoney(row?.amount ?? 0n, payment)).toBe(shown);
    expect(await grantsOfPayments(own)).toEqual([credit]);
    const { left } = await paymentReversals(own.owner, { id: bought.payment });
    expect(left.money.amount).toBe(String(charged));
    await refundPayment({ ...own.ctx, actor: { type: "operator" } }, { payment: bought.payment, reason: "wish" });
    const [back] = (await stripe.refunds.list({ payment_intent: intent.id })).data;
    expect(back?.amount).toBe(charged);
    await applyEvents(ctx);
  });
});

describe("an amount that the currency cannot charge", () => {
  it.each([
    ["JPY", "50.5"],
    ["KWD", "5.255"],
    ["ISK", "500.50"],
    ["UGX", "5000.01"],
  ])("is refused before the request to the provider: %s %s", async (currency, amount) => {
    await openIn(currency);
    const own = await ownedOrganization(ctx);
    await expect(buy(own, { amount })).rejects.toMatchObject({
      code: "validation_failed",
      message: expect.stringContaining("Write an amount such as 5"),
    });
  });

  it("is refused by the stand-in as Stripe refuses it", async () => {
    await expect(stripe.paymentIntents.create({ amount: 50_050, currency: "isk" })).rejects.toThrow("divisible by 100");
    await expect(stripe.paymentIntents.create({ amount: 5_255, currency: "kwd" })).rejects.toThrow("divisible by 10");
    await expect(stripe.paymentIntents.create({ amount: 5_000, currency: "xxx" })).rejects.toThrow("Invalid currency");
  });

  it("is not refunded: a part of a dinar's tenth stays", async () => {
    await openIn("KWD");
    const own = await ownedOrganization(ctx);
    const bought = await buy(own, { amount: "5" });
    await test.checkout(bought.redirect);
    await refreshPayment(own.owner, { id: bought.payment });
    const operator = { ...own.ctx, actor: { type: "operator" } } as const;
    await expect(
      refundPayment(operator, { payment: bought.payment, amount: 1_234n, reason: "wish" }),
    ).rejects.toMatchObject({ code: "validation_failed" });
  });
});
