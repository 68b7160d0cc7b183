import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { parsePublicId } from "@/lib/kernel/ids";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type Client, queryOrganization } from "@/lib/platform/db";
import { firstSince } from "./posted-store";
import type { TransactionList, TransactionsCsvQuery, TransactionsQuery } from "./schema";
import { findTransactions } from "./search-store";
import { transactionAnswer } from "./transaction-answer";
import { readTransactions, type TransactionFilter } from "./transaction-store";

const cursorParts = z.tuple([z.string().regex(/^[1-9][0-9]{0,18}$/)]);
const RESOURCE_DAYS = 90;
const DAY_MS = 86_400_000;

export type TransactionQuery = Omit<TransactionFilter, "order" | "limit">;

/** What was asked as numbers; undefined when nothing can be found. */
export async function resolveQuery(
  client: Client,
  { organizationId, now }: Context,
  query: TransactionsCsvQuery,
): Promise<TransactionQuery | undefined> {
  const key = query.key === undefined ? undefined : parsePublicId(query.key, "key");
  // A key that does not exist, or is another organization's, has no transactions here.
  if (query.key !== undefined && key?.organizationId !== organizationId) return undefined;
  const from = query.from && (await firstSince(client, organizationId, [query.from]))[0];
  const to = query.to && (await firstSince(client, organizationId, [query.to]))[0];
  const asked: TransactionQuery = { from, to, types: query.type, keyId: key?.id };
  if (query.search === undefined) return asked;
  const end = query.to ?? now;
  const range = { from: query.from ?? new Date(end.getTime() - RESOURCE_DAYS * DAY_MS), to: end };
  return { ...asked, numbers: await findTransactions(client, organizationId, query.search, range) };
}

/** The latest first. Errors: not_found, validation_failed (a cursor that is none). */
export async function listTransactions(ctx: Context, query: TransactionsQuery): Promise<TransactionList> {
  mayRead(ctx);
  const { scale } = currentCatalogue().catalogue.unit;
  const { organizationId } = ctx;
  const before = query.cursor ? BigInt(decodeCursor(query.cursor, cursorParts)[0]) : undefined;
  const rows = await queryOrganization(ctx.db, organizationId, async (client) => {
    const asked = await resolveQuery(client, ctx, query);
    if (!asked) return [];
    const to = before !== undefined && (asked.to === undefined || before < asked.to) ? before : asked.to;
    return readTransactions(client, organizationId, { ...asked, to, order: "newest", limit: query.limit + 1 });
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => transactionAnswer(row, row.event ?? undefined, scale)),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.seq.toString()]) : null,
  };
}
