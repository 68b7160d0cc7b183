import { TollgateError } from "@/lib/kernel/errors";
import { setSubscriptionEnd } from "@/lib/payments";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { readRunningPlan } from "./plan-read-store";
import { syncSubscription } from "./sync-subscription";

async function setEnd(ctx: Context, ends: boolean): Promise<void> {
  requirePermission(ctx, "billing.manage");
  const running = await readRunningPlan(ctx);
  if (!running?.providerId) throw new TollgateError("conflict", "No paid plan is running.");
  if (ends === (running.endsAt !== null)) return;
  await setSubscriptionEnd(running.providerId, ends);
  // The audit log is written where the row changes.
  await syncSubscription(ctx, running.providerId);
}

/** Ends the plan when what is paid is over; until then it stays as it is. Errors: forbidden, conflict, upstream_failed. */
export async function cancelPlan(ctx: Context): Promise<void> {
  await setEnd(ctx, true);
}

/** Takes a cancellation back, while the plan still runs. Errors: forbidden, conflict, upstream_failed. */
export async function resumePlan(ctx: Context): Promise<void> {
  await setEnd(ctx, false);
}
