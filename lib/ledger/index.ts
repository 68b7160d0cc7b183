/**
 * The ledger: what an organization has, and every transaction that made it so. A balance is never kept as a sum: it is
 * what remains of the grants, less debt; entries say how that came about.
 */
export { autoTopUpState } from "./auto-top-up-state";
export { balance, balanceAnswer, balanceWithin, steadyLevel } from "./balance";
export { balanceHistory } from "./balance-history";
export { balanceMarks } from "./balance-mark-store";
export { type CallTrail, callTrail } from "./call-trail";
export { purchasedCredits } from "./credits";
export { currentCycle } from "./cycle";
export { idsWithin } from "./event-ids";
export { type GrantAnswer, type GrantInput, grant } from "./grant";
export { listGrants } from "./grants";
export { advance, advanceDue, ensurePartitions } from "./jobs";
export { planLimits } from "./plan-limits";
export { setPayg } from "./set-payg";
export { soldTo } from "./standing";
export { subscribe } from "./subscribe";
export { getTransaction } from "./transaction";
export { listTransactions } from "./transactions";
export { transactionsCsv } from "./transactions-csv";
export { transactionsJsonl } from "./transactions-jsonl";
export { type Check, verifyLedger } from "./verify";
export { rehearseWelcome, welcome } from "./welcome";
