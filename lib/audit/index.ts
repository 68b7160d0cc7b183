/**
 * The audit log: who did what to which object, before and after, from where. Rows are added in the transaction of the
 * change itself and never altered; the server's database role may not.
 */
export { auditCsv } from "./audit-csv";
export { type Audited, audited } from "./audited";
export { listAudit } from "./list-audit";
export { readMaker } from "./maker";
export type { AuditRecord } from "./store";
