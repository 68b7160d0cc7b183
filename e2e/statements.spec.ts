/** Statements: a month is chosen, read and taken as a file. */
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { cells, decimal, sum } from "./figures";
import { expect, test } from "./fixtures";

type Months = { data: { month: string; opening: string; closing: string; transactions: number }[] };

test("a statement is chosen by its month, viewed, and downloaded as PDF and CSV", async ({ demo, read, facts }) => {
  const { data } = await read<Months>("/v1/statements", facts.customerKey);
  const last = data[1] ?? data[0];
  await demo.goto("/billing");
  await demo.getByRole("link", { name: "Statements", exact: true }).click();
  await expect(demo).toHaveURL(/\/billing\/statements$/);
  const page = demo.getByRole("region", { name: "Statements" });
  await page.getByRole("combobox", { name: "Month" }).selectOption(last?.month ?? "");
  const summary = page.getByRole("table", { name: "From the beginning balance to the ending balance" });
  await expect(summary.getByRole("row").filter({ hasText: "Ending balance" })).toBeVisible();
  const totals = (await cells(summary)).map((row) => [row[0], decimal(row.at(-1) ?? "")]);
  expect([totals[0], totals.at(-1)]).toEqual([
    ["Beginning balance", last?.opening],
    ["Ending balance", last?.closing],
  ]);
  expect(sum(totals.slice(0, -1).map(([, amount]) => amount ?? ""))).toBe(last?.closing);
  await expect(page.getByRole("table", { name: "Usage by model" })).toBeVisible();

  const files = { pdf: "Download PDF", csv: "Download CSV" };
  const download = async (name: string) => {
    const started = demo.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const file = await started;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const pdf = await download(files.pdf);
  expect(pdf.name).toBe(`statement-${last?.month}.pdf`);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
  const csv = await download(files.csv);
  const rows = parse(csv.bytes, { columns: true, bom: true }) as Record<string, string>[];
  expect(rows.length).toBe(last?.transactions);
  expect(sum([last?.opening ?? "", ...rows.map((one) => one.amount_usd ?? "")])).toBe(last?.closing);
});
