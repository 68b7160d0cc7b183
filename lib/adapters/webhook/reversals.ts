/** Events of refunds and disputes: they make the refunds and disputes of the payment equal to the provider's. */
import { type EventHandler, syncDispute, syncRefunds } from "@/lib/payments";
import { followReversals } from "@/lib/plans";
import type { InstallationContext } from "@/lib/platform/context";

type Reference = string | { id: string } | null | undefined;
const idOf = (of: Reference): string | null => (typeof of === "string" ? of : (of?.id ?? null));

/** The plan follows the refunds and disputes of its payments. */
async function follow(ctx: InstallationContext, organizationId: string | null): Promise<boolean> {
  if (organizationId !== null) await followReversals({ ...ctx, organizationId });
  return organizationId !== null;
}

/** A refund in any state, or a refunded charge. Events of the PaymentIntent report all other changes of a charge. */
export const onRefund: EventHandler = async (ctx, { type, object }) => {
  if (object.object === "charge" && type !== "charge.refunded") return false;
  const intent = idOf(object.payment_intent as Reference);
  return intent !== null && follow(ctx, await syncRefunds(ctx, intent));
};

export const onDispute: EventHandler = async (ctx, { object }) => follow(ctx, await syncDispute(ctx, object.id));
