/**
 * The gate: whether a call may run, decided before it runs. quote → hold → settle | release, or charge. Calls are
 * priced here and decided in the ledger, many in one transaction; each caller is answered after the commit.
 */
export { batch } from "./batch";
export { charge } from "./charge";
export { chargeLate } from "./charge-late";
export { coalescer } from "./coalescer";
export type { GateContext } from "./context";
export { expireHolds } from "./expire-holds";
export { extend } from "./extend";
export { hold } from "./hold";
export { listExpiredHolds } from "./list-expired-holds";
export { quote } from "./quote";
export { refund } from "./refund";
export { release } from "./release";
export { settle } from "./settle";
export { simulatedLane } from "./simulation";
