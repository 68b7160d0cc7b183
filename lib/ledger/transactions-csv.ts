import { currentCatalogue } from "@/lib/catalogue";
import { amountColumn, type CsvFile, csvLines, plainCell } from "@/lib/kernel/csv";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { resourceNamed, type TransactionsCsvQuery } from "./schema";
import { transactionAnswer } from "./transaction-answer";
import { nextNumber, readTransactions, type TransactionRow } from "./transaction-store";
import { resolveQuery, type TransactionQuery } from "./transactions";

const PAGE_ROWS = 1_000;
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

/** Numbers have no gaps, so a stretch of them says how many it has. */
function countRows({ from = 1n, types, keyId, numbers }: TransactionQuery, to: bigint): bigint | undefined {
  if (types || keyId !== undefined || numbers) return undefined;
  return to > from ? to - from : 0n;
}

/**
 * Every movement as CSV (RFC 4180), the oldest first, page by page in short transactions and in constant memory; it
 * ends at what was posted when it started. Errors (before the first line): not_found.
 */
export async function transactionsCsv(ctx: Context, query: TransactionsCsvQuery): Promise<CsvFile> {
  mayRead(ctx);
  const { unit } = currentCatalogue().catalogue;
  const asked = await queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const found = await resolveQuery(client, ctx, query);
    const last = await nextNumber(client, ctx.organizationId);
    const to = found?.to !== undefined && found.to < last ? found.to : last;
    return { ...(found ?? { numbers: [] }), to };
  });
  return { text: pages(ctx, asked, unit), rows: countRows(asked, asked.to) };
}

async function* pages(ctx: Context, asked: TransactionQuery, unit: { code: string; scale: number }) {
  yield csvLines([header(unit.code)]);
  let { from } = asked;
  for (;;) {
    const filter = { ...asked, from, order: "oldest", limit: PAGE_ROWS } as const;
    const rows = await queryOrganization(ctx.db, ctx.organizationId, (client) =>
      readTransactions(client, ctx.organizationId, filter),
    );
    if (rows.length > 0) yield csvLines(rows.map((row) => cells(row, unit)));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    from = last.seq + 1n;
  }
}
