import { LOCALE } from "@/components/locale";

const compact = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumSignificantDigits: 3 });
const cents = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const LEAST_MONEY = 0.01;
const LEAST_COMPACT = 1_000;

/** A number on an axis: "0.60", but "4" and "1.2K"; money has its cents where it has any. */
export function printTick(value: number, money: boolean): string {
  const small = money && value >= LEAST_MONEY && value < LEAST_COMPACT && !Number.isInteger(value);
  return (small ? cents : compact).format(value);
}
