import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { parsePublicId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { type PrismaTransaction, withOrganization } from "@/lib/platform/db";
import { mayRead } from "./may-read";
import type { TransactionList, TransactionsQuery } from "./schema";
import { eventsOf, transactionAnswer } from "./transaction-answer";

const cursorParts = z.tuple([z.string().regex(/^[1-9][0-9]{0,18}$/)]);

/**
 * The first transaction at or after an instant. Numbers have no gaps and posting times never fall, so 63 looks at the
 * primary key find it; an index on the time would cost every call.
 */
async function firstSince(tx: PrismaTransaction, organizationId: string, at: Date): Promise<bigint> {
  const rows = await tx.$queryRaw<{ found: bigint }[]>`
    WITH RECURSIVE step (low, high) AS (
      SELECT 1::bigint, (SELECT seq + 1 FROM balance WHERE organization_id = ${organizationId}::uuid)
      UNION ALL
      SELECT CASE WHEN t.posted_at < ${at} THEN middle + 1 ELSE low END,
        CASE WHEN t.posted_at < ${at} THEN high ELSE middle END
      FROM step, LATERAL (SELECT (low + high) / 2 AS middle) AS m,
        LATERAL (SELECT posted_at FROM transaction WHERE organization_id = ${organizationId}::uuid AND seq = middle) AS t
      WHERE low < high
    ) SELECT low AS found FROM step WHERE low = high`;
  return rows[0]?.found ?? 1n;
}

/** The latest first. Errors: not_found, validation_failed (a cursor or key that is none). */
export async function listTransactions(ctx: Context, query: TransactionsQuery): Promise<TransactionList> {
  mayRead(ctx);
  const { catalogue } = currentCatalogue();
  const { organizationId } = ctx;
  const before = query.cursor ? BigInt(decodeCursor(query.cursor, cursorParts)[0]) : undefined;
  const key = query.key === undefined ? undefined : parsePublicId(query.key, "key");
  // A key that does not exist, or is another organization's, has no transactions here.
  if (query.key !== undefined && key?.organizationId !== organizationId) return { data: [], nextCursor: null };
  const { rows, events } = await withOrganization(ctx.db, organizationId, async (tx) => {
    const from = query.from && (await firstSince(tx, organizationId, query.from));
    const to = query.to && (await firstSince(tx, organizationId, query.to));
    const end = to === undefined ? before : before === undefined || to < before ? to : before;
    const rows = await tx.transaction.findMany({
      where: {
        organizationId,
        seq: { ...(from !== undefined && { gte: from }), ...(end !== undefined && { lt: end }) },
        ...(query.type && { type: { in: query.type } }),
        ...(key && { keyId: key.id }),
      },
      orderBy: { seq: "desc" },
      take: query.limit + 1,
    });
    return { rows, events: await eventsOf(tx, organizationId, rows) };
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => transactionAnswer(row, events.get(row.eventId ?? ""), catalogue.unit.scale)),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.seq.toString()]) : null,
  };
}
