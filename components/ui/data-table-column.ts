import type { ReactNode } from "react";
import { compareNames } from "@/lib/kernel/locale";

/** The place of a column when the table is a list of two lines: name and amount, then time and place. */
export type PhonePlace = "what" | "amount" | "when" | "where";

export type DataColumn<Row> = {
  id: string;
  /** The header's words, also in the choice of columns. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** The value that rows are sorted by; without it, the column cannot be sorted. */
  sort?: (row: Row) => string | number | bigint | null;
  /** Numbers stand at the end. */
  align?: "start" | "end";
  /** Always shown. */
  fixed?: boolean;
  /** Not shown until it is chosen. */
  hidden?: boolean;
  /** Left out, a phone does not show it. */
  phone?: PhonePlace;
  className?: string;
};

export type DataSort = { id: string; desc: boolean };

/** Ascending; missing values come first. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  if (typeof a === "string" && typeof b === "string") return compareNames(a, b);
  return (a as bigint) < (b as bigint) ? -1 : 1;
}
