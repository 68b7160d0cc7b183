/**
 * Buying credit. What is bought is priced by the catalogue and frozen in a payment before the request to the provider;
 * auto top-up is the same by rule, on a saved card, at most one payment at a time.
 */

export { autoTopUpHistory } from "./auto-top-up-history";
export { mayBuy } from "./may-buy";
export { autoTopUpOffer, readAutoTopUp } from "./read-auto-top-up";
export { runAutoTopUps } from "./run-auto-top-ups";
export { setAutoTopUp, switchOffAutoTopUp } from "./set-auto-top-up";
export { startTopUp } from "./start-top-up";
export { tellAutoTopUps } from "./tell-auto-top-ups";
