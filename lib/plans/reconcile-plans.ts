import type { Context, InstallationContext } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { followReversals } from "./follow-reversals";
import { readUnsurePayments, readUnsurePlans } from "./plan-read-store";
import { readUnfollowedReversals } from "./reversal-store";
import { settlePlanPayment } from "./settle-plan-payment";
import { syncSubscription } from "./sync-subscription";

/** One that fails keeps the others from nothing; the next look tries it again. */
async function each<T extends { organizationId: string }>(
  ctx: InstallationContext,
  all: T[],
  work: (own: Context, one: T) => Promise<unknown>,
): Promise<number> {
  let done = 0;
  for (const one of all) {
    try {
      await work({ ...ctx, organizationId: one.organizationId }, one);
      done += 1;
    } catch (error) {
      const { message } = error as Error;
      log.warn({ err: message, organization: one.organizationId }, "a plan was not compared with the provider's");
    }
  }
  return done;
}

/**
 * Compares plans with the provider if an event is overdue: an open payment, an ended period, an unpaid invoice, a
 * refunded or disputed payment. It ends the subscription of a deleted organization there. Returns how many were
 * checked.
 */
export async function reconcilePlans(ctx: InstallationContext): Promise<number> {
  const settled = await each(ctx, await readUnsurePayments(ctx), (own, { id }) => settlePlanPayment(own, id));
  const plans = await each(ctx, await readUnsurePlans(ctx), (own, { providerId }) => syncSubscription(own, providerId));
  const followed = await each(ctx, await readUnfollowedReversals(ctx), (own) => followReversals(own));
  return settled + plans + followed;
}
