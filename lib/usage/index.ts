/**
 * Usage: what was called, how much of it, and what it cost. Charts and totals read sums by quarters of an hour, which
 * the gate writes in the same transaction as the events; only the log itself reads events, always by keyset.
 */
export { costHints } from "./cost-hints";
export { getEvent } from "./event";
export { listEvents } from "./events";
export { eventsCsv } from "./events-csv";
export { runCosts } from "./run-costs";
export { getRun, listRuns } from "./runs";
export { usage } from "./usage";
