/** Reads: the running plan, open plan payments, and subscriptions that are due for a check. */
import { isUuid } from "@/lib/kernel/ids";
import type { ProviderSubscription } from "@/lib/payments";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { type Client, queryOrganization } from "@/lib/platform/db";
import type { Bought } from "./compare-packs";
import type { Interval } from "./schema";

export type RunningPlan = {
  plan: string;
  version: number;
  allowance: bigint;
  free: boolean;
  interval: Interval | null;
  providerId: string | null;
  cycle: number;
  paidCycles: number;
  cycleStart: Date;
  cycleEnd: Date;
  paidUntil: Date;
  endsAt: Date | null;
  pastDueSince: Date | null;
  nextPlan: string | null;
  /** A dispute has stopped automatic charges. */
  suspended: boolean;
  /** It ends because a payment of the running period was refunded. */
  refunded: boolean;
};

const RUNNING = `SELECT s.plan, s.version, s.allowance, s.free, s."interval", s.provider_id AS "providerId", s.cycle,
    s.paid_cycles AS "paidCycles", s.cycle_start AS "cycleStart", s.cycle_end AS "cycleEnd",
    ledger.paid_until(s.organization_id) AS "paidUntil", s.ends_at AS "endsAt", s.past_due_since AS "pastDueSince",
    s.next_plan AS "nextPlan", ledger.charges_suspended(s.organization_id) AS suspended,
    EXISTS (SELECT 1 FROM payment p JOIN payment_refund r ON r.organization_id = p.organization_id AND r.payment_id = p.id
      WHERE p.organization_id = s.organization_id AND p.purpose = 'plan' AND p.first_cycle <= s.cycle
        AND p.first_cycle + p.cycles > s.cycle AND r.plan_choice = 'end_at_period_end' AND r.plan_applied_at IS NOT NULL)
      AND s.ends_at IS NOT NULL AS refunded
  FROM subscription s WHERE s.organization_id = $1 AND s.status = 'active'`;

async function running(client: Client, organizationId: string): Promise<RunningPlan | undefined> {
  return (await client.query<RunningPlan>(RUNNING, [organizationId])).rows[0];
}

/** Undefined without a running plan. */
export async function readRunningPlan({ db, organizationId }: Context): Promise<RunningPlan | undefined> {
  return queryOrganization(db, organizationId, (client) => running(client, organizationId));
}

/** The running cycle's allowance: the credit given, and the part that is neither spent nor reserved. */
export type Allowance = { given: bigint; left: bigint };

/** The running cycle's allowance, with the credit that an upgrade added. */
export async function readAllowance({ db, organizationId }: Context): Promise<Allowance> {
  const sql = `SELECT coalesce(sum(g.amount), 0)::bigint AS given, coalesce(sum(g.remaining - g.held), 0)::bigint AS left
    FROM subscription s JOIN "grant" g ON g.organization_id = s.organization_id AND g.cycle = s.cycle
    WHERE s.organization_id = $1 AND g.kind = 'plan' AND g.source = 'plan'`;
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<Allowance>(sql, [organizationId]),
  );
  return rows[0] as Allowance;
}

const BOUGHT = `SELECT coalesce(sum(p.amount), 0)::bigint AS paid, coalesce(sum(p.credit), 0)::bigint AS credit
  FROM subscription s
  CROSS JOIN generate_series(1, 3) AS n
  LEFT JOIN payment p ON p.organization_id = s.organization_id AND p.purpose IN ('top_up', 'auto_top_up')
    AND p.state = 'succeeded' AND p.settled_at >= s.cycle_start - n * interval '1 month'
    AND p.settled_at < s.cycle_start - (n - 1) * interval '1 month'
  WHERE s.organization_id = $1 AND s.status = 'active' AND NOT s.free AND s.interval = 'month' AND s.cycle >= 3
  GROUP BY n ORDER BY n`;

/** The purchases of the last three whole cycles of a monthly plan, the latest first; none if it is younger. */
export async function readBought({ db, organizationId }: Context): Promise<Bought[]> {
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<Bought>(BOUGHT, [organizationId]),
  );
  return rows;
}

async function deletedAt({ tables }: Client, organizationId: string): Promise<Date | null> {
  const found = await tables.organization.findFirst({ where: { id: organizationId }, select: { deletedAt: true } });
  return found?.deletedAt ?? null;
}

/** When the organization was deleted; null if it was not. */
export async function readDeletedAt({ db, organizationId }: Context): Promise<Date | null> {
  return queryOrganization(db, organizationId, (client) => deletedAt(client, organizationId));
}

