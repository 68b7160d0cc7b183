/**
 * How dates, numbers and lists are written, in this one place. A page is drawn on the server and again in the browser,
 * and the tables of two engines differ ("1k" and "1K", "Fri 18 Dec" and "Fri, 18 Dec"), so the words are our own.
 */
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const SHORT = 3;
/** The one month whose short name has four letters. */
const SEPTEMBER = "Sept";

export const monthName = (month: number): string => MONTHS[month - 1] ?? "";
export const shortMonthName = (month: number): string => (month === 9 ? SEPTEMBER : monthName(month).slice(0, SHORT));
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday] ?? "";
export const shortWeekdayName = (weekday: number): string => weekdayName(weekday).slice(0, SHORT);

/** "1,234,567" of digits, with a sign or without. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

const SUFFIXES = ["", "K", "M", "B", "T"];
const THOUSAND = 1_000;
const SIGNIFICANT_DIGITS = 3;

/** A number as a picture's axis has it: three digits that matter, then "K", "M", "B" or "T": "950", "1.2K", "−6M". */
export function printCompact(value: number): string {
  let size = Number(Math.abs(value).toPrecision(SIGNIFICANT_DIGITS));
  let power = 0;
  while (size >= THOUSAND && power < SUFFIXES.length - 1) {
    size = Number((size / THOUSAND).toPrecision(SIGNIFICANT_DIGITS));
    power += 1;
  }
  const places = size === 0 ? 0 : Math.max(0, SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(size)));
  const digits = size.toFixed(Math.min(places, 20));
  const [whole = "0", fraction = ""] = digits.split(".");
  const rest = fraction.replace(/0+$/, "");
  return `${value < 0 ? "−" : ""}${grouped(whole)}${rest ? `.${rest}` : ""}${SUFFIXES[power]}`;
}

/** "a", "a and b", "a, b and c". */
export function printList(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

const collator = new Intl.Collator("en-GB");

/** The order of names in lists: the same for every reader, whatever language their browser has. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
