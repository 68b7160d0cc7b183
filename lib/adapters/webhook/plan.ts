/** Events of subscriptions and their invoices: they make the plan equal to the provider's. */
import { TollgateError } from "@/lib/kernel/errors";
import { isUuid } from "@/lib/kernel/ids";
import { type EventHandler, organizationOfEvent, type Payment, type ProviderEvent, syncInvoice } from "@/lib/payments";
import { settlePlanSession, syncSubscription } from "@/lib/plans";
import type { InstallationContext } from "@/lib/platform/context";

type Parent = {
  subscription_details?: { subscription?: string | { id: string }; metadata?: Record<string, string> | null } | null;
} | null;

/** A subscription that was not requested here has nothing to keep. */
async function sync(ctx: InstallationContext, organizationId: string | undefined, id: string): Promise<boolean> {
  if (!organizationId || !isUuid(organizationId)) return false;
  try {
    await syncSubscription({ ...ctx, organizationId }, id);
    return true;
  } catch (error) {
    if (error instanceof TollgateError && error.code === "not_found") return false;
    throw error;
  }
}

export const onSubscription: EventHandler = (ctx, { object }) => sync(ctx, object.metadata?.organization, object.id);

export const onInvoice: EventHandler = async (ctx, event) => {
  const details = (event.object.parent as Parent)?.subscription_details;
  const billed = details?.subscription;
  if (billed) return sync(ctx, details.metadata?.organization, typeof billed === "string" ? billed : billed.id);
  const organizationId = await organizationOfEvent(ctx, event);
  // One that is not final has no number yet; one that was deleted is none.
  if (!organizationId || event.type === "invoice.created" || event.type === "invoice.deleted") return false;
  await syncInvoice({ db: ctx.db, organizationId }, event.object.id);
  return true;
};

/** The plan's payment page has ended. If the customer paid there, the plan is active now. */
export async function onPlanSession(
  ctx: InstallationContext,
  event: ProviderEvent,
  payment: Payment,
): Promise<boolean> {
  const { object } = event;
  if (object.object !== "checkout.session") return false;
  await settlePlanSession({ ...ctx, organizationId: payment.organizationId }, payment.id, object.id);
  return true;
}
