import { databaseTime } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { claimPayments } from "./payment-store";
import { settlePayment } from "./settle-payment";

const LEASE_SECONDS = 120;
const MOST = 20;

/**
 * Looks at payments whose time has come, for those of which neither the redirect nor a webhook told. Two workers share
 * the work; what fails is checked again when its lease is over. `at` left out is the database's clock.
 */
export async function settleDue(ctx: InstallationContext, at: Date | null = null): Promise<number> {
  const due = await claimPayments(ctx, { now: at, leaseSeconds: LEASE_SECONDS, most: MOST });
  for (const { organizationId, id } of due) {
    try {
      // Uses the clock that claims. With a slower clock, the next check would be due again immediately.
      const now = at ?? (await databaseTime(ctx.db));
      await settlePayment({ ...ctx, now, organizationId }, id);
    } catch (error) {
      log.warn({ err: (error as Error).message, payment: id }, "a payment was not settled this time");
    }
  }
  return due.length;
}
