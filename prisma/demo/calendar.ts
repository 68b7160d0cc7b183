/** When the demo's calls are made: growing over the year, by day more than by night, with weekends and one busy week. */
import type { Roll } from "./calls";

export const DAY_MS = 86_400_000;
const YEAR = 365;
/** Of calls a day, a year ago and now; a shorter demo is the end of the long one. */
const FIRST = 12;
const LAST = 58;
const WEEKEND = 0.35;
const BUSY_WEEK = { from: 75, to: 68, times: 2.3 };
/** Some working days are quieter than others. */
const QUIETEST = 0.7;

export const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS);

/** Midnight (UTC) of the day that is so many days before. */
export function midnightBefore(now: Date, days: number): Date {
  return new Date(Math.floor(daysBefore(now, days).getTime() / DAY_MS) * DAY_MS);
}

/** How many calls a working day has, so many days before today. */
export function usualVolume(daysAgo: number): number {
  return FIRST + (LAST - FIRST) * (1 - Math.min(daysAgo, YEAR) / YEAR);
}

function timeOfDay(roll: Roll): number {
  for (;;) {
    const place = roll();
    const hour = place * 24;
    const busy = hour >= 7 && hour < 19 ? 1 - Math.abs(hour - 13) / 12 : 0.12;
    if (roll() < busy) return place;
  }
}

/** The times of one day's calls, in order; `share` is this customer's part of the usual volume. */
export function callTimes(midnight: Date, daysAgo: number, share: number, roll: Roll): Date[] {
  const weekend = midnight.getUTCDay() % 6 === 0 ? WEEKEND : 1;
  const busy = daysAgo <= BUSY_WEEK.from && daysAgo > BUSY_WEEK.to ? BUSY_WEEK.times : 1;
  const usual = usualVolume(daysAgo) * share * weekend * busy;
  const count = Math.round(usual * (QUIETEST + (1.25 - QUIETEST) * roll()));
  const times = Array.from({ length: count }, () => Math.floor(timeOfDay(roll) * DAY_MS));
  return times.sort((a, b) => a - b).map((time) => new Date(midnight.getTime() + time));
}

const HOUR_MS = 3_600_000;

function slotWidth(daysAgo: number): number {
  if (daysAgo > 45) return 12 * HOUR_MS;
  return daysAgo > 3 ? 4 * HOUR_MS : HOUR_MS / 12;
}

/** Calls that are near each other, so that they are made together; those of the last days are nearly alone. */
export function slots(times: readonly Date[], daysAgo: number): Date[][] {
  const width = slotWidth(daysAgo);
  const groups = new Map<number, Date[]>();
  for (const time of times) {
    const slot = Math.floor(time.getTime() / width);
    groups.set(slot, [...(groups.get(slot) ?? []), time]);
  }
  return [...groups.values()];
}
