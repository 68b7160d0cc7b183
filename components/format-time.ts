import { LOCALE } from "@/components/locale";

const DAY_MS = 86_400_000;
const RECENT_DAYS = 6;

function part(options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** The local date, `2026-11-21`. */
export function localDate(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
}

/** A date some days before or after another; dates are whole days, so no zone is involved. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** "14:32" today, "Tue 14:32" within a week, "3 Nov" before; `precise` keeps the clock. */
export function printTime(at: Date, now: Date, timeZone: string, precise = false): string {
  const day = localDate(at, timeZone);
  const today = localDate(now, timeZone);
  const clock = part(CLOCK, timeZone).format(at);
  if (day === today) return clock;
  if (day < today && day >= shiftDate(today, -RECENT_DAYS)) {
    return `${part({ weekday: "short" }, timeZone).format(at)} ${clock}`;
  }
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  const date = part({ day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) }, timeZone).format(at);
  return precise ? `${date} ${clock}` : date;
}

/** In full, with the zone. */
export function printFullTime(at: Date, timeZone: string): string {
  const options = { dateStyle: "full", timeStyle: "long" } as const;
  return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone }).format(at);
}

type RangeStyle = { timeZone: string; year: boolean; clock: boolean };

/**
 * Two moments as one span: "16–22 Nov", "28 Oct – 3 Nov", "21 Nov, 14:00–15:00". Put together here, because server and
 * browser do not put the same spaces around the dash.
 */
export function printRange(from: Date, to: Date, { timeZone, year, clock }: RangeStyle): string {
  const day = part({ day: "numeric", month: "short", ...(year && { year: "numeric" }) }, timeZone);
  const [first, last] = [localDate(from, timeZone), localDate(to, timeZone)];
  if (clock) {
    const time = part(CLOCK, timeZone);
    const [begin, end] = [time.format(from), time.format(to)];
    if (first === last) return `${day.format(from)}, ${begin}–${end}`;
    return `${day.format(from)}, ${begin} – ${day.format(to)}, ${end}`;
  }
  if (first === last) return day.format(to);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))}–${day.format(to)}`;
  return `${day.format(from)} – ${day.format(to)}`;
}

/** "around Fri 18 Dec": a guess, so never to the minute. */
export function printRunningOut(at: Date, timeZone: string): string {
  return `around ${part({ weekday: "short", day: "numeric", month: "short" }, timeZone).format(at)}`;
}

export type IntervalName = "hour" | "day" | "week" | "month";

const HOUR_MS = 3_600_000;

/** The clock at an hour's start; one that autumn repeats has its offset with it, "02:00 (GMT+2)". */
function printHour(start: Date, timeZone: string): string {
  const clock = (at: Date) => part({ ...CLOCK, day: "numeric" }, timeZone).format(at);
  const [before, after] = [-HOUR_MS, HOUR_MS].map((by) => clock(new Date(start.getTime() + by)));
  const text = part(CLOCK, timeZone).format(start);
  if (clock(start) !== before && clock(start) !== after) return text;
  const parts = part({ timeZoneName: "shortOffset" }, timeZone).formatToParts(start);
  return `${text} (${parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone})`;
}

/** A bar's name under the axis. */
export function printInterval(start: Date, interval: IntervalName, timeZone: string): string {
  if (interval === "hour") return printHour(start, timeZone);
  if (interval === "month") return part({ month: "short", year: "numeric" }, timeZone).format(start);
  return part({ day: "numeric", month: "short" }, timeZone).format(start);
}

/** A bar's name where there is room for all of it. */
export function printIntervalLong(start: Date, interval: IntervalName, timeZone: string): string {
  const date = part({ weekday: "short", day: "numeric", month: "short" }, timeZone).format(start);
  if (interval === "hour") return `${date}, ${printHour(start, timeZone)}`;
  if (interval === "month") return part({ month: "long", year: "numeric" }, timeZone).format(start);
  return interval === "week" ? `Week of ${date}` : date;
}
