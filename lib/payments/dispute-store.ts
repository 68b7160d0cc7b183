/** Rows of disputes: the provider's own state, as it was read last. */
import type { Money } from "@/lib/kernel/minor-units";
import type { Client, Database } from "@/lib/platform/db";
import type { DisputeState } from "./refund-schema";

export type Dispute = Money & {
  organizationId: string;
  /** The provider's, dp_…. */
  id: string;
  paymentId: string;
  state: DisputeState;
  reason: string;
  openedAt: Date;
  /** The database's time before its state was read at the provider. */
  changedAt: Date;
};

const COLUMNS = `organization_id AS "organizationId", id, payment_id AS "paymentId", state, amount::text, currency, reason,
  opened_at AS "openedAt", changed_at AS "changedAt"`;
type Row = Omit<Dispute, "amount"> & { amount: string };
const fromRow = (row: Row): Dispute => ({ ...row, amount: BigInt(row.amount) });

export async function disputesOf(client: Pick<Client, "query">, organizationId: string, paymentId: string) {
  const sql = `SELECT ${COLUMNS} FROM dispute WHERE organization_id = $1 AND payment_id = $2 ORDER BY opened_at DESC, id`;
  const { rows } = await client.query<Row>(sql, [organizationId, paymentId]);
  return rows.map(fromRow);
}

// What was read before the state that is kept is older than it: two that are told at once settle on the newer.
const PUT = `INSERT INTO dispute AS d (organization_id, id, payment_id, state, amount, currency, reason, opened_at, changed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (organization_id, id) DO UPDATE SET state = excluded.state, amount = excluded.amount,
    reason = excluded.reason, changed_at = excluded.changed_at
  WHERE d.changed_at <= excluded.changed_at`;

export async function putDispute(client: Client, dispute: Dispute): Promise<void> {
  const { organizationId, id, paymentId, state, amount, currency, reason, openedAt, changedAt } = dispute;
  await client.query(PUT, [organizationId, id, paymentId, state, amount, currency, reason, openedAt, changedAt]);
}

/** The database's clock, by which readings at the provider are ordered. */
export async function databaseTime(db: Database): Promise<Date> {
  const { rows } = await db.operator.query<{ at: Date }>("SELECT clock_timestamp() AS at");
  return (rows[0] as { at: Date }).at;
}

/** Disputes that are not over, the longest unread first. */
export async function readUndecided(db: Database, most: number): Promise<string[]> {
  const { rows } = await db.operator.query<{ id: string }>(
    "SELECT id FROM dispute WHERE state IN ('inquiry', 'open') ORDER BY changed_at LIMIT $1",
    [most],
  );
  return rows.map(({ id }) => id);
}
