import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount, multiplyDivide } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { autoTopUpState } from "./auto-top-up-state";
import { firstCallOf } from "./first-call";
import { type AutoTopUpBlock, type Balance, type BalanceAnswer, GRANT_KINDS, type GrantKind } from "./schema";
import { type Means, standingOf } from "./standing";

const PACE_DAYS = 7;
const DAY_MS = 86_400_000;

const kindColumns = GRANT_KINDS.map(
  (kind) => `coalesce(sum(counted) FILTER (WHERE kind = '${kind}'), 0) AS "${kind}",
    coalesce(sum(held) FILTER (WHERE kind = '${kind}'), 0) AS "${kind}Held"`,
).join(",\n    ");

// Of an expired grant only what open holds still reserve counts, until the hold ends and its rest is written off. A
// cycle that is free or paid starts with its time, not with the job that writes it down, so it is shown as it will be
// written.
const BALANCE = `
  SELECT b.debt, g.*, coalesce(next.plan, s.plan) AS "planId", coalesce(next.allowance, cycle.given, s.allowance) AS allowance,
    coalesce(next.ends, s.cycle_end) AS "resetsAt", s.free, s.past_due_since IS NOT NULL AS unpaid, s.payg_mode AS "paygMode", next.ends IS NOT NULL AS due, next.given,
    s.payg_mode = 'always' OR s.payg_enabled AND s.payg_limit IS DISTINCT FROM 0 AS "paygEnabled",
    s.payg_limit AS "paygLimit", s.payg_spent AS "paygSpent", s.payg_held AS "paygHeld", r.spent, r.since,
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

type KindColumns = Record<GrantKind | `${GrantKind}Held`, string>;
type Row = KindColumns & {
  debt: string;
  planId: string | null;
  allowance: string;
  resetsAt: Date;
  free: boolean;
  unpaid: boolean;
  due: boolean;
  /** The sum of the due cycles' allowances. */
  given: string;
  paygMode: "toggle" | "always";
  paygEnabled: boolean;
  paygLimit: string | null;
  paygSpent: string;
  paygHeld: string;
  spent: string;
  since: Date | null;
  topUpEnabled: boolean;
  topUpThreshold: string | null;
  topUpBlocked: AutoTopUpBlock | null;
  topUpDue: boolean;
  topUpInFlight: boolean;
};

/**
 * Days (two decimals, rounded down) that `spendable` lasts; a week that has just started is not averaged over seven
 * days.
 */
function runwayOf(spendable: bigint, row: Row, now: Date): Balance["runway"] {
  const spent = BigInt(row.spent);
  if (spent <= 0n || !row.since) return null;
  const elapsed = Math.min(PACE_DAYS * DAY_MS, Math.max(DAY_MS, now.getTime() - row.since.getTime()));
  const perDay = multiplyDivide(spent, BigInt(DAY_MS), BigInt(elapsed));
  if (perDay === 0n) return null;
  return { days: Number((spendable * 100n) / perDay) / 100, perDay };
}

/** The effect of due renewals: their credit pays debt first, and the new cycle has no spending. */
function renewed(row: Row): Row {
  const debt = BigInt(row.debt);
  const given = BigInt(row.given);
  const paid = debt < given ? debt : given;
  const plan = BigInt(row.plan) + given - paid;
  return { ...row, debt: `${debt - paid}`, plan: `${plan}`, paygSpent: "0", paygHeld: "0" };
}

function autoTopUpOf(row: Row): Balance["autoTopUp"] {
  const { topUpEnabled: enabled, topUpThreshold, topUpBlocked: blocked, topUpDue: due, topUpInFlight: inFlight } = row;
  const threshold = topUpThreshold === null ? null : BigInt(topUpThreshold);
  return { enabled, threshold, ...autoTopUpState({ enabled, blocked, due, inFlight }) };
}

function paygOf(row: Row): Balance["payg"] {
  if (row.planId === null) return null;
  return {
    mode: row.paygMode,
    enabled: row.paygEnabled,
    limit: row.paygLimit === null ? null : BigInt(row.paygLimit),
    spent: BigInt(row.paygSpent),
    held: BigInt(row.paygHeld),
  };
}

function meansOf({ buckets, debt, payg, plan }: Pick<Balance, "buckets" | "debt" | "payg" | "plan">) {
  const free = ({ remaining, held }: Balance["buckets"][GrantKind]) => remaining - held;
  const { promotional, purchased, adjustment } = buckets;
  return {
    plan: free(buckets.plan),
    prepaid: free(promotional) + free(purchased) + free(adjustment),
    debt,
    running: plan,
    payg: payg && {
      enabled: payg.enabled,
      room: payg.limit === null ? null : payg.limit - payg.spent - payg.held,
    },
  };
}

function balanceOf(found: Row, firstCall: bigint, catalogue: Catalogue, now: Date): Balance {
  const row = found.due ? renewed(found) : found;
  const buckets = Object.fromEntries(
    GRANT_KINDS.map((kind) => [kind, { remaining: BigInt(row[kind]), held: BigInt(row[`${kind}Held`]) }]),
  ) as Balance["buckets"];
  const debt = BigInt(row.debt);
  const held = GRANT_KINDS.reduce((sum, kind) => sum + buckets[kind].held, 0n);
  const { planId, free, unpaid, resetsAt } = row;
  const plan = planId === null ? null : { id: planId, free, unpaid, allowance: BigInt(row.allowance), resetsAt };
  const payg = paygOf(row);
  const means: Means = { ...meansOf({ buckets, debt, payg, plan }), firstCall };
  const standing = standingOf(catalogue, means);
  return {
    ...standing,
    available: GRANT_KINDS.reduce((sum, kind) => sum + buckets[kind].remaining, 0n) - held - debt,
    held,
    debt,
    buckets,
    firstCall,
    plan,
    payg,
    autoTopUp: autoTopUpOf(row),
    runway: runwayOf(standing.spendable, row, now),
  };
}

/** An organization's balance, in minor units. Errors: not_found. */
export async function balance(ctx: Context): Promise<Balance> {
  mayRead(ctx);
  const { catalogue } = currentCatalogue();
  const { row, firstCall } = await queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const { rows } = await client.query<Row>(BALANCE, [ctx.organizationId, ctx.now]);
    return { row: rows[0], firstCall: await firstCallOf(client, ctx) };
  });
  if (!row) throw new TollgateError("not_found", "There is no such organization.");
  return balanceOf(row, firstCall, catalogue, ctx.now);
}

/** A balance as `GET /v1/balance` answers it: decimal strings of the catalogue's unit. */
export function balanceAnswer(of: Balance, catalogue: Catalogue): BalanceAnswer {
  const amount = (value: bigint) => formatAmount(value, catalogue.unit.scale);
  const { buckets, plan, payg, autoTopUp, runway } = of;
  return {
    unit: catalogue.unit.code,
    available: amount(of.available),
    spendable: amount(of.spendable),
    firstCall: amount(of.firstCall),
    held: amount(of.held),
    debt: amount(of.debt),
    plan: plan && {
      allowance: amount(plan.allowance),
      remaining: amount(buckets.plan.remaining),
      resetsAt: plan.resetsAt.toISOString(),
    },
    prepaid: {
      purchased: amount(buckets.purchased.remaining),
      promotional: amount(buckets.promotional.remaining),
      adjustment: amount(buckets.adjustment.remaining),
    },
    level: of.level,
    reason: of.reason,
    action: of.action,
    advice: of.advice,
    payg: payg && {
      mode: payg.mode,
      enabled: payg.enabled,
      limit: payg.limit === null ? null : amount(payg.limit),
      spent: amount(payg.spent),
      held: amount(payg.held),
    },
    autoTopUp: { ...autoTopUp, threshold: autoTopUp.threshold === null ? null : amount(autoTopUp.threshold) },
    runway: runway && { days: runway.days, perDay: amount(runway.perDay) },
  };
}
