import { currentCatalogue } from "@/lib/catalogue";
import { amountColumn, csvLines, plainCell, type RowFile } from "@/lib/kernel/csv";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { type EventRow, eventAnswer } from "./event-answer";
import { countRows } from "./log-count-store";
import { completeUntil, type LogPosition, readEvents } from "./log-store";
import { meterNames } from "./meter-store";
import { type Range, resolveRange } from "./range-store";
import type { EventsCsvQuery } from "./schema";

const PAGE_ROWS = 1_000;

type Totals = { events: bigint; counts: bigint[]; cost: bigint; plan: bigint; waived: bigint; unfunded: bigint };
type Log = { range: Range; names: string[]; postedUntil: Date; rows: bigint | undefined };

const AMOUNTS = new Set(["cost", "cost_plan", "cost_prepaid", "waived", "unfunded"]);

function header(names: readonly string[], unit: string): string[] {
  const meters = names.filter((name) => name !== "");
  const first = ["occurred_at", "id", "endpoint", "model", "key", "key_name"];
  const rest = ["options", "tags", "resource_type", "resource_id", "cost", "cost_plan", "cost_prepaid", "waived"];
  return [...first, ...meters, ...rest, "unit", "price_version", "transaction", "reverses", "usage", "unfunded"].map(
    (name) => (AMOUNTS.has(name) ? amountColumn(name, unit) : name),
  );
}

function cells(row: EventRow, ctx: Context, names: readonly string[], unit: { code: string; scale: number }): string[] {
  const event = eventAnswer(row, ctx.organizationId, names, unit.scale);
  const counts = names.flatMap((name) => (name === "" ? [] : String(event.quantities[name] ?? 0)));
  const json = (value: object | null) => (value === null ? "" : JSON.stringify(value));
  return [
    event.occurredAt,
    event.id,
    plainCell(event.endpoint),
    plainCell(event.model),
    event.key ?? "",
    plainCell(event.keyName),
    ...counts,
    json(event.options),
    json(event.tags),
    plainCell(row.resource_type),
    plainCell(row.resource_id),
    event.cost,
    event.funding.plan,
    event.funding.prepaid,
    event.waived,
    unit.code,
    String(event.catalogueVersion),
    event.transaction ?? "",
    event.reverses ?? "",
    event.usage,
    event.unfunded,
  ];
}

function add(totals: Totals, row: EventRow): void {
  totals.events += 1n;
  totals.cost += row.cost;
  totals.plan += row.cost_plan;
  totals.waived += row.waived;
  totals.unfunded += row.unfunded ?? 0n;
  row.quantities.forEach((count, slot) => {
    totals.counts[slot] = (totals.counts[slot] ?? 0n) + count;
  });
}

function footer(totals: Totals, names: readonly string[], unit: { code: string; scale: number }): string[] {
  const amount = (value: bigint) => formatAmount(value, unit.scale);
  const counts = names.flatMap((name, slot) => (name === "" ? [] : (totals.counts[slot] ?? 0n).toString()));
  const { cost, plan, waived, unfunded } = totals;
  const amounts = [amount(cost), amount(plan), amount(cost - plan), amount(waived)];
  return [
    "Total",
    `${totals.events} events`,
    "",
    "",
    "",
    "",
    ...counts,
    "",
    "",
    "",
    "",
    ...amounts,
    unit.code,
    "",
    "",
    "",
    "",
    amount(unfunded),
  ];
}

/**
 * The log as CSV (RFC 4180), the oldest first, page by page in short transactions and in constant memory; it ends at
 * what was posted when it started. Errors (before the first line): not_found, validation_failed.
 */
export async function eventsCsv(ctx: Context, query: EventsCsvQuery): Promise<RowFile> {
  mayRead(ctx);
  const { unit } = currentCatalogue().catalogue;
  const log = await queryOrganization(ctx.db, ctx.organizationId, async (client): Promise<Log> => {
    const range = await resolveRange(client, ctx, query);
    const postedUntil = await completeUntil(client, ctx);
    return { range, names: await meterNames(client), postedUntil, rows: await countRows(client, ctx, query, range) };
  });
  return { text: pages(ctx, query, log, unit), rows: log.rows };
}

async function* pages(ctx: Context, query: EventsCsvQuery, log: Log, unit: { code: string; scale: number }) {
  const { range, names, postedUntil } = log;
  const totals: Totals = { events: 0n, counts: [], cost: 0n, plan: 0n, waived: 0n, unfunded: 0n };
  yield csvLines([header(names, unit.code)]);
  let after: LogPosition | undefined;
  for (;;) {
    const rows = await queryOrganization(ctx.db, ctx.organizationId, (client) =>
      readEvents(client, ctx, { ...query, range, after, postedUntil, order: "oldest", limit: PAGE_ROWS }),
    );
    for (const row of rows) add(totals, row);
    if (rows.length > 0) yield csvLines(rows.map((row) => cells(row, ctx, names, unit)));
    after = rows.at(-1);
    if (rows.length < PAGE_ROWS) break;
  }
  if (query.totals) yield csvLines([footer(totals, names, unit)]);
}
