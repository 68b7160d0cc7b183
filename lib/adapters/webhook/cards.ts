/** Events of saved cards, of their setting up and of the customer who has them: our list is made equal to the provider's. */
import { type EventHandler, organizationOfEvent, syncCards } from "@/lib/payments";

export const onCards: EventHandler = async (ctx, event) => {
  const organizationId = await organizationOfEvent(ctx, event);
  if (organizationId === undefined) return false;
  await syncCards({ ...ctx, organizationId });
  return true;
};
