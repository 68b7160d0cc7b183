import { planLimits } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";

/** How many members the running plan allows; null is any number, and the operator's help has none. */
export async function memberMost(ctx: Context): Promise<number | null> {
  if (ctx.actor.type === "operator") return null;
  return (await planLimits(ctx)).members ?? null;
}
