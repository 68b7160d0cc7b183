/**
 * Plans that are paid by the month or the year. The provider bills. The ledger gives the credit of an invoice, once.
 * Every event of a subscription ends in one verb, which reads its present state.
 */
export { cancelPlan, resumePlan } from "./cancel-plan";
export { changePlan } from "./change-plan";
export { choosePlan } from "./choose-plan";
export { followReversals } from "./follow-reversals";
export { listPlans } from "./list-plans";
export { previewChange } from "./preview-change";
export { reconcilePlans } from "./reconcile-plans";
export { settlePlanPayment, settlePlanSession } from "./settle-plan-payment";
export { syncSubscription } from "./sync-subscription";
