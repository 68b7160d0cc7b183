/** A catalogue that sells credit to paid plans only. */
import { expect, it } from "vitest";
import { subscribe } from "@/lib/ledger";
import { mayBuy } from "@/lib/topup";
import { sellingCatalogue } from "../fixtures/catalogue";
import { ownedOrganization } from "../fixtures/organization";
import { buy, stripeShop } from "../fixtures/payment";

const { ctx } = await stripeShop(sellingCatalogue({ purchases: "paidPlansOnly" }));

it("a top-up is refused without a plan and on a free plan, and is sold on a paid one", async () => {
  const own = await ownedOrganization(ctx);
  expect(await mayBuy(own.owner)).toBe(false);
  await expect(buy(own)).rejects.toMatchObject({ code: "plan_limit_reached" });
  await subscribe(own.ctx, { plan: "monthly", idempotencyKey: "plan" });
  await expect(buy(own)).rejects.toMatchObject({ code: "plan_limit_reached" });
  await subscribe(own.ctx, { plan: "discounted", idempotencyKey: "paid" });
  expect(await mayBuy(own.owner)).toBe(true);
  expect(await buy(own)).toMatchObject({ state: "open" });
});

it("a plan that the operator starts replaces a free plan and no other", async () => {
  const own = await ownedOrganization(ctx);
  await subscribe(own.ctx, { plan: "monthly", idempotencyKey: "free" });
  const again = subscribe(own.ctx, { plan: "monthly", idempotencyKey: "again" });
  await expect(again).rejects.toMatchObject({ code: "conflict" });
  expect(await subscribe(own.ctx, { plan: "discounted", idempotencyKey: "paid" })).toEqual({ version: 2 });
  const back = subscribe(own.ctx, { plan: "monthly", idempotencyKey: "back" });
  await expect(back).rejects.toMatchObject({ code: "conflict" });
});
