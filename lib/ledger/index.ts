/**
 * The ledger: what an organization has, and every transaction that made it so. A balance is never kept as a sum: it is
 * what remains of the grants, less debt; entries say how that came about.
 */
export { balance, balanceAnswer } from "./balance";
export { mayRead } from "./may-read";
export { getTransaction } from "./transaction";
export { listTransactions } from "./transactions";
