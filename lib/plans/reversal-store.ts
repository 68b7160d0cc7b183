/** Reversals (refunds and disputes) of a plan's payments, and the steps of the plan that are still due. */
import type { PlanChoice } from "@/lib/payments/schema";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { type Client, queryOrganization } from "@/lib/platform/db";

export type PlanReversals = {
  /** The choices of pending and made refunds that the plan has not applied yet. */
  choices: PlanChoice[];
  /** The bank has decided to return the whole payment of the current period. */
  lostWhole: boolean;
  /** Automatic charges are stopped. */
  suspended: boolean;
  timeZone: string;
};

// A plan's payment pays for the cycles from its first one on. A choice is applied once the provider has the refund.
const OPEN_CHOICES = `SELECT r.plan_choice FROM payment_refund r
  WHERE r.organization_id = o.id AND r.plan_choice IN ('end_now', 'end_at_period_end') AND r.plan_applied_at IS NULL
    AND r.refund IS NOT NULL AND r.state IN ('pending', 'succeeded')`;
const LOST_WHOLE = `SELECT 1 FROM subscription s JOIN payment p ON p.organization_id = s.organization_id
  WHERE s.organization_id = o.id AND s.status = 'active' AND s.provider_id IS NOT NULL AND p.purpose = 'plan'
    AND p.state = 'succeeded' AND p.amount > 0 AND p.first_cycle >= s.anchor_cycle AND p.first_cycle <= s.cycle
    AND p.first_cycle + p.cycles > s.cycle
    AND EXISTS (SELECT 1 FROM dispute d WHERE d.organization_id = o.id AND d.payment_id = p.id AND d.state = 'lost')
    AND p.amount <= (SELECT coalesce(sum(d.amount), 0) FROM dispute d WHERE d.organization_id = o.id
        AND d.payment_id = p.id AND d.state = 'lost')
      + (SELECT coalesce(sum(r.amount), 0) FROM payment_refund r WHERE r.organization_id = o.id
        AND r.payment_id = p.id AND r.state IN ('pending', 'succeeded'))`;
const RENEWS = `SELECT 1 FROM subscription s WHERE s.organization_id = o.id AND s.status = 'active'
  AND s.provider_id IS NOT NULL AND s.ends_at IS NULL`;

/** Undefined if the organization is deleted. */
export async function readReversals({ db, organizationId }: Context): Promise<PlanReversals | undefined> {
  const sql = `SELECT o.time_zone AS "timeZone", ARRAY(${OPEN_CHOICES}) AS choices, EXISTS (${LOST_WHOLE}) AS "lostWhole",
      ledger.charges_suspended(o.id) AS suspended
    FROM organization o WHERE o.id = $1 AND o.deleted_at IS NULL`;
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<PlanReversals>(sql, [organizationId]),
  );
  return rows[0];
}

export type ReversedPlan = { plan: string; at: Date; reason: "refund" | "dispute" };

/** The last paid plan, if a refund or a lost dispute of its payment ended it before its period's end. */
export async function readReversedPlan({ db, organizationId }: Context): Promise<ReversedPlan | undefined> {
  const sql = `SELECT p.plan, e.at, e.reason
    FROM (SELECT * FROM payment p WHERE p.organization_id = $1 AND p.purpose = 'plan' AND p.state = 'succeeded'
      ORDER BY p.settled_at DESC LIMIT 1) AS p
    CROSS JOIN LATERAL (
      SELECT r.plan_applied_at AS at, 'refund' AS reason FROM payment_refund r
        WHERE r.organization_id = $1 AND r.payment_id = p.id AND r.plan_choice = 'end_now' AND r.plan_applied_at IS NOT NULL
      UNION ALL
      SELECT max(d.changed_at), 'dispute' FROM dispute d
        WHERE d.organization_id = $1 AND d.payment_id = p.id AND d.state = 'lost' HAVING sum(d.amount) >= p.amount
      ORDER BY at DESC LIMIT 1) AS e`;
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<ReversedPlan>(sql, [organizationId]),
  );
  return rows[0];
}

/** Marks the choices of all refunds that the provider has as applied. Returns how many. */
export async function markChoicesApplied(client: Client, { organizationId, now }: Context): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE payment_refund SET plan_applied_at = $2 WHERE organization_id = $1 AND plan_choice <> 'keep'
       AND plan_applied_at IS NULL AND refund IS NOT NULL AND state IN ('pending', 'succeeded')`,
    [organizationId, now],
  );
  return rowCount ?? 0;
}

/** Organizations whose plan has not applied a reversal yet. */
export async function readUnfollowedReversals({ db }: InstallationContext): Promise<{ organizationId: string }[]> {
  const { rows } = await db.operator.query<{ organizationId: string }>(
    `SELECT o.id AS "organizationId" FROM organization o WHERE o.deleted_at IS NULL AND o.id IN (
         SELECT organization_id FROM dispute WHERE suspended_at IS NOT NULL
         UNION SELECT organization_id FROM payment_refund WHERE plan_choice <> 'keep' AND plan_applied_at IS NULL)
       AND (EXISTS (${OPEN_CHOICES}) OR EXISTS (${LOST_WHOLE})
         OR (ledger.charges_suspended(o.id) AND EXISTS (${RENEWS})))
     LIMIT 500`,
  );
  return rows;
}
