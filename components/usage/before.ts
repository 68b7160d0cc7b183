import { instantOf, minuteOfDay } from "@/lib/kernel/local-time";
import { localDate, shiftDate } from "@/lib/kernel/print-time";
import { dayCount, isDate, type Period, shiftMonth } from "./range";

const QUARTER_MINUTES = 15;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const QUARTER_MS = QUARTER_MINUTES * 60_000;

/** Usage is summed by quarters of an hour: the end of the one in which the moment lies. */
const quarterEnd = (count: number, quarter: number) => (Math.floor(count / quarter) + 1) * quarter;

/** The same point of the clock so many calendar days before. */
function daysBack(at: number, days: number, timeZone: string): number {
  const date = shiftDate(localDate(new Date(at), timeZone), -days);
  const rest = at % MINUTE_MS;
  return instantOf(date, minuteOfDay(new Date(at), timeZone), timeZone).getTime() + rest;
}

/** Whole days go back by the calendar, so that an hour is compared with the same hour of the clock; others by hours. */
function hoursBefore({ from, to }: Period, now: Date, timeZone: string): Period {
  const start = Date.parse(from);
  const length = Date.parse(to) - start;
  const days = Math.round(length / DAY_MS);
  const off = Math.abs(length - days * DAY_MS);
  const whole = days > 0 && (off === 0 || (off <= HOUR_MS && sameClock(start, start + length, timeZone)));
  const back = (at: number) => (whole ? daysBack(at, days, timeZone) : at - length);
  const running = now.getTime() >= start && now.getTime() < start + length;
  const end = running ? back(quarterEnd(now.getTime(), QUARTER_MS)) : start;
  return { from: new Date(back(start)).toISOString(), to: new Date(end).toISOString(), months: null };
}

function sameClock(one: number, other: number, timeZone: string): boolean {
  return minuteOfDay(new Date(one), timeZone) === minuteOfDay(new Date(other), timeZone);
}

/** The same day one or more months before; null when that month is shorter. */
function sameDay(date: string, months: number): string | null {
  const first = shiftMonth(date, -months);
  const day = shiftDate(first, Number(date.slice(8)) - 1);
  return day.slice(0, 7) === first.slice(0, 7) ? day : null;
}

/**
 * The period before: as many hours, calendar days or whole months. While a period is not over, the one before it ends
 * at the same point of the calendar and the clock, so that like is compared with like.
 */
export function periodBefore(period: Period, now: Date, timeZone: string): Period {
  const { from, to, months } = period;
  if (!isDate(from)) return hoursBefore(period, now, timeZone);
  const start = months === null ? shiftDate(from, -dayCount(period)) : shiftMonth(from, -months);
  const today = localDate(now, timeZone);
  if (today < from || today >= to) return { from: start, to: from, months };
  const day = months === null ? shiftDate(today, -dayCount(period)) : sameDay(today, months);
  if (day === null) return { from: start, to: shiftMonth(today, 1 - (months ?? 0)), months };
  const minute = quarterEnd(minuteOfDay(now, timeZone), QUARTER_MINUTES);
  return { from: start, to: instantOf(day, minute, timeZone).toISOString(), months };
}
