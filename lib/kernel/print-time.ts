import { monthName, shortMonthName, shortWeekdayName, weekdayName } from "./locale";

const DAY_MS = 86_400_000;
const RECENT_DAYS = 6;

/** Dates and times of a zone as numbers, which every engine computes alike. */
type Wall = { year: number; month: number; day: number; weekday: number; clock: string; second: string };
const walls = new Map<string, Intl.DateTimeFormat>();

function wallFormat(timeZone: string): Intl.DateTimeFormat {
  const known = walls.get(timeZone);
  if (known) return known;
  const [digits, short] = ["2-digit", "numeric"] as const;
  const made = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23" },
    ...{ year: short, month: short, day: short, hour: digits, minute: digits, second: digits },
  });
  walls.set(timeZone, made);
  return made;
}

function wallOf(at: Date, timeZone: string): Wall {
  const parts = new Map(
    wallFormat(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const [year, month, day] = [Number(of("year")), Number(of("month")), Number(of("day"))];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, weekday, clock: `${of("hour")}:${of("minute")}`, second: of("second") };
}

const two = (count: number) => String(count).padStart(2, "0");

/** The local date, `2026-11-21`. */
export function localDate(at: Date, timeZone: string): string {
  const { year, month, day } = wallOf(at, timeZone);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

const shortDay = ({ day, month }: Wall) => `${day} ${shortMonthName(month)}`;
const shortDate = (wall: Wall) => `${shortDay(wall)} ${wall.year}`;
const namedDay = (wall: Wall) => `${shortWeekdayName(wall.weekday)} ${shortDay(wall)}`;

/** "21 Nov 2026". */
export function printDate(at: Date, timeZone: string): string {
  return shortDate(wallOf(at, timeZone));
}

/** "3 November", with the year where it is not the running one. */
export function printLongDay(at: Date, now: Date, timeZone: string): string {
  const wall = wallOf(at, timeZone);
  const day = `${wall.day} ${monthName(wall.month)}`;
  return wall.year === wallOf(now, timeZone).year ? day : `${day} ${wall.year}`;
}

/** "November", with the year where it is not the running one. */
export function printMonth(at: Date, now: Date, timeZone: string): string {
  const { month, year } = wallOf(at, timeZone);
  return year === wallOf(now, timeZone).year ? monthName(month) : `${monthName(month)} ${year}`;
}

/** A date some days before or after another; dates are whole days, so no zone is involved. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** "14:32" today, "Tue 14:32" within a week, "3 Nov" before; `precise` keeps the clock. */
export function printTime(at: Date, now: Date, timeZone: string, precise = false): string {
  const wall = wallOf(at, timeZone);
  const day = localDate(at, timeZone);
  const today = localDate(now, timeZone);
  if (day === today) return wall.clock;
  if (day < today && day >= shiftDate(today, -RECENT_DAYS)) {
    return `${shortWeekdayName(wall.weekday)} ${wall.clock}`;
  }
  const date = day.slice(0, 4) === today.slice(0, 4) ? shortDay(wall) : shortDate(wall);
  return precise ? `${date} ${wall.clock}` : date;
}

/** "CEST", "GMT-4". */
function zoneName(at: Date, timeZone: string, timeZoneName: "short" | "shortOffset" = "short"): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** In full, with the zone: "Wednesday 2 July 2025 at 00:05:11 CEST". */
export function printFullTime(at: Date, timeZone: string): string {
  const { weekday, day, month, year, clock, second } = wallOf(at, timeZone);
  const date = `${weekdayName(weekday)} ${day} ${monthName(month)} ${year}`;
  return `${date} at ${clock}:${second} ${zoneName(at, timeZone)}`;
}

type RangeStyle = { timeZone: string; year: boolean; clock: boolean };

/** Two moments as one span: "16–22 Nov", "28 Oct – 3 Nov", "21 Nov, 14:00–15:00". */
export function printRange(from: Date, to: Date, { timeZone, year, clock }: RangeStyle): string {
  const day = year ? shortDate : shortDay;
  const [begin, end] = [wallOf(from, timeZone), wallOf(to, timeZone)];
  const [first, last] = [localDate(from, timeZone), localDate(to, timeZone)];
  if (clock) {
    if (first === last) return `${day(begin)}, ${begin.clock}–${end.clock}`;
    return `${day(begin)}, ${begin.clock} – ${day(end)}, ${end.clock}`;
  }
  if (first === last) return day(end);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${begin.day}–${day(end)}`;
  return `${day(begin)} – ${day(end)}`;
}

/** "around Fri 18 Dec": a guess, so never to the minute. */
export function printRunningOut(at: Date, timeZone: string): string {
  return `around ${namedDay(wallOf(at, timeZone))}`;
}

export type IntervalName = "hour" | "day" | "week" | "month";

const HOUR_MS = 3_600_000;

/** Whether autumn shows this time a second time, when clocks are set back. */
function repeated(at: Date, timeZone: string): boolean {
  const shown = (by: number) => {
    const moment = new Date(at.getTime() + by);
    return `${localDate(moment, timeZone)} ${wallOf(moment, timeZone).clock}`;
  };
  const own = shown(0);
  return own === shown(-HOUR_MS) || own === shown(HOUR_MS);
}

/** The clock at an hour's start; one that autumn repeats has its offset with it, "02:00 (GMT+2)". */
function printHour(start: Date, timeZone: string): string {
  const { clock } = wallOf(start, timeZone);
  return repeated(start, timeZone) ? `${clock} (${zoneName(start, timeZone, "shortOffset")})` : clock;
}

/** In a month that is named: "21 Nov, 14:32:05", where autumn repeats the hour "25 Oct, 02:32:05 (GMT+1)". */
export function printDayTime(at: Date, timeZone: string): string {
  const wall = wallOf(at, timeZone);
  const text = `${shortDay(wall)}, ${wall.clock}:${wall.second}`;
  return repeated(at, timeZone) ? `${text} (${zoneName(at, timeZone, "shortOffset")})` : text;
}

/** A bar's name under the axis. */
export function printInterval(start: Date, interval: IntervalName, timeZone: string): string {
  const wall = wallOf(start, timeZone);
  if (interval === "hour") return printHour(start, timeZone);
  return interval === "month" ? `${shortMonthName(wall.month)} ${wall.year}` : shortDay(wall);
}

/** A bar's name where there is room for all of it. */
export function printIntervalLong(start: Date, interval: IntervalName, timeZone: string): string {
  const wall = wallOf(start, timeZone);
  if (interval === "hour") return `${namedDay(wall)}, ${printHour(start, timeZone)}`;
  if (interval === "month") return `${monthName(wall.month)} ${wall.year}`;
  return interval === "week" ? `Week of ${namedDay(wall)}` : namedDay(wall);
}
