/** Pages of transactions, by their numbers; what is searched for is found by indexes that are there anyway. */
import type { Client } from "@/lib/platform/db";
import type { TransactionType } from "./schema";
import type { PostedRow } from "./transaction-answer";

export type TransactionRow = PostedRow & { type: TransactionType; event: PaidEvent | null };
/** The call that a transaction paid for or gave back, as far as lists show it. */
export type PaidEvent = {
  endpoint: string;
  model: string;
  tags: Record<string, string> | null;
  resource_type: string | null;
  resource_id: string | null;
};
/** `from` is included, `to` is not. */
export type TransactionFilter = {
  from?: bigint | undefined;
  to?: bigint | undefined;
  types?: readonly TransactionType[] | undefined;
  keyId?: string | undefined;
  /** Only these numbers. */
  numbers?: readonly bigint[] | undefined;
  order: "newest" | "oldest";
  limit: number;
};
type Raw = Omit<TransactionRow, "event"> &
  PaidEvent & { endpoint: string | null; eventResourceType: string | null; eventResourceId: string | null };

const COLUMNS = `t.organization_id AS "organizationId", t.seq, t.type, t.amount, t.amount_plan AS "amountPlan",
  t.balance_after AS "balanceAfter", t.posted_at AS "postedAt", t.event_id AS "eventId", t.key_id AS "keyId",
  t.description, t.resource_type AS "resourceType", t.resource_id AS "resourceId", t.reverses_seq AS "reversesSeq",
  e.endpoint, e.model, e.tags, e.resource_type AS "eventResourceType", e.resource_id AS "eventResourceId"`;

/** Deductions are nearly all rows; a list without them reads the index that has only the others. */
export const RARE = "type <> 'deduction'";

/** The log is partitioned by the very ids that transactions name, so each call is one look. */
export async function readTransactions(
  client: Client,
  organizationId: string,
  { from, to, types, keyId, numbers, order, limit }: TransactionFilter,
): Promise<TransactionRow[]> {
  const values: unknown[] = [organizationId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = ["organization_id = $1"];
  if (from !== undefined) where.push(`seq >= ${bind(from)}`);
  if (to !== undefined) where.push(`seq < ${bind(to)}`);
  if (types && !types.includes("deduction")) where.push(RARE);
  if (types) where.push(`type = ANY (${bind(types)})`);
  if (keyId !== undefined) where.push(`key_id = ${bind(keyId)}`);
  if (numbers) where.push(`seq = ANY (${bind(numbers)})`);
  const direction = order === "newest" ? "DESC" : "ASC";
  const { rows } = await client.query<Raw>(
    `SELECT ${COLUMNS} FROM (SELECT * FROM transaction WHERE ${where.join(" AND ")}
       ORDER BY seq ${direction} LIMIT ${bind(limit)}) AS t
     LEFT JOIN LATERAL (SELECT * FROM ledger.usage_event u
       WHERE u.organization_id = t.organization_id AND u.id = t.event_id) AS e ON true
     ORDER BY t.seq ${direction}`,
    values,
  );
  return rows.map(({ endpoint, model, tags, eventResourceType, eventResourceId, ...row }) => ({
    ...row,
    event:
      endpoint === null
        ? null
        : { endpoint, model, tags, resource_type: eventResourceType, resource_id: eventResourceId },
  }));
}

/** Null when the organization has none with this number. */
export function readTransaction({ tables }: Client, organizationId: string, seq: bigint) {
  return tables.transaction.findFirst({ where: { organizationId, seq } });
}

/** One past the last transaction: what is posted while a file is read is not in it. */
export async function nextNumber({ tables }: Client, organizationId: string): Promise<bigint> {
  const balance = await tables.balance.findFirst({ where: { organizationId }, select: { seq: true } });
  return (balance?.seq ?? 0n) + 1n;
}
