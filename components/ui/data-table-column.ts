import type { ReactNode } from "react";
import { compareNames } from "@/components/format/locale";

/** Where a column stands when the table is a list of two lines: what and how much, then when and where. */
export type PhonePlace = "what" | "amount" | "when" | "where";

export type DataColumn<Row> = {
  id: string;
  /** The header's words, also in the choice of columns. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** What rows are ordered by; without it the column is not sorted. */
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

/** Ascending; what is missing comes first. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  if (typeof a === "string" && typeof b === "string") return compareNames(a, b);
  return (a as bigint) < (b as bigint) ? -1 : 1;
}
