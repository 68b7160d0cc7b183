"use client";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "./class-names";
import type { DataColumn, DataSort } from "./data-table-column";

type Props<Row> = {
  columns: readonly DataColumn<Row>[];
  sort: DataSort | null;
  onSort: (sort: DataSort | null) => void;
};

/** Largest first, then smallest first, then as it came. */
function next(id: string, sort: DataSort | null): DataSort | null {
  if (sort?.id !== id) return { id, desc: true };
  return sort.desc ? { id, desc: false } : null;
}

const ORDER = { none: undefined, ascending: "ascending", descending: "descending" } as const;

/** On a wide screen the header stays under the top bar while rows scroll; on a phone only what sorts is left of it. */
export function DataTableHead<Row>({ columns, sort, onSort }: Props<Row>) {
  const t = useTranslations("ui");
  return (
    <thead className={columns.some((column) => column.sort) ? "max-sm:block" : "max-sm:sr-only"}>
      <tr className="max-sm:flex max-sm:gap-4 max-sm:border-line max-sm:border-b">
        {columns.map((column) => {
          const order = sort?.id !== column.id ? "none" : sort.desc ? "descending" : "ascending";
          const Arrow = order === "none" ? ChevronsUpDown : order === "descending" ? ArrowDown : ArrowUp;
          const end = column.align === "end";
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={ORDER[order]}
              className={cn(
                "h-9 whitespace-nowrap bg-card px-3 text-left font-normal text-muted text-xs shadow-[inset_0_-1px_0_var(--line)] first:pl-0 last:pr-0 max-sm:h-auto max-sm:px-0 max-sm:shadow-none xl:sticky xl:top-14 xl:z-[5]",
                end && "text-right",
                !column.sort && "max-sm:sr-only",
              )}
            >
              {column.sort ? (
                <button
                  type="button"
                  title={t("sortBy", { column: column.header })}
                  onClick={() => onSort(next(column.id, sort))}
                  className={cn(
                    "-mx-1 inline-flex h-7 touch:h-11 items-center gap-1 rounded-[6px] px-1 hover:text-text",
                    end && "sm:flex-row-reverse",
                    order !== "none" && "font-medium text-text",
                  )}
                >
                  {column.header}
                  <Arrow aria-hidden="true" className={cn("size-3", order === "none" && "opacity-60")} />
                </button>
              ) : (
                column.header
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
