/** Auto top-up by packs, which only organizations on a paid plan may buy. */
import { expect, it } from "vitest";
import { createKey } from "@/lib/accounts";
import { currentCatalogue } from "@/lib/catalogue";
import { charge } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { autoTopUpOffer, readAutoTopUp, runAutoTopUps, setAutoTopUp } from "@/lib/topup";
import { presetInstallation } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { atNow, type Organization, organization } from "../fixtures/organization";
import { intentsOf, saveCard } from "../fixtures/payment";
import { organizationWithCard } from "../fixtures/recorded-payment";
import { localStripe } from "../fixtures/sandbox";

const local = await localStripe();

const ctx = await presetInstallation("token-packs");

const payPlan = ({ organizationId }: Organization) =>
  ownerRows("UPDATE subscription SET free = false, plan = 'team' WHERE organization_id = $1", [organizationId]);

it("auto top-up buys a pack, only on a paid plan, up to €50 a month unless the rule says otherwise", async () => {
  const who = await organizationWithCard(ctx);
  const rule = { threshold: "500000", pack: "standard", monthlyCap: "50" };
  await expect(setAutoTopUp(who.ctx, rule)).rejects.toMatchObject({ code: "conflict" });
  await payPlan(who);
  await expect(setAutoTopUp(who.ctx, { ...rule, pack: "gone" })).rejects.toMatchObject({
    details: { field: "pack" },
  });
  await expect(setAutoTopUp(who.ctx, { ...rule, amount: "10" })).rejects.toMatchObject({
    details: { field: "pack" },
  });
  await setAutoTopUp(who.ctx, rule);
  expect(await readAutoTopUp(atNow(who))).toMatchObject({
    state: "charging",
    rule: { purchase: { price: { amount: "1000", currency: "EUR" }, credit: "2500000", pack: { name: "Standard" } } },
  });
  const offer = autoTopUpOffer(currentCatalogue().catalogue);
  expect(offer).toMatchObject({ by: "pack", monthlyCap: "50.00", paidPlansOnly: true, currency: { symbol: "€" } });
  expect(offer?.presets[0]).toEqual({ name: "Regular use", threshold: "500000", amount: null, pack: "standard" });
});

it("auto top-up buys packs up to the month's limit, none that would exceed it, and continues in the next month", async () => {
  const who = await organization(ctx);
  await payPlan(who);
  await saveCard(local, who, "4242424242424242");
  const { key } = await createKey(who.ctx, { name: "server" });
  const spend = (tokens: number) => {
    const quantities = { input_token: BigInt(tokens), output_token: 0n };
    return charge(ctx, { key, endpoint: "assistant", model: "standard", quantities, idempotencyKey: newId() });
  };
  const run = (now = new Date(), at: Date | null = null) => runAutoTopUps({ ...ctx, actor: { type: "job" }, now }, at);
  // The plan's own tokens go first; then one token is enough to be below.
  await setAutoTopUp(who.ctx, { threshold: "2500000", pack: "standard", monthlyCap: "50" });
  await run();
  await spend(50_001);
  for (let bought = 2; bought <= 5; bought += 1) {
    await run();
    await spend(2_500_000);
  }
  await run();
  await run();
  expect(await intentsOf(local, who)).toHaveLength(5);
  const capped = await readAutoTopUp(atNow(who));
  expect(capped).toMatchObject({ state: "waiting", reason: "capped", month: { charged: { amount: "5000" } } });
  await setAutoTopUp(who.ctx, { threshold: "2500000", pack: "plus", monthlyCap: "74.99" });
  await run();
  expect(await intentsOf(local, who)).toHaveLength(5);
  await setAutoTopUp(who.ctx, { threshold: "2500000", pack: "plus", monthlyCap: "75" });
  await run();
  expect(await intentsOf(local, who)).toHaveLength(6);
  await setAutoTopUp(who.ctx, { threshold: "7000000", pack: "plus", monthlyCap: "75" });
  await spend(3_000_000);
  await run();
  expect(await readAutoTopUp(atNow(who))).toMatchObject({ reason: "capped", until: capped.month.endsAt });
  const next = new Date(new Date(capped.month.endsAt).getTime() + 1);
  await run(next, next);
  expect(await intentsOf(local, who)).toHaveLength(7);
});
