import { currentCatalogue } from "@/lib/catalogue";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { hasPaidPlan } from "./plan-store";

/** Whether the catalogue sells credit to this organization now: some sell it to paid plans only. Errors: not_found. */
export async function mayBuy(ctx: Context): Promise<boolean> {
  mayRead(ctx);
  return currentCatalogue().catalogue.purchases === "anyone" || (await hasPaidPlan(ctx));
}
