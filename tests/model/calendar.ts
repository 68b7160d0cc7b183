/** Days, weeks, months and cycles of a zone with a fixed offset, by the calendar of the language alone. */
import type { Limits, Move } from "./parts";

const DAY_MS = 86_400_000;
const WINDOWS = ["total", "day", "week", "month"] as const;

const local = (at: number, offset: number) => new Date(at + offset * 60_000);

/** What tells one window from the next. The first of January 1970 was a Thursday; weeks begin on Monday. */
function windowOf(name: (typeof WINDOWS)[number], at: number, offset: number): string | number {
  const date = local(at, offset);
  const day = Math.floor(date.getTime() / DAY_MS);
  if (name === "total") return 0;
  if (name === "day") return day;
  return name === "week" ? Math.floor((day + 3) / 7) : date.toISOString().slice(0, 7);
}

/** What these moves hold and have spent in each window that holds `now`, with its limit. */
export function windowsOf(of: { limits: Limits; moves: Move[] }, now: number, offset: number) {
  return WINDOWS.map((name) => {
    const moves = of.moves.filter(({ at }) => windowOf(name, at, offset) === windowOf(name, now, offset));
    const held = moves.reduce((total, move) => total + move.held, 0n);
    const spent = moves.reduce((total, move) => total + move.spent, 0n);
    return { name, limit: of.limits[name], held, spent };
  });
}

/** So many months after a local time, on the same day of the month or the last that there is. */
function addMonths(date: Date, months: number): Date {
  const target = new Date(date);
  target.setUTCDate(1);
  target.setUTCMonth(target.getUTCMonth() + months);
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(date.getUTCDate(), last));
  return target;
}

export function cycleStart(anchor: number, cycle: number, offset: number): number {
  return addMonths(local(anchor, offset), cycle).getTime() - offset * 60_000;
}

export function monthLater(at: number): number {
  return addMonths(new Date(at), 1).getTime();
}
