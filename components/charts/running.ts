import { type IntervalName, localDate, shiftDate } from "@/lib/kernel/print-time";

const HOUR_MS = 3_600_000;
const DAYS_OF_A_WEEK = 7;

/** Whether the interval that starts at `start` is not over yet, by the calendar and clock of the zone. */
export function isRunning(start: string, interval: IntervalName, now: Date, timeZone: string): boolean {
  const begun = now.getTime() - Date.parse(start);
  if (begun < 0) return false;
  if (interval === "hour") return begun < HOUR_MS;
  const first = localDate(new Date(start), timeZone);
  const today = localDate(now, timeZone);
  if (interval === "day") return first === today;
  if (interval === "week") return today < shiftDate(first, DAYS_OF_A_WEEK);
  return first.slice(0, 7) === today.slice(0, 7);
}
