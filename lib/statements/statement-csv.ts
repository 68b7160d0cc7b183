import type { RowFile } from "@/lib/kernel/csv";
import { transactionsCsv } from "@/lib/ledger";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { requireMonth } from "./load-statement";
import { type MonthRow, readMonths } from "./statement-store";

/** The transactions of one month as CSV, the oldest first: they lead from its opening balance to the closing one. Errors: not_found. */
export async function statementCsv(ctx: Context, { month }: { month: string }): Promise<RowFile> {
  mayRead(ctx);
  const { organizationId, now } = ctx;
  const { startsAt, endsAt } = await queryOrganization(ctx.db, organizationId, async (client) => {
    const months = await readMonths(client, organizationId, now);
    return months[requireMonth(months, month)] as MonthRow;
  });
  return transactionsCsv(ctx, { from: startsAt, to: endsAt });
}