export async function countUsed({ db, organizationId, now }: Context): Promise<{ members: number; keys: number }> {
  return queryOrganization(db, organizationId, async ({ tables }) => ({
    members: await tables.member.count({ where: { organizationId } }),
    keys: await tables.apiKey.count({
      where: { organizationId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    }),
  }));
}

const MOST_OPEN = 40;
export type OpenPlanPayment = {
  id: string;
  plan: string;
  interval: Interval;
  amount: bigint;
  session: string | null;
  invoice: string | null;
  createdAt: Date;
};

/** Newest first. Includes canceled payments of these invoices, because an invoice may be paid after it. */
async function openPayments(
  { tables }: Client,
  organizationId: string,
  invoices: string[],
): Promise<OpenPlanPayment[]> {
  const paidLater = { state: { not: "succeeded" }, invoice: { in: invoices } };
  const rows = await tables.payment.findMany({
    where: { organizationId, purpose: "plan", OR: [{ state: "open" }, paidLater] },
    select: { id: true, plan: true, interval: true, amount: true, session: true, invoice: true, createdAt: true },
    orderBy: { createdAt: "desc" },
    take: MOST_OPEN,
  });
  return rows as OpenPlanPayment[];
}

export async function readOpenPayments({ db, organizationId }: Context): Promise<OpenPlanPayment[]> {
  return queryOrganization(db, organizationId, (client) => openPayments(client, organizationId, []));
}

export type InvoicePayment = { id: string; settled: boolean };

/** By invoice. */
async function invoicePayments({ tables }: Client, organizationId: string, invoices: string[]) {
  const rows = await tables.payment.findMany({
    where: { organizationId, invoice: { in: invoices } },
    select: { id: true, invoice: true, state: true },
  });
  return new Map(rows.map(({ id, invoice, state }) => [invoice ?? "", { id, settled: state === "succeeded" }]));
}

export type BoughtPlan = { id: string; plan: string; interval: Interval };

async function boughtPlan({ tables }: Client, organizationId: string, id: string): Promise<BoughtPlan | undefined> {
  const row = await tables.payment.findFirst({
    where: { organizationId, id, purpose: "plan" },
    select: { id: true, plan: true, interval: true },
  });
  return (row as BoughtPlan | null) ?? undefined;
}

/** The rows that a subscription at the provider is compared with. */
export type SyncState = {
  running: RunningPlan | undefined;
  deletedAt: Date | null;
  payments: ReadonlyMap<string, InvoicePayment>;
  open: OpenPlanPayment[];
  /** The payment that bought it. */
  bought: BoughtPlan | undefined;
};

export async function readSyncState(
  { db, organizationId }: Context,
  { invoices, paymentId }: Pick<ProviderSubscription, "invoices" | "paymentId">,
): Promise<SyncState> {
  const ids = invoices.map(({ id }) => id);
  return queryOrganization(db, organizationId, async (client) => ({
    running: await running(client, organizationId),
    deletedAt: await deletedAt(client, organizationId),
    payments: await invoicePayments(client, organizationId, ids),
    open: await openPayments(client, organizationId, ids),
    bought: paymentId && isUuid(paymentId) ? await boughtPlan(client, organizationId, paymentId) : undefined,
  }));
}

export type OverduePlan = { organizationId: string; providerId: string };

/**
 * Subscriptions that are due for a check: the paid period has ended, an invoice is unpaid, or the organization was
 * deleted. In the first ten minutes at each run of the job, later once an hour, in a minute of each organization's own.
 */
export async function readOverduePlans({ db, now }: InstallationContext): Promise<OverduePlan[]> {
  const { rows } = await db.operator.query<OverduePlan>(
    `SELECT s.organization_id AS "organizationId", s.provider_id AS "providerId"
     FROM subscription s JOIN organization o ON o.id = s.organization_id
     CROSS JOIN LATERAL (SELECT ledger.paid_until(s.organization_id) AS paid_until) AS p
     WHERE s.provider_id IS NOT NULL AND CASE WHEN o.deleted_at IS NOT NULL
         THEN o.deleted_at > $1::timestamptz - interval '1 day'
         ELSE s.status = 'active' AND (p.paid_until <= $1 OR s.past_due_since IS NOT NULL) END
       AND (greatest(p.paid_until, s.past_due_since, o.deleted_at) > $1::timestamptz - interval '10 minutes'
         OR abs(hashtext(s.organization_id::text)) % 60 = extract(minute FROM $1::timestamptz))
     ORDER BY p.paid_until LIMIT 500`,
    [now],
  );
  return rows;
}

/** Open plan payments without news: checked each minute at first, hourly after an hour, until they are canceled. */
export async function readOverduePayments({ db, now }: InstallationContext) {
  const { rows } = await db.operator.query<{ organizationId: string; id: string }>(
    `SELECT organization_id AS "organizationId", id FROM payment
     WHERE purpose = 'plan' AND state = 'open' AND created_at < $1::timestamptz - interval '1 minute'
       AND created_at > $1::timestamptz - interval '3 days' AND (created_at > $1::timestamptz - interval '1 hour'
         OR abs(hashtext(id::text)) % 60 = extract(minute FROM $1::timestamptz))
     ORDER BY created_at LIMIT 500`,
    [now],
  );
  return rows;
}
