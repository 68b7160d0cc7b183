import { localDate, shiftDate } from "@/lib/kernel/print-time";
import type { Interval } from "@/lib/usage/schema";
import { isDate, type Period, type Range, writeInstant } from "./range";

const HOUR_MS = 3_600_000;
/** Between how many days an interval has more than one bar, and no more than a screen can show. */
const SENSIBLE: Record<Interval, [fewest: number, most: number]> = {
  hour: [0, 7],
  day: [2, 100],
  week: [14, 740],
  month: [60, Number.POSITIVE_INFINITY],
};
const USUAL: [days: number, interval: Interval][] = [
  [2, "hour"],
  [100, "day"],
  [190, "week"],
];

const daysOf = ({ from, to }: Period) => (Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS);

/** The intervals that make a readable picture of the period. */
export function intervalsOf(period: Period): Interval[] {
  const days = daysOf(period);
  return (Object.keys(SENSIBLE) as Interval[]).filter((name) => SENSIBLE[name][0] <= days && days <= SENSIBLE[name][1]);
}

/** The chosen interval when the period offers it, else the usual one for its length. */
export function intervalOf(period: Period, chosen: Interval | null): Interval {
  if (chosen && intervalsOf(period).includes(chosen)) return chosen;
  const days = daysOf(period);
  return USUAL.find(([most]) => days <= most)?.[1] ?? "month";
}

/** The range of one bar, from its start to the next one's, within the period that is shown. */
export function rangeOfBar(
  start: string,
  next: string | undefined,
  interval: Interval,
  period: Period,
  timeZone: string,
): Range {
  if (interval === "hour") {
    const from = new Date(start);
    const end = next ? Date.parse(next) : from.getTime() + HOUR_MS;
    return { from: writeInstant(from), to: writeInstant(new Date(end)) };
  }
  const date = (at: string) => localDate(new Date(at), timeZone);
  const first = isDate(period.from) ? period.from : date(period.from);
  const end = next ? date(next) : isDate(period.to) ? period.to : shiftDate(date(period.to), 1);
  const from = date(start);
  return { from: from < first ? first : from, to: shiftDate(end, -1) };
}
