import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { parsePublicId } from "@/lib/kernel/ids";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type Client, queryOrganization } from "@/lib/platform/db";
import { firstSince } from "./posted-store";
import type { TransactionList, TransactionsCsvQuery, TransactionsQuery } from "./schema";
import { findOfResource, findTransactions, type SearchRange } from "./search-store";
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
  if (query.search === undefined && query.resource === undefined) return asked;
  const end = query.to ?? now;
  const range = { from: query.from ?? new Date(end.getTime() - RESOURCE_DAYS * DAY_MS), to: end };
  const found = query.search === undefined ? undefined : await search(client, organizationId, query.search, range);
  if (query.resource === undefined) return { ...asked, numbers: found };
  const at = query.resource.indexOf(":");
  const resource = { type: query.resource.slice(0, at), id: query.resource.slice(at + 1) };
  const numbers = await findOfResource(client, organizationId, resource, range);
  return { ...asked, numbers: found ? numbers.filter((number) => found.includes(number)) : numbers };
}

/** An id, a key or a resource, and what the catalogue calls a resource of its transactions. */
async function search(client: Client, organizationId: string, text: string, range: SearchRange): Promise<bigint[]> {
  const found = await findTransactions(client, organizationId, text, range);
  if (found.length > 0) return found;
  const all = currentCatalogue().catalogue.routes.billingCredits?.resource ?? [];
  for (const type of all) found.push(...(await findOfResource(client, organizationId, { type, id: text }, range)));
  return found;
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
