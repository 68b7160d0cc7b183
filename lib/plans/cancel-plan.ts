import { TollgateError } from "@/lib/kernel/errors";
import { readSubscription, setSubscriptionEnd, stopSubscription } from "@/lib/payments";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { readRunningPlan } from "./plan-read-store";
import { requireCharges } from "./require-charges";
import { syncSubscription } from "./sync-subscription";

async function setEnd(ctx: Context, ends: boolean): Promise<void> {
  requirePermission(ctx, "billing.manage");
  const running = await readRunningPlan(ctx);
  const { providerId } = running ?? {};
  if (!running || !providerId) throw new TollgateError("conflict", "You have no paid plan.");
  if (ends === (running.endsAt !== null)) return;
  if (!ends) await requireCharges(ctx);
  const found = await readSubscription(providerId);
  if (!ends && found?.state === "ended") {
    throw new TollgateError(
      "conflict",
      "The payment provider has ended this plan. Choose a new plan when this one ends.",
    );
  }
  // Otherwise the provider would charge the card again for an unpaid invoice, and start another period.
  if (ends && found?.owing) await stopSubscription(providerId);
  else if (found?.state !== "ended") await setSubscriptionEnd(providerId, ends);
  // The audit log is written where the row changes.
  await syncSubscription(ctx, providerId);
}

/**
 * Ends the plan when the paid period ends; until then it stays as it is. Errors: forbidden, conflict, upstream_failed.
 */
export async function cancelPlan(ctx: Context): Promise<void> {
  await setEnd(ctx, true);
}

/**
 * Resumes a canceled plan while it still runs.
 * Errors: forbidden, conflict (also while a dispute has stopped automatic charges), upstream_failed.
 */
export async function resumePlan(ctx: Context): Promise<void> {
  await setEnd(ctx, false);
}
