/**
 * Plans that are paid by the month or the year. The provider bills; what an invoice brings is given by the ledger, once.
 * Everything that is told of a subscription ends in one verb, which reads it as it is now.
 */
export { cancelPlan, resumePlan } from "./cancel-plan";
export { changePlan } from "./change-plan";
export { choosePlan } from "./choose-plan";
export { followReturns } from "./follow-returns";
export { listPlans } from "./list-plans";
export { previewChange } from "./preview-change";
export { reconcilePlans } from "./reconcile-plans";
export { settlePlanPayment, settlePlanSession } from "./settle-plan-payment";
export { syncSubscription } from "./sync-subscription";
