/** Rows of refunds: the customer's requests, the operator's refunds, and those that were made at the provider. */
import type { Client, Database } from "@/lib/platform/db";
import type { PlanChoice, RefundState } from "./refund-schema";

export type Refund = {
  organizationId: string;
  id: string;
  paymentId: string;
  state: RefundState;
  /** In minor units; null while it is only requested. */
  amount: bigint | null;
  reason: string;
  note: string | null;
  /** The provider's id, re_…; null until the provider has responded. */
  refund: string | null;
  requestedBy: string | null;
  createdAt: Date;
  settledAt: Date | null;
  /** The step for the plan that the payment paid for; null if it did not pay for a running plan. */
  planChoice: PlanChoice | null;
};

const COLUMNS = `r.organization_id AS "organizationId", r.id, r.payment_id AS "paymentId", r.state, r.amount::text, r.reason,
  r.note, r.refund, r.requested_by AS "requestedBy", r.created_at AS "createdAt", r.settled_at AS "settledAt",
  r.plan_choice AS "planChoice"`;
type Row = Omit<Refund, "amount"> & { amount: string | null };
const fromRow = (row: Row): Refund => ({ ...row, amount: row.amount === null ? null : BigInt(row.amount) });

/** The latest first. */
export async function refundsOf(client: Pick<Client, "query">, organizationId: string, paymentId: string) {
  const sql = `SELECT ${COLUMNS} FROM payment_refund r WHERE r.organization_id = $1 AND r.payment_id = $2
    ORDER BY r.created_at DESC, r.id DESC`;
  const { rows } = await client.query<Row>(sql, [organizationId, paymentId]);
  return rows.map(fromRow);
}

/** Undefined if the organization has no refund with this UUID. */
export async function readRefund(client: Client, organizationId: string, id: string): Promise<Refund | undefined> {
  const sql = `SELECT ${COLUMNS} FROM payment_refund r WHERE r.organization_id = $1 AND r.id = $2`;
  const { rows } = await client.query<Row>(sql, [organizationId, id]);
  return rows[0] && fromRow(rows[0]);
}

const INSERT = `INSERT INTO payment_refund (organization_id, id, payment_id, state, amount, reason, note, refund, requested_by,
    created_at, settled_at, plan_choice)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

export async function insertRefund(client: Client, row: Refund): Promise<void> {
  await client.query(INSERT, [
    ...[row.organizationId, row.id, row.paymentId, row.state, row.amount, row.reason, row.note, row.refund],
    ...[row.requestedBy, row.createdAt, row.settledAt, row.planChoice],
  ]);
}

type Change = Pick<Refund, "state" | "amount" | "note" | "refund" | "settledAt">;
type Reserve = Change & Pick<Refund, "planChoice">;

export async function updateRefund(client: Client, { organizationId, id }: Refund, change: Change): Promise<void> {
  await client.query(
    `UPDATE payment_refund SET state = $3, amount = $4, note = $5, refund = $6, settled_at = $7
     WHERE organization_id = $1 AND id = $2`,
    [organizationId, id, change.state, change.amount, change.note, change.refund, change.settledAt],
  );
}

/** A request becomes a refund. The age of the provider's request, and its idempotency key, are counted from now. */
export async function reserveRequest(client: Client, row: Refund, now: Date, change: Reserve): Promise<Refund> {
  const { organizationId, id } = row;
  await updateRefund(client, row, change);
  const sql = "UPDATE payment_refund SET created_at = $3, plan_choice = $4 WHERE organization_id = $1 AND id = $2";
  await client.query(sql, [organizationId, id, now, change.planChoice]);
  return { ...row, ...change, createdAt: now };
}

/** The operator's list over all organizations, the latest first. */
export async function readRefunds(
  db: Database,
  { states, organizationId, most }: { states: readonly RefundState[]; organizationId: string | null; most: number },
): Promise<(Refund & { currency: string; organization: string })[]> {
  const { rows } = await db.operator.query<Row & { currency: string; organization: string }>(
    `SELECT ${COLUMNS}, p.currency, o.name AS organization FROM payment_refund r
     JOIN payment p ON p.organization_id = r.organization_id AND p.id = r.payment_id
     JOIN organization o ON o.id = r.organization_id
     WHERE r.state = ANY ($1) AND ($2::uuid IS NULL OR r.organization_id = $2)
     ORDER BY r.created_at DESC, r.id DESC LIMIT $3`,
    [states, organizationId, most],
  );
  return rows.map((row) => ({ ...row, ...fromRow(row) }));
}

/** Refunds that are pending since before `until`. `known`: the provider has reported its id for them. */
export async function readPending(
  db: Database,
  { known, until, most }: { known: boolean; until: Date; most: number },
): Promise<Refund[]> {
  const { rows } = await db.operator.query<Row>(
    `SELECT ${COLUMNS} FROM payment_refund r WHERE r.state = 'pending' AND (r.refund IS NOT NULL) = $1 AND r.created_at <= $2
     ORDER BY r.created_at LIMIT $3`,
    [known, until, most],
  );
  return rows.map(fromRow);
}

/** Who requests a refund: the organization's name and the user's address. */
export async function readRequester(client: Pick<Client, "query">, organizationId: string, userId: string | null) {
  const { rows } = await client.query<{ organization: string; requester: string | null }>(
    `SELECT o.name AS organization, (SELECT email FROM "user" WHERE id = $2) AS requester FROM organization o WHERE o.id = $1`,
    [organizationId, userId],
  );
  return rows[0] ?? { organization: "", requester: null };
}
