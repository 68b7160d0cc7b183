/**
 * Payments: the only domain that speaks to the payment provider. The provider's state is read each time, never
 * trusted from the order of its events. The first process that learns of a payment settles it, and it adds its credit
 * once.
 */
export { addCard } from "./cards/add-card";
export { cardLabel } from "./cards/card-label";
export { listCards } from "./cards/list-cards";
export { removeCard } from "./cards/remove-card";
export { setDefaultCard } from "./cards/set-default-card";
export { syncCards } from "./cards/sync-cards";
export { paymentReversals } from "./clawback/payment-reversals";
export { followCustomers } from "./customers/follow-customers";
export { ownerAddresses } from "./customers/owner-store";
export { chargeSuspension } from "./disputes/charge-suspension";
export { listDisputes } from "./disputes/list-disputes";
export { resumeCharges } from "./disputes/resume-charges";
export { syncDispute } from "./disputes/sync-dispute";
export { applyNextEvent, type EventHandler, type EventHandlers, type ProviderEvent } from "./inbox/apply-events";
export { organizationOfEvent, paymentOfEvent } from "./inbox/event-place";
export { receiveEvent } from "./inbox/receive-event";
export { listWebhookEvents, replayEvent } from "./inbox/replay-event";
export { invoiceFile } from "./invoices/invoice-file";
export { listUnpaidInvoices } from "./invoices/list-unpaid-invoices";
export { syncInvoice } from "./invoices/sync-invoice";
export { type ChargeCard, type ChargeOutcome, chargeCard } from "./payment/charge-card";
export { listPayments } from "./payment/list-payments";
export { openCheckout, type ReturnTo } from "./payment/open-checkout";
export {
  endPayment,
  linkPayment,
  type NewPayment,
  openPayment,
  type Payment,
  readPayment,
} from "./payment/payment-store";
export { type RefreshedPayment, refreshPayment } from "./payment/refresh-payment";
export { settleDue } from "./payment/settle-due";
export { type Settled, settlePayment } from "./payment/settle-payment";
export { declineRefund } from "./refunds/decline-refund";
export { listRefunds } from "./refunds/list-refunds";
export { refundPayment } from "./refunds/refund-payment";
export { requestRefund } from "./refunds/request-refund";
export { reconcileReversals, resolveRefunds } from "./refunds/resolve-refunds";
export { syncRefunds } from "./refunds/sync-refunds";
export {
  closePlanCheckout,
  openPlanCheckout,
  previewRenewal,
  previewSubscription,
  repriceSubscription,
  setSubscriptionEnd,
  stopSubscription,
  upgradeSubscription,
} from "./subscriptions/change-subscription";
export { readChargedCard, readPlanCheckout, readSubscription } from "./subscriptions/read-subscription";
export type { ProviderSubscription, SubscriptionInvoice } from "./subscriptions/subscription-object";
export { ensurePlanPrice, type PlanOffer } from "./subscriptions/subscription-price";
