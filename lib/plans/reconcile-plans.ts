import type { Context, InstallationContext } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { followReversals } from "./follow-reversals";
import { readOverduePayments, readOverduePlans } from "./plan-read-store";
import { readUnfollowedReversals } from "./reversal-store";
import { settlePlanPayment } from "./settle-plan-payment";
import { syncSubscription } from "./sync-subscription";

/** Works on each. One that fails is logged, does not stop the others, and is tried again at the next run. */
async function tryEach<T extends { organizationId: string }>(
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
  const settled = await tryEach(ctx, await readOverduePayments(ctx), (own, { id }) => settlePlanPayment(own, id));
  const plans = await tryEach(ctx, await readOverduePlans(ctx), (own, { providerId }) =>
    syncSubscription(own, providerId),
  );
  const followed = await tryEach(ctx, await readUnfollowedReversals(ctx), (own) => followReversals(own));
  return settled + plans + followed;
}
