/** Rows of disputes: the provider's state at the last read, and whether they stop automatic charges. */
import type { Money } from "@/lib/kernel/minor-units";
import type { OrganizationDb, OrganizationTime } from "@/lib/platform/context";
import { type Client, type Database, queryInstallation, queryOrganization } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import type { ChargeSuspension, DisputeState } from "../refunds/refund-schema";

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
/** The row: also since when the dispute has stopped automatic charges. */
export type KeptDispute = Dispute & { suspendedAt: Date | null };

const COLUMNS = `organization_id AS "organizationId", id, payment_id AS "paymentId", state, amount, currency, reason,
  opened_at AS "openedAt", changed_at AS "changedAt", suspended_at AS "suspendedAt"`;

export async function disputesOf({ tables }: Client, organizationId: string, paymentId: string) {
  const rows = await tables.dispute.findMany({
    where: { organizationId, paymentId },
    omit: { liftedAt: true, liftedBy: true },
    orderBy: [{ openedAt: "desc" }, { id: "asc" }],
  });
  return rows as KeptDispute[];
}

// An older read never replaces a newer one, so two events at the same time end with the newer state.
const PUT = `INSERT INTO dispute AS d (organization_id, id, payment_id, state, amount, currency, reason, opened_at, changed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (organization_id, id) DO UPDATE SET state = excluded.state, amount = excluded.amount,
    reason = excluded.reason, changed_at = excluded.changed_at
  WHERE d.changed_at <= excluded.changed_at`;

export async function putDispute(client: Client, dispute: Dispute): Promise<void> {
  const { organizationId, id, paymentId, state, amount, currency, reason, openedAt, changedAt } = dispute;
  await client.query(PUT, [organizationId, id, paymentId, state, amount, currency, reason, openedAt, changedAt]);
}

/** Returns whether this stopped charges. Errors: not_found. */
export async function suspendCharges(
  client: Client,
  { organizationId, now }: OrganizationTime,
  dispute: string,
  again: boolean,
): Promise<boolean> {
  const sql = "SELECT ledger.suspend_charges($1, $2, $3, $4) AS news";
  const { rows } = await mapRaised(client.query<{ news: boolean }>(sql, [organizationId, now, dispute, again]));
  return rows[0]?.news === true;
}

/** Returns how many disputes had stopped automatic charges. Errors: not_found. */
export async function liftSuspension(
  client: Client,
  { organizationId, now }: OrganizationTime,
  by: string,
): Promise<number> {
  const sql = "SELECT ledger.resume_charges($1, $2, $3) AS count";
  const { rows } = await mapRaised(client.query<{ count: number }>(sql, [organizationId, now, by]));
  return rows[0]?.count ?? 0;
}

/** Null if no dispute stops automatic charges. */
export async function readSuspension({ db, organizationId }: OrganizationDb) {
  const sql = `SELECT min(d.suspended_at) AS since, array_agg(DISTINCT p.description) AS payments
    FROM dispute d JOIN payment p ON p.organization_id = d.organization_id AND p.id = d.payment_id
    WHERE d.organization_id = $1 AND d.suspended_at IS NOT NULL AND d.lifted_at IS NULL HAVING count(*) > 0`;
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<{ since: Date; payments: string[] }>(sql, [organizationId]),
  );
  const [row] = rows;
  return row ? ({ ...row, since: row.since.toISOString() } satisfies ChargeSuspension) : null;
}

type Listed = KeptDispute & { organization: string; suspendedSince: Date | null };

/** The operator's list over all organizations, the latest first. */
export async function readDisputes(
  db: Database,
  { states, organizationId, most }: { states: readonly DisputeState[]; organizationId: string | null; most: number },
): Promise<Listed[]> {
  const { rows } = await db.operator.query<Listed>(
    `SELECT d.*, o.name AS organization FROM (SELECT ${COLUMNS}, CASE WHEN lifted_at IS NULL THEN suspended_at END AS "suspendedSince"
       FROM dispute WHERE state = ANY ($1) AND ($2::uuid IS NULL OR organization_id = $2)) AS d
     JOIN organization o ON o.id = d."organizationId" ORDER BY d."openedAt" DESC, d.id LIMIT $3`,
    [states, organizationId, most],
  );
  return rows;
}

/** Disputes without a final decision, the longest unread first. */
export async function readUndecided(db: Database, most: number): Promise<string[]> {
  const rows = await queryInstallation(db, ({ tables }) =>
    tables.dispute.findMany({
      where: { state: { in: ["inquiry", "open"] } },
      orderBy: { changedAt: "asc" },
      take: most,
      select: { id: true },
    }),
  );
  return rows.map(({ id }) => id);
}
