/** Events of refunds and disputes: they make the refunds and disputes of the payment equal to the provider's. */
import { type EventHandler, syncDispute, syncRefunds } from "@/lib/payments";
import { followReturns } from "@/lib/plans";
import type { InstallationContext } from "@/lib/platform/context";

type Reference = string | { id: string } | null | undefined;
const idOf = (of: Reference): string | null => (typeof of === "string" ? of : (of?.id ?? null));

/** A plan does not outlive its payment. */
async function follow(ctx: InstallationContext, organizationId: string | null): Promise<boolean> {
  if (organizationId !== null) await followReturns({ ...ctx, organizationId });
  return organizationId !== null;
}

/** A refund of whatever state, or a charge that was refunded; what else happens to charges is the PaymentIntent's. */
export const onRefund: EventHandler = async (ctx, { type, object }) => {
  if (object.object === "charge" && type !== "charge.refunded") return false;
  const intent = idOf(object.payment_intent as Reference);
  return intent !== null && follow(ctx, await syncRefunds(ctx, intent));
};

export const onDispute: EventHandler = async (ctx, { object }) => follow(ctx, await syncDispute(ctx, object.id));
