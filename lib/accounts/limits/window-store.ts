/** The windows in which spending is counted, as columns `<window>_limit`, `_spent`, `_held` and `_resets` of a row. */
import { type KeyWindow, LIMIT_WINDOWS, type LimitWindow, type Windows } from "./limit-schema";

/** Today, `l.today`, in the time zone of the organization `o` at `$2`. */
export const RUNNING_DAY =
  "CROSS JOIN LATERAL (SELECT ($2::timestamptz AT TIME ZONE o.time_zone)::date::timestamp AS today) AS l";

export function resetsOf(name: LimitWindow): string {
  if (name === "total") return "NULL::timestamptz AS total_resets";
  return `ledger.day_start(date_trunc('${name}', l.today) + interval '1 ${name}', o.time_zone) AS ${name}_resets`;
}

// An ended window counts as zero: its counters still have the values of the last call.
const usedIn = (name: LimitWindow) => {
  const running = name === "total" ? "true" : `u.${name} >= date_trunc('${name}', l.today)::date`;
  return `coalesce(sum(u.${name}_spent) FILTER (WHERE ${running}), 0)::bigint AS ${name}_spent,
    coalesce(sum(u.${name}_held) FILTER (WHERE ${running}), 0)::bigint AS ${name}_held`;
};
/** The sum of the spent and held amounts of `key_usage` rows (as `u`) in each running window. */
export const USED_IN_WINDOWS = LIMIT_WINDOWS.map(usedIn).join(", ");

export function windowsOf(row: Record<string, unknown>): Windows {
  const amount = (column: string) => (row[column] as bigint | null) ?? 0n;
  const window = (name: LimitWindow): KeyWindow => ({
    limit: row[`${name}_limit`] === null ? null : amount(`${name}_limit`),
    spent: amount(`${name}_spent`),
    held: amount(`${name}_held`),
    resetsAt: row[`${name}_resets`] as Date | null,
  });
  return { total: window("total"), day: window("day"), week: window("week"), month: window("month") };
}
