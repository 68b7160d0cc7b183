import { hourStart } from "@/lib/kernel/local-time";
import { localDate, shiftDate } from "@/lib/kernel/print-time";

export const PRESETS = ["24h", "7d", "30d", "90d", "12m", "month", "last-month"] as const;
export type Preset = (typeof PRESETS)[number];
/** A preset, or two moments: both dates, the last one included, or both instants, the end not included. */
export type Range = Preset | { from: string; to: string };
/** As the API takes it: dates or instants, the end not included. `months` when it is made of whole months. */
export type Period = { from: string; to: string; months: number | null };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PRESET_DAYS = { "7d": 7, "30d": 30, "90d": 90 } as const;
const MONTHS_OF_A_YEAR = 12;

export const isDate = (moment: string) => DATE.test(moment);
const isPreset = (text: string): text is Preset => PRESETS.some((preset) => preset === text);

function exists(moment: string): boolean {
  const at = new Date(isDate(moment) ? `${moment}T00:00:00Z` : moment);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(moment.replace("Z", ""));
}

/** Reads a range of the address: `30d`, `2026-11-01..2026-11-07` or `2026-11-21T14:00Z..2026-11-21T15:00Z`. */
export function readRange(text: string): Range | null {
  if (isPreset(text)) return text;
  const [from = "", to = "", ...more] = text.split("..");
  const dates = isDate(from) && isDate(to) && from <= to;
  const instants = INSTANT.test(from) && INSTANT.test(to) && from < to;
  return (dates || instants) && more.length === 0 && exists(from) && exists(to) ? { from, to } : null;
}

export function writeRange(range: Range): string {
  return typeof range === "string" ? range : `${range.from}..${range.to}`;
}

/** An instant to the minute, as the address has it. */
export function writeInstant(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`;
}

const monthOf = (date: string) => `${date.slice(0, 8)}01`;
const isFirst = (date: string) => date.endsWith("-01");

/** The first of a month some months away from the date's own. */
export function shiftMonth(date: string, months: number): string {
  const at = new Date(`${monthOf(date)}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 10);
}

function monthsBetween(from: string, to: string): number {
  const months = (date: string) => Number(date.slice(0, 4)) * MONTHS_OF_A_YEAR + Number(date.slice(5, 7));
  return months(to) - months(from);
}

/** Days of a period of dates. */
export function dayCount({ from, to }: Pick<Period, "from" | "to">): number {
  return Math.ceil((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The present instants of a range, in the organization's zone. */
export function periodOf(range: Range, now: Date, timeZone: string): Period {
  if (typeof range !== "string") {
    if (!isDate(range.from)) return { from: toIso(range.from), to: toIso(range.to), months: null };
    const to = shiftDate(range.to, 1);
    const whole = isFirst(range.from) && isFirst(to);
    return { from: range.from, to, months: whole ? monthsBetween(range.from, to) : null };
  }
  const today = localDate(now, timeZone);
  const tomorrow = shiftDate(today, 1);
  switch (range) {
    case "24h": {
      const to = hourStart(now, timeZone).getTime() + HOUR_MS;
      return { from: new Date(to - DAY_MS).toISOString(), to: new Date(to).toISOString(), months: null };
    }
    case "month":
      return { from: monthOf(today), to: tomorrow, months: 1 };
    case "last-month":
      return { from: shiftMonth(today, -1), to: monthOf(today), months: 1 };
    case "12m":
      return { from: shiftMonth(today, 1 - MONTHS_OF_A_YEAR), to: tomorrow, months: MONTHS_OF_A_YEAR };
    default:
      return { from: shiftDate(tomorrow, -PRESET_DAYS[range]), to: tomorrow, months: null };
  }
}

const toIso = (instant: string) => new Date(instant).toISOString();
