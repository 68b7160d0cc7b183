/** Months with their bounds and balances, and their numbers: stored where the month is closed, computed where not. */
import type { TransactionType } from "@/lib/ledger/schema";
import type { InstallationContext } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";

/** `to_seq` is one past the month's last transaction. */
export type MonthRow = {
  month: string;
  timeZone: string;
  startsAt: Date;
  endsAt: Date;
  fromSeq: bigint;
  toSeq: bigint;
  opening: bigint;
  closing: bigint;
  closedAt: Date | null;
  hash: string | null;
};

const MONTHS = `
  SELECT to_char(m.month, 'YYYY-MM') AS month, m.time_zone AS "timeZone", m.starts_at AS "startsAt",
    m.ends_at AS "endsAt", m.from_seq AS "fromSeq", m.to_seq AS "toSeq", m.opening, m.closing,
    m.closed_at AS "closedAt", encode(m.hash, 'hex') AS hash
  FROM ledger.statement_months($1, $2) AS m ORDER BY m.month`;

/** The organization's months, from its first one to the running one; none if there is no such organization. */
export async function readMonths(client: Client, organizationId: string, now: Date): Promise<MonthRow[]> {
  return (await client.query<MonthRow>(MONTHS, [organizationId, now])).rows;
}

export async function readStoredNumbers({ tables }: Client, organizationId: string, month: string): Promise<unknown> {
  const row = await tables.statement.findFirst({
    where: { organizationId, month: new Date(`${month}-01T00:00:00Z`) },
    select: { numbers: true },
  });
  return row?.numbers;
}

/** `opening` is the month before, as it was stored or computed; null for the first month. */
export async function computeNumbers(
  client: Client,
  organizationId: string,
  { fromSeq, toSeq, startsAt, endsAt }: MonthRow,
  opening: unknown,
): Promise<unknown> {
  const { rows } = await client.query<{ numbers: unknown }>(
    "SELECT ledger.statement_numbers($1, $2, $3, $4, $5, $6) AS numbers",
    [organizationId, fromSeq, toSeq, startsAt, endsAt, opening === null ? null : JSON.stringify(opening)],
  );
  return rows[0]?.numbers;
}

export type LineRow = {
  seq: bigint;
  type: TransactionType;
  postedAt: Date;
  transactions: bigint;
  amount: bigint;
  balanceAfter: bigint;
  description: string | null;
};
/** `fromSeq` to before `toSeq`. */
export type Stretch = Pick<MonthRow, "fromSeq" | "toSeq" | "timeZone">;

export async function countLines(client: Client, organizationId: string, of: Stretch): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "SELECT count(*)::integer AS count FROM ledger.statement_lines($1, $2, $3, $4)",
    [organizationId, of.fromSeq, of.toSeq, of.timeZone],
  );
  return rows[0]?.count ?? 0;
}

/** Where the next page of lines ends: before the transaction that starts the one after it. */
const PAGE_END = `
  SELECT seq FROM transaction WHERE organization_id = $1 AND seq > $2 AND seq < $3 AND type <> 'deduction'
  ORDER BY seq OFFSET $4 LIMIT 1`;
const LINES = `
  SELECT l.seq, l.type, l.posted_at AS "postedAt", l.transactions, l.amount, l.balance_after AS "balanceAfter",
    l.description
  FROM ledger.statement_lines($1, $2, $3, $4) AS l ORDER BY l.seq`;

/** The next lines, and where to go on; a page begins with a transaction of its own or with the month. */
export async function readLines(client: Client, organizationId: string, of: Stretch, most: number) {
  const end = await client.query<{ seq: bigint }>(PAGE_END, [organizationId, of.fromSeq, of.toSeq, most]);
  const next = end.rows[0]?.seq ?? of.toSeq;
  const { rows } = await client.query<LineRow>(LINES, [organizationId, of.fromSeq, next, of.timeZone]);
  return { lines: rows, next };
}

const NAMES = `
  SELECT k.id, k.name FROM api_key k WHERE k.organization_id = $1 AND k.id = ANY ($2::uuid[])
  UNION ALL
  SELECT w.id, coalesce(w.name, w.email)
  FROM member m JOIN "user" w ON w.id = m.user_id
  WHERE m.organization_id = $1 AND w.id = ANY ($2::uuid[])`;

/** The present names of keys and members, by id; a member who left has none. */
export async function readNames(client: Client, organizationId: string, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; name: string }>(NAMES, [organizationId, ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Organizations with a month to close. */
export async function readDue({ db, now }: InstallationContext, most: number): Promise<string[]> {
  const { rows } = await db.operator.query<{ id: string }>("SELECT ledger.due_statements($1, $2) AS id", [now, most]);
  return rows.map(({ id }) => id);
}

/** Closes the first month that is due. Returns whether there was one. */
export async function closeNext({ db, now }: InstallationContext, organizationId: string): Promise<boolean> {
  const { rows } = await db.operator.query<{ closed: boolean }>(
    "SELECT ledger.close_statement($1, $2) IS NOT NULL AS closed",
    [organizationId, now],
  );
  return rows[0]?.closed ?? false;
}

export async function readOrganizationName({ tables }: Client, organizationId: string): Promise<string> {
  const row = await tables.organization.findFirst({ where: { id: organizationId }, select: { name: true } });
  return row?.name ?? "";
}
