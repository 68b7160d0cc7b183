/** Periods of the week: prices by the hour and the weekday, by the clock of the catalogue's zone. */
import { LRUCache } from "lru-cache";
import { localClock } from "@/lib/kernel/local-time";
import { perObject } from "@/lib/platform/holders";
import type { Hours, Periods } from "./compiled";
import type { CatalogueFile } from "./file";
import { WEEKDAYS } from "./price-file";

const MINUTE_MS = 60_000;
const MINUTES_KEPT = 2_000;
const namesOf = perObject((_periods: Periods) => new LRUCache<number, string>({ max: MINUTES_KEPT }));

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

export function compilePeriods(file: CatalogueFile["periods"]): Periods | null {
  if (!file) return null;
  const list = file.list.map(({ name, label, hours = [] }) => ({
    name,
    label,
    hours: hours.map(({ days, from, to }) => ({
      days: days.map((day) => WEEKDAYS.indexOf(day)),
      from: minutes(from),
      to: minutes(to),
    })),
  }));
  return { timeZone: file.timeZone, list };
}

function holds({ days, from, to }: Hours, weekday: number, minute: number): boolean {
  if (from < to) return days.includes(weekday) && minute >= from && minute < to;
  return (days.includes(weekday) && minute >= from) || (days.includes((weekday + 6) % 7) && minute < to);
}

/** The period of a moment (in milliseconds since 1970). It reads the clock of a zone once a minute. */
export function periodAt(periods: Periods, at: number): string {
  const cache = namesOf(periods);
  const minute = Math.floor(at / MINUTE_MS);
  const known = cache.get(minute);
  if (known !== undefined) return known;
  const clock = localClock(minute * MINUTE_MS, periods.timeZone);
  const held = periods.list.find(({ hours }) => hours.some((one) => holds(one, clock.weekday, clock.minute)));
  const found = (held ?? periods.list.at(-1))?.name ?? "";
  cache.set(minute, found);
  return found;
}
