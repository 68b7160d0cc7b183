import { currentCatalogue } from "@/lib/catalogue";
import { formatAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { requireMonth } from "./load-statement";
import type { StatementLines } from "./schema";
import { countLines, readLines } from "./statement-store";

/**
 * The first `most` lines of a month: each transaction, and the calls between two of them, or of a day, as one. `count` is
 * that of all lines. Errors: not_found.
 */
export async function listLines(
  ctx: Context,
  { month, most }: { month: string; most: number },
): Promise<StatementLines> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { scale } = currentCatalogue().catalogue.unit;
  return queryOrganization(ctx.db, organizationId, async (client) => {
    const of = await requireMonth(client, ctx, month);
    const { lines } = await readLines(client, organizationId, of, most);
    return {
      count: await countLines(client, organizationId, of),
      data: lines.slice(0, most).map(({ seq, postedAt, transactions, amount, balanceAfter, ...line }) => ({
        ...line,
        id: seq.toString(),
        postedAt: postedAt.toISOString(),
        transactions: jsonCount(transactions),
        amount: formatAmount(amount, scale),
        balanceAfter: formatAmount(balanceAfter, scale),
      })),
    };
  });
}
