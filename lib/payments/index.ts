/**
 * Payments: the only domain that speaks to the payment provider. What the provider has is read anew each time, never
 * trusted from the order in which it tells: whoever hears of a payment first settles it, and it brings its credit once.
 */
export { addCard } from "./add-card";
export { applyNextEvent, type EventHandler, type EventHandlers, type ProviderEvent } from "./apply-events";
export { cardLabel } from "./card-words";
export {
  closePlanCheckout,
  openPlanCheckout,
  previewRenewal,
  previewSubscription,
  repriceSubscription,
  setSubscriptionEnd,
  stopSubscription,
  upgradeSubscription,
} from "./change-subscription";
export { type ChargeCard, type ChargeOutcome, chargeCard } from "./charge-card";
export { chargeSuspension } from "./charge-suspension";
export { declineRefund } from "./decline-refund";
export { organizationOfEvent, paymentOfEvent } from "./event-place";
export { followCustomers } from "./follow-customers";
export { invoiceFile } from "./invoice-file";
export { listCards } from "./list-cards";
export { listDisputes } from "./list-disputes";
export { listPayments } from "./list-payments";
export { listRefunds } from "./list-refunds";
export { listUnpaidInvoices } from "./list-unpaid-invoices";
export { type LookedAt, lookAtPayment } from "./look-at-payment";
export { openCheckout, type ReturnTo } from "./open-checkout";
export { ownerAddresses } from "./owner-store";
export { paymentReturns } from "./payment-returns";
export { endPayment, linkPayment, type NewPayment, openPayment, type Payment, readPayment } from "./payment-store";
export { readChargedCard, readPlanCheckout, readSubscription } from "./read-subscription";
export { receiveEvent } from "./receive-event";
export { refundPayment } from "./refund-payment";
export { removeCard } from "./remove-card";
export { listEvents, replayEvent } from "./replay-event";
export { requestRefund } from "./request-refund";
export { reconcileReturns, resolveRefunds } from "./resolve-refunds";
export { resumeCharges } from "./resume-charges";
export { setDefaultCard } from "./set-default-card";
export { settleDue } from "./settle-due";
export { type Settled, settlePayment } from "./settle-payment";
export type { ProviderSubscription, SubscriptionInvoice } from "./subscription-object";
export { ensurePlanPrice, type PlanOffer } from "./subscription-price";
export { syncCards } from "./sync-cards";
export { syncDispute } from "./sync-dispute";
export { syncInvoice } from "./sync-invoice";
export { syncRefunds } from "./sync-refunds";
