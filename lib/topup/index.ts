/**
 * Buying credit. The catalogue prices the purchase, and a payment freezes it before the request to the provider. Auto
 * top-up does the same by a rule, with a saved card, one payment at a time.
 */

export { autoTopUpHistory } from "./auto-top-up-history";
export { mailNotices } from "./mail-notices";
export { mayBuy } from "./may-buy";
export { autoTopUpOffer, readAutoTopUp } from "./read-auto-top-up";
export { runAutoTopUps } from "./run-auto-top-ups";
export { setAutoTopUp, switchOffAutoTopUp } from "./set-auto-top-up";
export { startTopUp } from "./start-top-up";
