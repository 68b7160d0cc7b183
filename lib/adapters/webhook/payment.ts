/** Events of PaymentIntents and Checkout Sessions: the payment that they are of is settled. */
import { type EventHandler, paymentOfEvent, settlePayment } from "@/lib/payments";
import { onCards } from "./cards";
import { onPlanSession } from "./plan";

export const onPayment: EventHandler = async (ctx, event) => {
  if (event.object.mode === "setup") return onCards(ctx, event);
  const payment = await paymentOfEvent(ctx, event.object);
  if (payment?.purpose === "plan") return onPlanSession(ctx, event, payment);
  if (!payment) return false;
  await settlePayment({ ...ctx, organizationId: payment.organizationId }, payment.id);
  return true;
};
