import { isUuid } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { stripe } from "./client";
import { findPayment, type Payment, readPayment } from "./payment-store";

/**
 * Our payment of a PaymentIntent; nothing when it is not ours. One whose id we were never told (the answer was lost) names
 * our payment in its metadata.
 */
export async function paymentOfIntent(ctx: InstallationContext, intent: string): Promise<Payment | undefined> {
  const known = await findPayment(ctx, "intent", intent);
  if (known) return known;
  const { metadata } = await stripe().paymentIntents.retrieve(intent);
  const { organization, payment } = metadata;
  if (!organization || !payment || !isUuid(organization) || !isUuid(payment)) return undefined;
  return readPayment({ db: ctx.db, organizationId: organization }, payment);
}
