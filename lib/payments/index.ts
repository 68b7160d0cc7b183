/**
 * Payments: the only domain that speaks to the payment provider. What the provider has is read anew each time, never
 * trusted from the order in which it tells: whoever hears of a payment first settles it, and it brings its credit once.
 */
export { type NewPayment, openPayment, type Payment, readPayment } from "./payment-store";
