import { currentCatalogue } from "@/lib/catalogue";
import { amountColumn, csvLines, plainCell, type RowFile } from "@/lib/kernel/csv";
import type { Context } from "@/lib/platform/context";
import { resourceNamed, type TransactionsCsvQuery } from "./schema";
import { transactionAnswer } from "./transaction-answer";
import { type TransactionPages, transactionPages } from "./transaction-pages";
import type { TransactionRow } from "./transaction-store";

const AMOUNTS = ["amount", "plan", "prepaid", "balance_after"];

/** What the catalogue calls the resources of its transactions: columns of their own. */
const resources = () => currentCatalogue().catalogue.routes.billingCredits?.resource ?? [];

function header(unit: string): string[] {
  const amounts = AMOUNTS.map((name) => amountColumn(name, unit));
  const call = ["endpoint", "model", "key", "event", "resource_type", "resource_id"];
  return ["posted_at", "id", "type", ...amounts, "unit", "description", ...call, "reverses", ...resources()];
}

function cells(row: TransactionRow, unit: { code: string; scale: number }): string[] {
  const shown = transactionAnswer(row, row.event ?? undefined, unit.scale);
  const amounts = [shown.amount, shown.funding.plan, shown.funding.prepaid, shown.balanceAfter];
  const call = [plainCell(shown.usage?.endpoint ?? null), plainCell(shown.usage?.model ?? null)];
  const resource = [plainCell(shown.resource?.type ?? null), plainCell(shown.resource?.id ?? null)];
  const ids = [shown.key ?? "", shown.event ?? ""];
  const what = [unit.code, plainCell(shown.description)];
  return [
    shown.postedAt,
    shown.id,
    shown.type,
    ...amounts,
    ...what,
    ...call,
    ...ids,
    ...resource,
    shown.reverses ?? "",
    ...resources().map((name) => plainCell(resourceNamed(shown, name))),
  ];
}

/** Every movement as CSV (RFC 4180), the oldest first, in constant memory. Errors (before the first line): not_found. */
export async function transactionsCsv(ctx: Context, query: TransactionsCsvQuery): Promise<RowFile> {
  const { unit } = currentCatalogue().catalogue;
  const { pages, rows } = await transactionPages(ctx, query);
  return { text: lines(pages, unit), rows };
}

async function* lines(pages: TransactionPages["pages"], unit: { code: string; scale: number }) {
  yield csvLines([header(unit.code)]);
  for await (const page of pages) yield csvLines(page.map((row) => cells(row, unit)));
}
