const HOURS_A_DAY = 24;
const FEW_DAYS = 2;
const YEAR_DAYS = 365;

/** The name of a text of the namespace "level", and the count in it. */
export type Duration = { key: "nothing" | "underHour" | "hours" | "days" | "year"; count: number };

/** How long a number of days is, never longer than it is. */
export function durationOf(days: number): Duration {
  if (days <= 0) return { key: "nothing", count: 0 };
  if (days >= YEAR_DAYS) return { key: "year", count: 0 };
  if (days >= FEW_DAYS) return { key: "days", count: Math.floor(days) };
  const hours = Math.floor(days * HOURS_A_DAY);
  return hours < 1 ? { key: "underHour", count: 0 } : { key: "hours", count: hours };
}
