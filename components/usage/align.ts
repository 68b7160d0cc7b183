import type { Bar, Past, Stacked } from "@/components/charts/series";
import { minuteOfDay } from "@/lib/kernel/local-time";
import { localDate } from "@/lib/kernel/print-time";
import type { Interval } from "@/lib/usage/schema";

const DAY_MS = 86_400_000;

/** Of each start, which day of its period it lies in and what the clock shows. */
function clocks(starts: readonly string[], timeZone: string): string[] {
  const date = (start: string) => Date.parse(localDate(new Date(start), timeZone));
  const first = starts[0] === undefined ? 0 : date(starts[0]);
  return starts.map((start) => `${(date(start) - first) / DAY_MS} ${minuteOfDay(new Date(start), timeZone)}`);
}

function added(one: Bar | undefined, other: Bar): Bar {
  if (!one) return other;
  const parts = new Map(one.parts);
  for (const [id, value] of other.parts) parts.set(id, (parts.get(id) ?? 0n) + value);
  return { ...one, total: one.total + other.total, requests: one.requests + other.requests, parts };
}

/**
 * The bars of the period before at the places of those that they are compared with. Hours go by the clock: where it was
 * put back or forward in the meantime, an hour of the clock is compared with the same one, both halves of a repeated
 * one with its first.
 */
export function alignBefore(before: Stacked, now: Stacked, interval: Interval, timeZone: string): Past {
  if (interval !== "hour") return before;
  const past = new Map<string, Bar>();
  const shown = clocks(
    before.bars.map(({ start }) => start),
    timeZone,
  );
  before.bars.forEach((bar, at) => {
    past.set(shown[at] as string, added(past.get(shown[at] as string), bar));
  });
  const bars = clocks(
    now.bars.map(({ start }) => start),
    timeZone,
  ).map((clock) => {
    const bar = past.get(clock);
    past.delete(clock);
    return bar;
  });
  return { ...before, bars };
}
