"use client";
import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { Columns3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "./button";
import { compareValues, type DataColumn, type DataSort } from "./data-table-column";
import { DataTableHead } from "./data-table-head";
import { DataTableRow, moveByArrows, SkeletonRows } from "./data-table-row";
import { Menu, MenuCheck, MenuLabel } from "./menu";
import { LoadError } from "./notice";
import { type Shown, useColumns } from "./use-columns";

const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});
/** The table's library wants plain records; rows of any type are held in one. */
type Held<Row> = { row: Row };

const SKELETON_ROWS = 8;

type Props<Row> = {
  /** The browser remembers the choice of columns under this name. */
  name: string;
  /** The table's name for readers, also in the message if it cannot be loaded. */
  label: string;
  /** Stable: made once, or in a memo. */
  columns: readonly DataColumn<Row>[];
  /** Undefined while they are loaded the first time. */
  rows: readonly Row[] | undefined;
  rowId: (row: Row) => string;
  /** Opens a row's detail; `openLabel` names it for readers. */
  onOpen?: (row: Row) => void;
  openLabel?: (row: Row) => string;
  /** The row whose detail is open. */
  openId?: string | null;
  /** Given, the server sorts; left out, the loaded rows are sorted here. */
  sort?: DataSort | null;
  onSort?: (sort: DataSort | null) => void;
  /** There are more pages. */
  more?: boolean;
  loadingMore?: boolean;
  onMore?: () => void;
  failed?: boolean;
  onRetry?: () => void;
  /** Shown without rows: an Empty. */
  empty: ReactNode;
  /** Beside the choice of columns, above the table. */
  toolbar?: ReactNode;
  skeletonRows?: number;
};

function ColumnChoice<Row>(props: {
  columns: readonly DataColumn<Row>[];
  shown: Shown;
  onChange: (shown: Shown) => void;
}) {
  const { columns, shown, onChange } = props;
  const t = useTranslations("ui");
  return (
    <Menu
      trigger={
        <Button className="max-sm:hidden">
          <Columns3 aria-hidden="true" />
          {t("columns")}
        </Button>
      }
    >
      <MenuLabel>{t("shownColumns")}</MenuLabel>
      {columns
        .filter((column) => !column.fixed)
        .map((column) => (
          <MenuCheck
            key={column.id}
            checked={shown[column.id] ?? true}
            onCheckedChange={(checked) => onChange({ ...shown, [column.id]: checked })}
          >
            {column.header}
          </MenuCheck>
        ))}
    </Menu>
  );
}

function useRows<Row>(props: Props<Row>, shown: Shown) {
  const { columns, rows, rowId, sort, onSort } = props;
  const [own, setOwn] = useState<SortingState>([]);
  const sorting = useMemo(() => (onSort ? (sort ? [sort] : []) : own), [onSort, sort, own]);
  const data = useMemo(() => (rows ?? []).map((row) => ({ row })), [rows]);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: ({ row }: Held<Row>) => column.sort?.(row) ?? null,
        enableSorting: column.sort !== undefined,
        sortFn: (a: { getValue: (id: string) => unknown }, b: { getValue: (id: string) => unknown }, id: string) =>
          compareValues(a.getValue(id), b.getValue(id)),
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: ({ row }) => rowId(row),
    manualSorting: onSort !== undefined,
    state: { columnVisibility: shown, sorting },
  });
  const setSort = (next: DataSort | null) => (onSort ? onSort(next) : setOwn(next ? [next] : []));
  return { rows: table.getRowModel().rows.map(({ original }) => original.row), sort: sorting[0] ?? null, setSort };
}

/** The end of the list: more, or how the order was made. */
function Foot<Row>({ props, sorted }: { props: Props<Row>; sorted: boolean }) {
  const t = useTranslations("ui");
  if (!props.more || !props.rows?.length) return null;
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 pt-4">
      <Button pending={props.loadingMore ?? false} onClick={props.onMore}>
        {t("loadMore")}
      </Button>
      {sorted && !props.onSort ? (
        <p className="text-muted text-sm">{t("sortedLoaded", { count: props.rows.length })}</p>
      ) : null}
    </div>
  );
}

/** Rows of anything: sorted by a click on a header, columns as the reader chose, page after page, each row to open. */
export function DataTable<Row>(props: Props<Row>) {
  const { name, label, columns, rowId, onOpen, openLabel, openId, failed = false, onRetry, empty, toolbar } = props;
  const [shown, setShown] = useColumns(name, columns);
  const { rows, sort, setSort } = useRows(props, shown);
  const visible = columns.filter((column) => shown[column.id]);
  const loading = props.rows === undefined && !failed;
  const choosable = columns.some((column) => !column.fixed);
  return (
    <div className="min-w-0">
      {toolbar || choosable ? (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{toolbar}</div>
          {choosable ? <ColumnChoice columns={columns} shown={shown} onChange={setShown} /> : null}
        </div>
      ) : null}
      {failed && !props.rows ? <LoadError what={label} onRetry={() => onRetry?.()} /> : null}
      {props.rows?.length === 0 ? empty : null}
      {rows.length > 0 || loading ? (
        <div className="max-xl:overflow-x-auto">
          <table
            aria-label={label}
            aria-busy={loading}
            className="w-full border-collapse text-base tabular-nums max-sm:block"
          >
            <DataTableHead columns={visible} sort={sort} onSort={setSort} />
            <tbody className="max-sm:block" onKeyDown={moveByArrows}>
              {loading ? <SkeletonRows columns={visible} count={props.skeletonRows ?? SKELETON_ROWS} /> : null}
              {rows.map((row) => (
                <DataTableRow
                  key={rowId(row)}
                  row={row}
                  columns={visible}
                  open={openId === rowId(row)}
                  {...(onOpen && { onOpen })}
                  {...(openLabel && { openLabel })}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <Foot props={props} sorted={sort !== null} />
    </div>
  );
}
