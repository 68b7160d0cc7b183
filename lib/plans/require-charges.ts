import { TollgateError } from "@/lib/kernel/errors";
import { chargeSuspension } from "@/lib/payments";
import type { Context } from "@/lib/platform/context";

/** Plans are charged automatically each period, so none starts while a dispute has stopped that. Errors: conflict. */
export async function requireCharges(ctx: Context): Promise<void> {
  if ((await chargeSuspension(ctx)) === null) return;
  throw new TollgateError(
    "conflict",
    "Automatic charges are stopped because a payment is disputed. Allow them on the Billing page first.",
  );
}
