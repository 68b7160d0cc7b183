/** Which verb looks after which kind of object; events of every other kind are kept and ignored. */
import type { EventHandlers } from "@/lib/payments";
import { onCards } from "./cards";
import { onPayment } from "./payment";
import { onInvoice, onSubscription } from "./plan";
import { onDispute, onRefund } from "./reversals";

export const eventHandlers: EventHandlers = {
  payment_intent: onPayment,
  "checkout.session": onPayment,
  payment_method: onCards,
  setup_intent: onCards,
  customer: onCards,
  subscription: onSubscription,
  invoice: onInvoice,
  charge: onRefund,
  refund: onRefund,
  dispute: onDispute,
};
