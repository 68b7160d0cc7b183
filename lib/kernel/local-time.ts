/** Converts a zone's local dates and hours to instants. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The wall clock at an instant, as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
}

/**
 * The instant at which the zone's clock shows this date and minute of the day. A time that spring leaves out is the
 * moment of the change, as PostgreSQL has it; one that autumn repeats is the first of the two.
 */
export function instantOf(date: string, minuteOfDay: number, timeZone: string): Date {
  const wall = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * MINUTE_MS;
  const ahead = (at: number) => wallClock(at, timeZone) - at;
  const first = wall - ahead(wall - 24 * HOUR_MS);
  if (wallClock(first, timeZone) === wall) return new Date(first);
  const second = wall - ahead(wall + 24 * HOUR_MS);
  return new Date(wallClock(second, timeZone) === wall ? second : first);
}

/** The instant at which a date of the zone's calendar starts. */
export function dayStart(date: string, timeZone: string): Date {
  return instantOf(date, 0, timeZone);
}

/** How many minutes of its local day have gone by on the clock. */
export function minuteOfDay(at: Date, timeZone: string): number {
  return Math.floor((wallClock(at.getTime(), timeZone) / MINUTE_MS) % (24 * 60));
}

/** The start of the clock's hour; in a zone with an offset of 45 minutes, this is 15 minutes past UTC's. */
export function hourStart(at: Date, timeZone: string): Date {
  const minute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  return new Date(minute - (minuteOfDay(at, timeZone) % 60) * MINUTE_MS);
}

/** The weekday (Sunday is 0) and the minute of the day that the zone's clock shows. */
export function localClock(at: number, timeZone: string): { weekday: number; minute: number } {
  const wall = wallClock(at, timeZone);
  return { weekday: new Date(wall).getUTCDay(), minute: Math.floor((wall / MINUTE_MS) % (24 * 60)) };
}
