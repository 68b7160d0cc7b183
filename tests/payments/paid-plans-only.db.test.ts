/** A catalogue that sells credit to paid plans only. */
import { expect, it } from "vitest";
import { subscribe } from "@/lib/ledger";
import { mayBuy } from "@/lib/topup";
import { ownerRows } from "../gate/world";
import { buy, buyer, openShop } from "./world";

const { ctx } = await openShop({ purchases: "paidPlansOnly" });

it("is refused without a plan and on a free one, and sold on a paid one", async () => {
  const own = await buyer(ctx);
  expect(await mayBuy(own.owner)).toBe(false);
  await expect(buy(own)).rejects.toMatchObject({ code: "plan_limit_reached" });
  await subscribe(own.ctx, { plan: "monthly", idempotencyKey: "plan" });
  await expect(buy(own)).rejects.toMatchObject({ code: "plan_limit_reached" });
  await ownerRows("UPDATE subscription SET free = false WHERE organization_id = $1", [own.organizationId]);
  expect(await mayBuy(own.owner)).toBe(true);
  expect(await buy(own)).toMatchObject({ state: "open" });
});
