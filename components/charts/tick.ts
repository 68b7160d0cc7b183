import { printCompact } from "@/lib/kernel/locale";

const LEAST_MONEY = 0.01;
const LEAST_COMPACT = 1_000;

/** Whether numbers of an axis have cents, so that all of them are printed alike. */
export const haveCents = (ticks: readonly number[]): boolean => ticks.some((tick) => !Number.isInteger(tick));

/** A number on an axis: "4" and "1.2K"; money has its cents where any of the axis has them: "0.50", "1.00". */
export function printTick(value: number, cented: boolean): string {
  const size = Math.abs(value);
  const small = cented && size >= LEAST_MONEY && size < LEAST_COMPACT;
  return small ? `${value < 0 ? "−" : ""}${size.toFixed(2)}` : printCompact(value);
}
