"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { localDate, printRange } from "@/lib/kernel/print-time";
import { isDate, type Period, type Range } from "./range";

/** Two moments as words: "16–22 Nov 2026", "21 Nov, 14:00–15:00". */
export function useSpan(): (from: string, to: string) => string {
  const { timeZone } = useFacts();
  const year = localDate(useNow(), timeZone).slice(0, 4);
  return (from, to) => {
    const dates = isDate(from) && isDate(to);
    const zone = dates ? "UTC" : timeZone;
    const ends = [new Date(from), new Date(to)] as const;
    const thisYear = ends.every((end) => localDate(end, zone).startsWith(year));
    return printRange(...ends, { timeZone: zone, year: !thisYear, clock: !dates });
  };
}

/** A range by its name or its days. */
export function useRangeName(): (range: Range) => string {
  const t = useTranslations("usage");
  const span = useSpan();
  return (range) => (typeof range === "string" ? t(`presetLong.${range}`) : span(range.from, range.to));
}

/** The days of a period, the last one included; of one that was cut at a time of day, that day too. */
export function lastOf({ to }: Period, timeZone: string): string {
  if (!isDate(to)) return localDate(new Date(Date.parse(to) - 1), timeZone);
  return new Date(Date.parse(to) - 1).toISOString().slice(0, 10);
}
