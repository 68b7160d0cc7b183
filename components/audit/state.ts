/** The state of the audit log in its address; the server and the browser read it alike. */
import { createLoader, createParser, type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";
import { dayStart } from "@/lib/kernel/local-time";
import { shiftDate } from "@/lib/kernel/print-time";

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A date of the organization's calendar; one that does not exist is left out. */
const date = createParser({
  parse: (text) => (DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? text : null),
  serialize: (text: string) => text,
});

export const auditParsers = {
  actor: parseAsString,
  action: parseAsStringLiteral(AUDIT_ACTIONS),
  object: parseAsString,
  from: date,
  to: date,
};
export type AuditState = inferParserType<typeof auditParsers>;
export const loadAudit = createLoader(auditParsers);
export const NO_FILTERS = { actor: null, action: null, object: null, from: null, to: null };

/** The filters in the words of the list and of the file, the last day included. */
export function auditQuestion({ actor, action, object, from, to }: AuditState, timeZone: string) {
  return {
    ...(actor && { actor }),
    ...(action && { action }),
    ...(object && { object }),
    ...(from && { from: dayStart(from, timeZone).toISOString() }),
    ...(to && { to: dayStart(shiftDate(to, 1), timeZone).toISOString() }),
  };
}
export type AuditQuestion = ReturnType<typeof auditQuestion>;
