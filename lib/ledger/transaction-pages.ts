import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import type { TransactionsCsvQuery } from "./schema";
import { nextNumber, readTransactions, type TransactionRow } from "./transaction-store";
import { resolveQuery, type TransactionQuery } from "./transactions";

const PAGE_ROWS = 1_000;

/** The rows of a file, and how many they are where that is known without counting. */
export type TransactionPages = { pages: AsyncIterable<TransactionRow[]>; rows: bigint | undefined };

/** Numbers have no gaps, so a stretch of them says how many it has. */
function countRows({ from = 1n, types, keyId, numbers }: TransactionQuery, to: bigint): bigint | undefined {
  if (types || keyId !== undefined || numbers) return undefined;
  return to > from ? to - from : 0n;
}

async function* pagesOf({ db, organizationId }: Context, asked: TransactionQuery) {
  let { from } = asked;
  for (;;) {
    const filter = { ...asked, from, order: "oldest", limit: PAGE_ROWS } as const;
    const rows = await queryOrganization(db, organizationId, (client) =>
      readTransactions(client, organizationId, filter),
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    from = last.seq + 1n;
  }
}

/**
 * Every movement, the oldest first, page by page in short transactions and in constant memory; they end at what was
 * posted when they started. Errors (before the first page): not_found.
 */
export async function transactionPages(ctx: Context, query: TransactionsCsvQuery): Promise<TransactionPages> {
  mayRead(ctx);
  const asked = await queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const found = await resolveQuery(client, ctx, query);
    const last = await nextNumber(client, ctx.organizationId);
    const to = found?.to !== undefined && found.to < last ? found.to : last;
    return { ...(found ?? { numbers: [] }), to };
  });
  return { pages: pagesOf(ctx, asked), rows: countRows(asked, asked.to) };
}
