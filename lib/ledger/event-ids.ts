const OLDER_IDS = "169 hours";
const YOUNGER_IDS = "36 days";

/**
 * The condition that bounds an event's id by its time, so that months outside are not looked into. `from` and `to` are
 * SQL of the range in which it occurred. An id is as old as its call: opened at most 7 days before it was settled, or
 * reported at most 35 days late.
 */
export function idsWithin(id: string, from: string, to: string): string {
  return `${id} >= ledger.uuid7_floor(${from}::timestamptz - interval '${OLDER_IDS}')
    AND ${id} < ledger.uuid7_floor(${to}::timestamptz + interval '${YOUNGER_IDS}')`;
}
