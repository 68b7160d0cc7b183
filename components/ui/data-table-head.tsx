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

/** The header stays under the portal's top bar while the rows scroll; a phone's two lines need none. */
export function DataTableHead<Row>({ columns, sort, onSort }: Props<Row>) {
  const t = useTranslations("ui");
  return (
    <thead className="max-sm:sr-only">
      <tr>
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
                "sticky top-14 z-[5] h-9 whitespace-nowrap border-line border-b bg-card px-3 text-left font-normal text-muted text-xs first:pl-0 last:pr-0",
                end && "text-right",
              )}
            >
              {column.sort ? (
                <button
                  type="button"
                  title={t("sortBy", { column: column.header })}
                  onClick={() => onSort(next(column.id, sort))}
                  className={cn(
                    "-mx-1 inline-flex h-7 items-center gap-1 rounded-[6px] px-1 hover:text-text",
                    end && "flex-row-reverse",
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
