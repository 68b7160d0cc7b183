/**
 * A payment with its refunds, disputes and clawback. All reads come after the lock on the balance row, and the clawback
 * moves under it, so two refunds never use the same credit.
 */
import { TollgateError } from "@/lib/kernel/errors";
import type { OrganizationTime } from "@/lib/platform/context";
import type { Client, Database } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import type { PaymentState } from "../schema";

/** Money in minor units of the currency; `credit`, `clawed` and `free` in minor units of the ledger's unit. */
export type RefundablePayment = {
  id: string;
  state: PaymentState;
  amount: bigint;
  currency: string;
  /** Its credit so far: of a year's plan, the cycles that have started. */
  credit: bigint;
  clawed: bigint;
  intent: string | null;
  description: string;
  card: string | null;
  createdAt: Date;
  /** Refunds that were made or are on their way. */
  refunded: bigint;
  /** Disputes that are open or lost. */
  disputed: bigint;
  /** The rest of its own credit, minus open holds. */
  free: bigint;
  /** Whether it paid for a plan that is running and renewed by the provider. */
  planRuns: boolean;
};

/** Whether the organization is still there: the balance of a deleted one moves no more. Errors: overloaded. */
export async function lockBalance(client: Client, { organizationId, now }: OrganizationTime): Promise<boolean> {
  const { rowCount } = await client.query("SELECT 1 FROM organization WHERE id = $1 AND deleted_at IS NULL", [
    organizationId,
  ]);
  if (rowCount === 0) return false;
  await mapRaised(client.query("SELECT ledger.lock_balance($1, $2)", [organizationId, now]));
  return true;
}

const REFUNDABLE_PAYMENT = `SELECT p.id, p.state, p.amount, p.currency, p.clawed, p.intent, p.description,
    p.card, p.created_at AS "createdAt",
    (SELECT coalesce(sum(r.amount), 0)::bigint FROM payment_refund r WHERE r.organization_id = p.organization_id
      AND r.payment_id = p.id AND r.state IN ('pending', 'succeeded')) AS refunded,
    (SELECT coalesce(sum(d.amount), 0)::bigint FROM dispute d WHERE d.organization_id = p.organization_id
      AND d.payment_id = p.id AND d.state IN ('open', 'lost')) AS disputed,
    least(p.credit, g.granted)::bigint AS credit, g.free::bigint,
    p.purpose = 'plan' AND EXISTS (SELECT 1 FROM subscription s WHERE s.organization_id = p.organization_id
      AND s.status = 'active' AND s.provider_id IS NOT NULL AND p.first_cycle >= s.anchor_cycle) AS "planRuns"
  FROM payment p CROSS JOIN LATERAL (
    SELECT coalesce(sum(own.amount) FILTER (WHERE own.source <> 'reinstated'), 0) AS granted,
      coalesce(sum(own.remaining - own.held)
        FILTER (WHERE own.live AND (own.expires_at IS NULL OR own.expires_at > clock_timestamp())), 0) AS free
    FROM ledger.own_grants(p) AS own) AS g
  WHERE p.organization_id = $1 AND p.id = $2`;
/** Nothing when the organization has no such payment. */
export async function readRefundablePayment(
  client: Pick<Client, "query">,
  organizationId: string,
  paymentId: string,
): Promise<RefundablePayment | undefined> {
  return (await client.query<RefundablePayment>(REFUNDABLE_PAYMENT, [organizationId, paymentId])).rows[0];
}

type ClawbackTarget = { paymentId: string; target: bigint; onlyFree: boolean; description: string };

/** Returns the credit that it took (+) or restored (−). Errors: conflict (its free credit does not cover it). */
export async function writeClawback(
  client: Client,
  { organizationId, now }: OrganizationTime,
  input: ClawbackTarget,
): Promise<bigint> {
  const { paymentId, target, onlyFree, description } = input;
  const { rows } = await mapRaised(
    client.query<{ moved: bigint }>("SELECT ledger.set_clawback($1, $2, $3, $4, $5, $6) AS moved", [
      ...[organizationId, now, paymentId, target, onlyFree, description],
    ]),
    { conflict: () => new TollgateError("conflict", "The amount is more than what is left of this payment.") },
  );
  return rows[0]?.moved ?? 0n;
}

/** Plan payments with refunds or disputes: each new cycle adds credit, and its share of the clawback is due. */
export async function readReversedPlans(db: Database, most: number): Promise<{ organizationId: string; id: string }[]> {
  const { rows } = await db.operator.query<{ organizationId: string; id: string }>(
    `SELECT p.organization_id AS "organizationId", p.id FROM payment p
     JOIN organization o ON o.id = p.organization_id AND o.deleted_at IS NULL
     WHERE p.purpose = 'plan' AND p.state = 'succeeded' AND p.cycles > 1 AND p.clawed > 0 AND p.clawed < p.credit
     ORDER BY p.settled_at DESC LIMIT $1`,
    [most],
  );
  return rows;
}
