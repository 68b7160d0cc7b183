/** Auto top-up by packs, which only organizations on a paid plan may buy. */
import { beforeAll, expect, it } from "vitest";
import { currentCatalogue } from "@/lib/catalogue";
import type { InstallationContext } from "@/lib/platform/context";
import { autoTopUpOffer, readAutoTopUp, setAutoTopUp } from "@/lib/topup";
import { ownerRows } from "../gate/world";
import { buyer, fresh, openCatalogue } from "./world";

let ctx: InstallationContext;
beforeAll(async () => {
  ctx = await openCatalogue("token-packs");
});

it("buys a pack, only with a paid plan, up to €50 a month unless said otherwise", async () => {
  const who = await buyer(ctx);
  const rule = { threshold: "500000", pack: "standard", monthlyCap: "50" };
  await expect(setAutoTopUp(who.ctx, rule)).rejects.toMatchObject({ code: "conflict" });
  await ownerRows("UPDATE subscription SET free = false, plan = 'team' WHERE organization_id = $1", [
    who.organizationId,
  ]);
  await expect(setAutoTopUp(who.ctx, { ...rule, pack: "gone" })).rejects.toMatchObject({
    details: { field: "pack" },
  });
  await expect(setAutoTopUp(who.ctx, { ...rule, amount: "10" })).rejects.toMatchObject({
    details: { field: "pack" },
  });
  await setAutoTopUp(who.ctx, rule);
  expect(await readAutoTopUp(fresh(who))).toMatchObject({
    state: "charging",
    rule: { purchase: { price: { amount: "1000", currency: "EUR" }, credit: "2500000", pack: { name: "Standard" } } },
  });
  const offer = autoTopUpOffer(currentCatalogue().catalogue);
  expect(offer).toMatchObject({ by: "pack", monthlyCap: "50.00", paidPlansOnly: true, currency: { symbol: "€" } });
  expect(offer?.presets[0]).toEqual({ name: "Regular use", threshold: "500000", amount: null, pack: "standard" });
});
