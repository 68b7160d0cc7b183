import { currentCatalogue } from "@/lib/catalogue";
import type { PlanLimits } from "@/lib/catalogue/schema";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { readSubscription } from "./subscription-store";

/** The limits of the organization's running plan on members, keys, …; others are unlimited. Errors: not_found. */
export async function planLimits(ctx: Context): Promise<PlanLimits> {
  mayRead(ctx);
  const row = await readSubscription(ctx);
  if (!row) return {};
  return currentCatalogue().catalogue.planIndex.get(row.plan)?.limits ?? {};
}
