/** Whether the statements of an organization agree with each other, with their files and with the log of calls. */
import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import { currentCatalogue } from "@/lib/catalogue";
import { parseAmount } from "@/lib/kernel/money";
import type { Context } from "@/lib/platform/context";
import { getStatement, listLines, listStatements, statementCsv } from "@/lib/statements";
import type { StatementAnswer } from "@/lib/statements/schema";
import { ownerRows } from "../fixtures/ledger";

type Amounts = StatementAnswer["opening"];
const KINDS = ["plan", "purchased", "promotional", "adjustment", "debt", "total"] as const;

function amount(text: string): bigint {
  return parseAmount(text, currentCatalogue().catalogue.unit.scale, { signed: true });
}

const sum = (all: readonly bigint[]) => all.reduce((a, b) => a + b, 0n);

async function rowsOf(ctx: Context, month: string): Promise<Record<string, string>[]> {
  let file = "";
  for await (const part of (await statementCsv(ctx, { month })).text) file += part;
  return parse(file, { columns: true });
}

/** Both are what one month says of one kind of credit. */
function expectBalanced({ opening, movements, closing }: StatementAnswer): void {
  for (const kind of KINDS) {
    const moved = sum(movements.map(({ amounts }) => amount(amounts[kind])));
    expect(amount(opening[kind]) + moved).toBe(amount(closing[kind]));
  }
}

/** Goes through every month, the earliest first; each that is due is closed. */
export async function expectTies(ctx: Context): Promise<void> {
  const months = (await listStatements(ctx)).data.reverse();
  const unit = currentCatalogue().catalogue.unit.code.toLowerCase();
  let before: Amounts | undefined;
  for (const { month, opening, closing, transactions } of months) {
    const statement = await getStatement(ctx, { month });
    expectBalanced(statement);
    expect([statement.opening.total, statement.closing.total]).toEqual([opening, closing]);
    if (before) expect(statement.opening).toEqual(before);
    before = statement.closing;

    const rows = await rowsOf(ctx, month);
    const moved = amount(closing) - amount(opening);
    expect(rows.length).toBe(transactions);
    expect(sum(rows.map((row) => amount(row[`amount_${unit}`] ?? "")))).toBe(moved);
    const lines = await listLines(ctx, { month, most: 100_000 });
    expect(lines.data.length).toBe(lines.count);
    expect(sum(lines.data.map((line) => amount(line.amount)))).toBe(moved);
    expect(sum(lines.data.map((line) => BigInt(line.transactions)))).toBe(BigInt(transactions));

    const [logged] = await ownerRows<{ cost: string; calls: string }>(
      `SELECT coalesce(sum(cost), 0) AS cost, coalesce(sum(requests), 0) AS calls FROM ledger.usage_event
       WHERE organization_id = $1 AND posted_at >= $2 AND posted_at < $3`,
      [ctx.organizationId, statement.startsAt, statement.endsAt],
    );
    const { usage } = statement;
    expect([amount(usage.cost), BigInt(usage.calls)]).toEqual([BigInt(logged?.cost ?? 0), BigInt(logged?.calls ?? 0)]);
    for (const part of [usage.byModel, usage.byEndpoint, usage.byKey, usage.byMember]) {
      expect(sum(part.map(({ cost }) => amount(cost)))).toBe(amount(usage.cost));
    }
  }
  const due = months.filter(({ closesAt }) => new Date(closesAt) <= ctx.now);
  expect(due.filter(({ state }) => state !== "closed")).toEqual([]);
}
