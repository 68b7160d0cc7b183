import { screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { click, focus, press, show } from "@/tests/setup/screen";
import { DataTable } from "./data-table";
import type { DataColumn } from "./data-table-column";

type Call = { id: string; model: string; tokens: bigint };
const COLUMNS: readonly DataColumn<Call>[] = [
  { id: "model", header: "Model", fixed: true, phone: "what", sort: (row) => row.model, cell: (row) => row.model },
  {
    id: "tokens",
    header: "Tokens",
    phone: "amount",
    align: "end",
    sort: (row) => row.tokens,
    cell: (row) => `${row.tokens}`,
  },
  { id: "id", header: "Reference", hidden: true, cell: (row) => row.id },
];
const ROWS: readonly Call[] = [
  { id: "evt_1", model: "b", tokens: 9n },
  { id: "evt_2", model: "a", tokens: 18_014_398_509_481_984n },
  { id: "evt_3", model: "c", tokens: 10n },
];

type Given = Partial<Parameters<typeof DataTable<Call>>[0]>;
const draw = (given: Given = {}) =>
  show(
    <DataTable
      name="calls"
      label="Calls"
      columns={COLUMNS}
      rows={ROWS}
      rowId={(row) => row.id}
      empty={<p>No calls yet.</p>}
      {...given}
    />,
  );

const headers = () => screen.getAllByRole("columnheader").map((head) => head.textContent);
const rows = () => screen.getAllByRole("row").slice(1);
const cells = (row: number) => within(rows()[row] as HTMLElement).getAllByRole("cell");
const models = () => rows().map((_, row) => cells(row)[0]?.textContent);
const sortBy = (column: string) => click(screen.getByRole("button", { name: column }));
const order = (column: string) => screen.getByRole("columnheader", { name: column }).getAttribute("aria-sort");

it("a table sorts the largest first, then the smallest, then in the given order, by value and not by text", async () => {
  await draw();
  expect(models()).toEqual(["b", "a", "c"]);
  await sortBy("Tokens");
  expect([models(), order("Tokens")]).toEqual([["a", "c", "b"], "descending"]);
  await sortBy("Tokens");
  expect([models(), order("Tokens")]).toEqual([["b", "c", "a"], "ascending"]);
  await sortBy("Tokens");
  expect([models(), order("Tokens")]).toEqual([["b", "a", "c"], null]);
});

it("a table leaves sorting to the server where it can", async () => {
  const onSort = vi.fn();
  await draw({ sort: { id: "model", desc: false }, onSort });
  expect([models(), order("Model")]).toEqual([["b", "a", "c"], "ascending"]);
  await sortBy("Tokens");
  expect(onSort).toHaveBeenCalledWith({ id: "tokens", desc: true });
});

it("a table remembers which columns are shown, and never hides the fixed ones", async () => {
  await draw();
  expect(headers()).toEqual(["Model", "Tokens"]);
  await click(screen.getByRole("button", { name: "Columns" }));
  expect((await screen.findAllByRole("menuitemcheckbox")).map((item) => item.textContent)).toEqual([
    "Tokens",
    "Reference",
  ]);
  await click(screen.getByRole("menuitemcheckbox", { name: "Reference" }));
  await click(screen.getByRole("menuitemcheckbox", { name: "Tokens" }));
  expect(headers()).toEqual(["Model", "Reference"]);
  show(<p>Another page</p>);
  await draw();
  expect(headers()).toEqual(["Model", "Reference"]);
});

it("a table opens a row by keys and by pointer, and arrows go from row to row", async () => {
  const onOpen = vi.fn();
  await draw({ onOpen, openLabel: (row) => `Open ${row.id}`, openId: "evt_2" });
  focus(screen.getByRole("button", { name: "Open evt_1" }));
  await press("ArrowDown");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Open evt_2" }));
  expect(document.activeElement?.getAttribute("aria-expanded")).toBe("true");
  await press("Enter");
  expect(onOpen.mock.calls).toEqual([[ROWS[1]]]);
  await press("ArrowUp");
  await press("ArrowUp");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Open evt_1" }));
  await click(cells(2)[1] as HTMLElement);
  expect(onOpen.mock.calls).toEqual([[ROWS[1]], [ROWS[2]]]);
});

it("a table loads more, and says that the order is of the loaded rows", async () => {
  const onMore = vi.fn();
  await draw({ more: true, onMore });
  await click(screen.getByRole("button", { name: "Load more" }));
  expect(onMore).toHaveBeenCalledTimes(1);
  expect(document.body.textContent).not.toContain("Sorted within");
  await sortBy("Model");
  expect(document.body.textContent).toContain("Sorted within the 3 rows loaded so far.");
  await draw({ more: true, loadingMore: true, onMore });
  await click(screen.getByRole("button", { name: "Load more" }));
  expect(onMore).toHaveBeenCalledTimes(1);
});

it("a table is loading, empty or failed", async () => {
  await draw({ rows: undefined, skeletonRows: 4 });
  expect(screen.getByRole("table", { name: "Calls" }).getAttribute("aria-busy")).toBe("true");
  expect(rows()).toHaveLength(4);
  await draw({ rows: [] });
  expect(document.body.textContent).toContain("No calls yet.");
  expect(screen.queryByRole("table")).toBeNull();
  const onRetry = vi.fn();
  await draw({ rows: undefined, failed: true, onRetry });
  expect(screen.getByRole("alert").textContent).toContain("Calls could not be loaded. Nothing was charged or changed.");
  await click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledTimes(1);
});

it("a table on a phone shows what and how much above, and leaves out columns without a place", async () => {
  await draw({ columns: COLUMNS.map((column) => ({ ...column, hidden: false })) });
  const [what, amount, reference] = cells(0).map((cell) => cell.className);
  expect(what).toContain("max-sm:col-start-1 max-sm:row-start-1");
  expect(amount).toContain("max-sm:col-start-2 max-sm:row-start-1");
  expect(reference).toContain("max-sm:hidden");
});
