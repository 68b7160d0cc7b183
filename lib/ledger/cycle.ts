import { currentCatalogue } from "@/lib/catalogue";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { Cycle } from "./schema";
import { readSubscription } from "./subscription-store";

/** The running cycle of the organization's plan; null without one. The allowance is a decimal of the unit. Errors: not_found. */
export async function currentCycle(ctx: Context): Promise<Cycle | null> {
  mayRead(ctx);
  const row = await readSubscription(ctx);
  if (!row) return null;
  return {
    plan: row.plan,
    number: row.cycle,
    start: row.cycleStart.toISOString(),
    end: row.cycleEnd.toISOString(),
    allowance: formatAmount(row.allowance, currentCatalogue().catalogue.unit.scale),
    discountPercent: row.discountPercent,
  };
}
