/**
 * Payments: the only domain that speaks to the payment provider. What the provider has is read anew each time, never
 * trusted from the order in which it tells: whoever hears of a payment first settles it, and it brings its credit once.
 */

export { declineRefund } from "./decline-refund";
export { listRefunds } from "./list-refunds";
export { paymentReturns } from "./payment-returns";
export { type NewPayment, openPayment, type Payment, readPayment } from "./payment-store";
export { refundPayment } from "./refund-payment";
export { requestRefund } from "./request-refund";
export { reconcileReturns, resolveRefunds } from "./resolve-refunds";
