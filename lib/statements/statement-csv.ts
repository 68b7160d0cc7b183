import type { RowFile } from "@/lib/kernel/csv";
import { transactionsCsv } from "@/lib/ledger";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { requireMonth } from "./load-statement";

/** The transactions of one month as CSV, the oldest first: they lead from its opening balance to the closing one. Errors: not_found. */
export async function statementCsv(ctx: Context, { month }: { month: string }): Promise<RowFile> {
  mayRead(ctx);
  const { startsAt, endsAt } = await queryOrganization(ctx.db, ctx.organizationId, (client) =>
    requireMonth(client, ctx, month),
  );
  return transactionsCsv(ctx, { from: startsAt, to: endsAt });
}
