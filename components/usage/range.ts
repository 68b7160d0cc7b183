import { localDate, shiftDate } from "@/components/format-time";

/** First and last day, both included, as dates of the organization's zone. */
export type Days = { from: string; to: string };
export const PRESETS = [
  { value: "today", label: "Today" },
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
  { value: "month", label: "This month" },
  { value: "last-month", label: "Last month" },
] as const;
export type Preset = (typeof PRESETS)[number]["value"];

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const HOURLY_DAYS = 2;

export function daysOf(preset: Preset, now: Date, timeZone: string): Days {
  const today = localDate(now, timeZone);
  const first = `${today.slice(0, 8)}01`;
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "7d":
      return { from: shiftDate(today, -6), to: today };
    case "30d":
      return { from: shiftDate(today, -29), to: today };
    case "month":
      return { from: first, to: today };
    case "last-month": {
      const last = shiftDate(first, -1);
      return { from: `${last.slice(0, 8)}01`, to: last };
    }
  }
}

/** The days in the address when they are a range, else the preset's. */
export function chosenDays(from: string | null, to: string | null, preset: Preset, now: Date, timeZone: string): Days {
  if (from && to && DATE.test(from) && DATE.test(to) && from <= to && isDate(from) && isDate(to)) return { from, to };
  return daysOf(preset, now, timeZone);
}

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** As the API takes it: the end is not included. */
export function apiRange({ from, to }: Days): Days {
  return { from, to: shiftDate(to, 1) };
}

export function intervalFor({ from, to }: Days): "hour" | "day" {
  return to < shiftDate(from, HOURLY_DAYS) ? "hour" : "day";
}
