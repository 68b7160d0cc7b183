/** Adding funds, auto top-up and plans as Apertis' page says, with the local Stripe. */
import { describe, expect, it } from "vitest";
import { currentCatalogue, readCatalogueText } from "@/lib/catalogue";
import { charge } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { parseAmount } from "@/lib/kernel/money";
import { balance } from "@/lib/ledger";
import { refreshPayment } from "@/lib/payments";
import { listPlans } from "@/lib/plans";
import { autoTopUpOffer, runAutoTopUps, setAutoTopUp } from "@/lib/topup";
import { atNow, memberOf, organization, ownedOrganization } from "../fixtures/organization";
import { buy, jobOf, saveCard, stripeShop } from "../fixtures/payment";

const shop = await stripeShop((await readCatalogueText("apertis")).text);
const dollars = (amount: string) => parseAmount(amount, 9);

describe("Adding Funds", () => {
  it("Minimum Top-Up: Credit Card $5", async () => {
    const own = await ownedOrganization(shop.ctx);
    await expect(buy(own, { amount: "4.99" })).rejects.toMatchObject({ code: "validation_failed" });
    const { payment, redirect } = await buy(own, { amount: "5.00" });
    await shop.test.checkout(redirect);
    await refreshPayment(own.owner, { id: payment });
    expect((await balance(atNow(own))).available).toBe(dollars("5"));
  });
});

describe("PAYG vs. Subscription", () => {
  it("Commitment: none for PAYG, monthly or yearly for a subscription, at the plan's price", async () => {
    const own = await ownedOrganization(shop.ctx);
    const { subscription, plans } = await listPlans(own.owner);
    expect(subscription).toBeNull();
    expect(plans.map(({ name, prices }) => [name, prices.month, prices.year])).toEqual([
      ["Basic", "2000", "20000"],
      ["Pro", "5000", "50000"],
    ]);
  });
});

describe("Auto Top-Up", () => {
  it("When balance drops below $10: automatically charge $50 to saved card; new balance: current + $50", async () => {
    const who = await organization(shop.ctx, { credit: dollars("11") });
    const owner = await memberOf(who, "owner");
    await saveCard(shop, who, "4242424242424242");
    await setAutoTopUp({ ...owner, now: new Date() }, { threshold: "10", amount: "50.00" });
    const spend = (input_token: bigint) =>
      charge(shop.ctx, {
        ...{ organization: who.id, endpoint: "chat", model: "gpt-4.1", quantities: { input_token } },
        idempotencyKey: newId(),
      });
    await spend(500_000n); // $1: exactly $10 is left
    await runAutoTopUps(jobOf(shop.ctx), null);
    expect((await balance(atNow(who))).available).toBe(dollars("10"));
    await spend(50_000n); // 10 cents
    await runAutoTopUps(jobOf(shop.ctx), null);
    expect((await balance(atNow(who))).available).toBe(dollars("59.9"));
  });

  it("Best Practices: Light usage $5 $20, Regular usage $20 $50, Heavy usage $50 $100, Production $100 $200", () => {
    const offer = autoTopUpOffer(currentCatalogue().catalogue);
    expect(offer?.presets.map(({ name, threshold, amount }) => [name, threshold, amount])).toEqual([
      ["Light usage", "5", "20.00"],
      ["Regular usage", "20", "50.00"],
      ["Heavy usage", "50", "100.00"],
      ["Production", "100", "200.00"],
    ]);
  });
});
