/** What a balance is made of, in one statement. */
import type { Client } from "@/lib/platform/db";
import { type AutoTopUpBlock, GRANT_KINDS, type GrantKind } from "./schema";

/** The days whose spending the runway goes by. */
export const PACE_DAYS = 7;

const kindColumns = GRANT_KINDS.map(
  (kind) => `coalesce(sum(counted) FILTER (WHERE kind = '${kind}'), 0)::bigint AS "${kind}",
    coalesce(sum(held) FILTER (WHERE kind = '${kind}'), 0)::bigint AS "${kind}Held"`,
).join(",\n    ");

// Of an expired grant only what open holds still reserve counts, until the hold ends and its rest is written off. A
// cycle that is free or paid starts with its time, not with the job that writes it down, so it is shown as it will be
// written.
const BALANCE = `
  SELECT b.debt, g.*, coalesce(next.plan, s.plan) AS "planId", coalesce(next.allowance, cycle.given, s.allowance)::bigint AS allowance,
    coalesce(next.ends, s.cycle_end) AS "resetsAt", s.free, s.past_due_since IS NOT NULL AS unpaid, s.payg_mode AS "paygMode", next.ends IS NOT NULL AS due, next.given::bigint,
    s.payg_mode = 'always' OR s.payg_enabled AND s.payg_limit IS DISTINCT FROM 0 AS "paygEnabled",
    s.payg_limit AS "paygLimit", s.payg_spent AS "paygSpent", s.payg_held AS "paygHeld", r.spent::bigint, r.since,
    coalesce(t.enabled, false) AS "topUpEnabled", t.threshold AS "topUpThreshold", t.blocked AS "topUpBlocked",
    t.due_at IS NOT NULL AS "topUpDue", coalesce(t.in_flight, false) AS "topUpInFlight"
  FROM balance b
  LEFT JOIN LATERAL ledger.top_up_state(b.organization_id) AS t ON true
  LEFT JOIN subscription s ON s.organization_id = b.organization_id AND s.status = 'active'
  CROSS JOIN LATERAL (SELECT max(ends) AS ends, coalesce(sum(allowance), 0) AS given,
      (array_agg(plan ORDER BY cycle DESC))[1] AS plan, (array_agg(allowance ORDER BY cycle DESC))[1] AS allowance
    FROM ledger.due_cycles(b.organization_id, $2)
    WHERE s.cycle_end <= $2 AND (s.free OR s.cycle + 1 < s.paid_cycles)) AS next
  CROSS JOIN LATERAL (SELECT sum(amount) AS given FROM "grant"
    WHERE organization_id = b.organization_id AND kind = 'plan' AND cycle = s.cycle) AS cycle
  CROSS JOIN LATERAL (SELECT ${kindColumns} FROM (
    SELECT kind, held, CASE WHEN expires_at <= $2 THEN held ELSE remaining END AS counted
    FROM "grant" WHERE organization_id = b.organization_id AND live) AS live) AS g
  CROSS JOIN LATERAL (SELECT coalesce(sum(cost), 0) AS spent, min(bucket) AS since FROM usage_rollup
    WHERE organization_id = b.organization_id AND bucket > $2::timestamptz - interval '${PACE_DAYS} days'
      AND bucket <= $2) AS r
  WHERE b.organization_id = $1`;

type KindColumns = Record<GrantKind | `${GrantKind}Held`, bigint>;
export type BalanceRow = KindColumns & {
  debt: bigint;
  planId: string | null;
  allowance: bigint;
  resetsAt: Date;
  free: boolean;
  unpaid: boolean;
  due: boolean;
  /** The sum of the due cycles' allowances. */
  given: bigint;
  paygMode: "toggle" | "always";
  paygEnabled: boolean;
  paygLimit: bigint | null;
  paygSpent: bigint;
  paygHeld: bigint;
  spent: bigint;
  since: Date | null;
  topUpEnabled: boolean;
  topUpThreshold: bigint | null;
  topUpBlocked: AutoTopUpBlock | null;
  topUpDue: boolean;
  topUpInFlight: boolean;
};

/** Undefined when there is no such organization. */
export async function readBalance(client: Client, organizationId: string, now: Date): Promise<BalanceRow | undefined> {
  return (await client.query<BalanceRow>(BALANCE, [organizationId, now])).rows[0];
}
