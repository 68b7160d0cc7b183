import { monthName } from "@/lib/kernel/locale";

/** "October 2026", of "2026-10". */
export function monthInWords(month: string): string {
  return `${monthName(Number(month.slice(5)))} ${month.slice(0, 4)}`;
}
