/** What is asked of the provider: the catalogue's price alone, in every currency, up to the most. */
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { refreshPayment } from "@/lib/payments";
import { sellingCatalogue } from "../fixtures/catalogue";
import { ownedOrganization } from "../fixtures/organization";
import { buy, grantsOfPayments, paymentOf, stripeShop } from "../fixtures/payment";

const { ctx, stripe, test } = await stripeShop(sellingCatalogue({ currency: "JPY", symbol: "¥" }));

describe("a payment in yen", () => {
  it("is requested without decimals, and credits an amount of the size of $10,000 whole", async () => {
    const own = await ownedOrganization(ctx);
    const { payment, redirect } = await buy(own, { amount: "10000" });
    await test.checkout(redirect);
    await refreshPayment(own.owner, { id: payment });
    const intent = await stripe.paymentIntents.retrieve((await paymentOf(own, payment))?.intent ?? "");
    expect(intent).toMatchObject({ amount_received: 10_000, currency: "jpy" });
    expect(await grantsOfPayments(own)).toEqual([100_000]);
  });

  it.each(["10.5", "4", "10001", "-20", "1e3", "NaN", "0x10", "", "99999999999999999999"])(
    "is refused when its amount is %j",
    async (amount) => {
      const own = await ownedOrganization(ctx);
      await expect(buy(own, { amount })).rejects.toMatchObject({ code: "validation_failed" });
    },
  );
});

describe("a price", () => {
  it("is the catalogue's, whatever a browser sends beside it", async () => {
    const own = await ownedOrganization(ctx);
    for (const more of [{ price: "1" }, { credit: "1000000" }, { currency: "USD" }, { amount: "20" }]) {
      const input = { key: newId(), pack: "small", ...more } as Parameters<typeof buy>[1];
      await expect(buy(own, input)).rejects.toMatchObject({ code: "validation_failed" });
    }
    await expect(buy(own, { pack: "large" })).rejects.toMatchObject({ code: "validation_failed" });
    const { payment, redirect } = await buy(own, { pack: "small" });
    await test.checkout(redirect);
    await refreshPayment(own.owner, { id: payment });
    expect(await paymentOf(own, payment)).toMatchObject({
      amount: 90n,
      credit: 1_000n,
      pack: "small",
      state: "succeeded",
    });
  });
});
