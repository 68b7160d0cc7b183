"use client";
import type { KeyboardEvent, MouseEvent } from "react";
import { cn } from "./class-names";
import type { DataColumn, PhonePlace } from "./data-table-column";
import { Skeleton } from "./skeleton";

const PLACES: Record<PhonePlace, string> = {
  what: "max-sm:col-start-1 max-sm:row-start-1",
  amount: "max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right",
  when: "max-sm:col-start-1 max-sm:row-start-2 max-sm:text-muted max-sm:text-sm",
  where: "max-sm:col-start-2 max-sm:row-start-2 max-sm:text-right max-sm:text-muted max-sm:text-sm",
};
const LINE =
  "border-line border-b max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_minmax(0,auto)] max-sm:gap-x-4 max-sm:py-2";

function cellClass<Row>(column: DataColumn<Row>): string {
  return cn(
    "h-10 px-3 py-1.5 align-middle first:pl-0 last:pr-0 max-sm:block max-sm:h-auto max-sm:truncate max-sm:p-0",
    column.align === "end" && "text-right",
    column.phone ? PLACES[column.phone] : "max-sm:hidden",
    column.className,
  );
}

/** A click on something of its own, or the end of selecting text, does not open the row. */
function meant(event: MouseEvent<HTMLElement>): boolean {
  const own = (event.target as HTMLElement).closest("a, button, input, label");
  return !own && !window.getSelection()?.toString();
}

/** Arrows go from row to row, as Tab would but without what is between. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = (event.target as HTMLElement).closest<HTMLElement>("[data-row-open]");
  if (!step || !at) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-open]")];
  const next = all[all.indexOf(at) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

type Props<Row> = {
  row: Row;
  columns: readonly DataColumn<Row>[];
  open: boolean;
  onOpen?: (row: Row) => void;
  openLabel?: (row: Row) => string;
};

/** One row; where it opens, its first cell is the button for the keyboard and the rest follows the pointer. */
export function DataTableRow<Row>({ row, columns, open, onOpen, openLabel }: Props<Row>) {
  return (
    <tr
      className={cn(LINE, onOpen && "cursor-pointer hover:bg-control/60", open && "bg-control hover:bg-control")}
      {...(onOpen && {
        onClick: (event: MouseEvent<HTMLElement>) => {
          if (meant(event)) onOpen(row);
        },
      })}
    >
      {columns.map((column, index) => (
        <td key={column.id} className={cellClass(column)}>
          {onOpen && index === 0 ? (
            <button
              type="button"
              data-row-open
              aria-haspopup="dialog"
              aria-expanded={open}
              {...(openLabel && { "aria-label": openLabel(row) })}
              onClick={() => onOpen(row)}
              className="max-w-full truncate rounded-[4px] text-left"
            >
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}

/** Rows of the final height while the first page is loaded. */
export function SkeletonRows<Row>({ columns, count }: { columns: readonly DataColumn<Row>[]; count: number }) {
  return Array.from({ length: count }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
    <tr key={index} className={LINE}>
      {columns.map((column) => (
        <td key={column.id} className={cellClass(column)}>
          <Skeleton
            className={cn(
              "h-4 w-full max-w-28 max-sm:my-0.5 max-sm:w-24",
              column.align === "end" && "ml-auto max-w-16",
            )}
          />
        </td>
      ))}
    </tr>
  ));
}
