/** Auto top-up: calls of the ledger's functions, and reads of the rule and its payments. */
import { TollgateError } from "@/lib/kernel/errors";
import type { Money } from "@/lib/kernel/minor-units";
import type { AutoTopUpBlock } from "@/lib/ledger/schema";
import type { Payment } from "@/lib/payments";
import type { Context, InstallationDb, OrganizationDb } from "@/lib/platform/context";
import { type Client, changeOrganization, queryOrganization } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";

type Caller = Pick<Client, "query">;

export type Rule = {
  enabled: boolean;
  /** In minor units of the catalogue's unit. */
  threshold: bigint;
  /** In minor units; either this or a pack. */
  amount: bigint | null;
  pack: string | null;
  paymentMethod: string | null;
  monthlyCap: bigint | null;
};
/** The rule with its whole numbers as text. */
export type RuleBefore = Omit<Rule, "threshold" | "amount" | "monthlyCap"> &
  Record<"threshold" | "amount" | "monthlyCap", string | null>;

/** Returns the rule before. Errors: not_found. */
export async function writeRule(
  client: Caller,
  { organizationId, actor, now }: Context,
  { enabled, threshold, amount, pack, paymentMethod, monthlyCap }: Rule,
): Promise<RuleBefore | null> {
  const { rows } = await mapRaised(
    client.query<{ before: RuleBefore | null }>(
      "SELECT ledger.set_auto_top_up($1, $2, $3, $4, $5, $6, $7, $8, $9) AS before",
      [
        ...[organizationId, now, enabled, threshold, amount, pack, paymentMethod, monthlyCap],
        actor.type === "user" ? actor.userId : null,
      ],
    ),
  );
  return rows[0]?.before ?? null;
}

export type RuleState = Rule & {
  blocked: AutoTopUpBlock | null;
  dueAt: Date | null;
  failures: number;
  inFlight: boolean;
};
export type AutoTopUpState = {
  rule: RuleState | null;
  /** Prepaid credit less debt. */
  level: bigint;
  /** Minor units. */
  charged: bigint;
  monthEndsAt: Date;
  /** Whether the active plan is a paid one. */
  paidPlan: boolean;
};

type Row = Omit<RuleState, "threshold"> & { threshold: bigint | null } & Omit<AutoTopUpState, "rule">;

const READ = `
  SELECT a.enabled, a.threshold, a.amount, a.pack, a.payment_method AS "paymentMethod", a.monthly_cap AS "monthlyCap",
    t.blocked, t.due_at AS "dueAt", t.in_flight AS "inFlight", a.failures,
    ledger.prepaid_level(b.organization_id, $2) AS level, m.charged, m.next_month AS "monthEndsAt",
    EXISTS (SELECT 1 FROM subscription s WHERE s.organization_id = b.organization_id AND s.status = 'active'
      AND NOT s.free) AS "paidPlan"
  FROM balance b
  LEFT JOIN auto_top_up a USING (organization_id)
  LEFT JOIN LATERAL ledger.top_up_state(b.organization_id) AS t ON true
  CROSS JOIN LATERAL ledger.auto_top_up_month(b.organization_id, $2) AS m
  WHERE b.organization_id = $1`;

/** Errors: not_found. */
export async function readAutoTopUpState({ db, organizationId, now }: Context): Promise<AutoTopUpState> {
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<Row>(READ, [organizationId, now]),
  );
  const [row] = rows;
  if (!row) throw new TollgateError("not_found", "There is no such organization.");
  const { level, charged, monthEndsAt, paidPlan, threshold, ...rest } = row;
  return { rule: threshold === null ? null : { ...rest, threshold }, level, charged, monthEndsAt, paidPlan };
}

/** Organizations that are due, leased to this worker. `now` null is the database's clock. */
export async function claimDue(
  { db }: InstallationDb,
  { now, leaseSeconds, most }: { now: Date | null; leaseSeconds: number; most: number },
): Promise<string[]> {
  const { rows } = await db.operator.query<{ id: string }>(
    "SELECT id FROM ledger.claim_auto_top_ups($1, make_interval(secs => $2), $3) AS id",
    [now, leaseSeconds, most],
  );
  return rows.map(({ id }) => id);
}

export type Purchase = Money & { credit: bigint; description: string; catalogueVersion: number };
export type Begin = {
  id: string;
  amount: bigint | null;
  pack: string | null;
  /** Null when the catalogue no longer sells it. */
  purchase: Purchase | null;
  paidPlansOnly: boolean;
};
export type BegunCharge =
  | { outcome: "idle" | "blocked" | "again" }
  | { outcome: "charge"; paymentId: string; resumed: boolean; enabled: boolean };

/** `now` null is the database's clock. */
export async function beginCharge(
  { db, organizationId }: OrganizationDb,
  now: Date | null,
  { id, amount, pack, purchase, paidPlansOnly }: Begin,
): Promise<BegunCharge> {
  const sql = `SELECT outcome, payment_id AS "paymentId", resumed, enabled
    FROM ledger.begin_auto_top_up($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
  const { rows } = await changeOrganization(db, organizationId, (client) =>
    client.query<BegunCharge>(sql, [
      ...[organizationId, now, id, amount, pack, purchase?.amount ?? null, purchase?.currency ?? null],
      ...[purchase?.credit ?? null, purchase?.description ?? null, purchase?.catalogueVersion ?? null, paidPlansOnly],
    ]),
  );
  return rows[0] as BegunCharge;
}

/** Checks the payment again after the pause. Changes nothing if the payment has ended. */
export async function postponeCharge(
  { db, organizationId }: OrganizationDb,
  now: Date | null,
  { paymentId, pauseSeconds }: { paymentId: string; pauseSeconds: number },
): Promise<void> {
  await changeOrganization(db, organizationId, (client) =>
    client.query("SELECT ledger.postpone_auto_top_up($1, $2, $3, make_interval(secs => $4))", [
      ...[organizationId, now, paymentId, pauseSeconds],
    ]),
  );
}

/** Whether the chosen card, or the default card without a choice, is saved. */
export async function hasCard({ db, organizationId }: OrganizationDb, paymentMethod: string | null): Promise<boolean> {
  const chosen = paymentMethod === null ? { isDefault: true } : { id: paymentMethod };
  const card = await queryOrganization(db, organizationId, ({ tables }) =>
    tables.paymentMethod.findFirst({ where: { organizationId, removedAt: null, ...chosen }, select: { id: true } }),
  );
  return card !== null;
}

/** Cancels a payment of a rule that is off, if the provider has no charge for it. Returns whether it has ended. */
export async function cancelCharge(
  { db, organizationId }: OrganizationDb,
  now: Date | null,
  paymentId: string,
): Promise<boolean> {
  const { rows } = await changeOrganization(db, organizationId, (client) =>
    client.query<{ ended: boolean }>("SELECT ledger.cancel_auto_top_up($1, $2, $3) AS ended", [
      ...[organizationId, now, paymentId],
    ]),
  );
  return rows[0]?.ended === true;
}

type HistoryRow = Pick<Payment, "id" | "state" | "currency" | "description" | "createdAt" | "settledAt"> &
  Pick<Payment, "card" | "failureCode" | "failureMessage"> &
  Record<"amount" | "credit", bigint> &
  Record<"brand" | "last4", string | null>;

/** `card` is the charged card. For a failed payment, `brand` and `last4` name the card. */
export async function readHistory({ db, organizationId }: OrganizationDb, most: number): Promise<HistoryRow[]> {
  const sql = `SELECT p.id, p.state, p.amount, p.currency, p.credit, p.description, p.card,
      p.failure_code AS "failureCode", p.failure_message AS "failureMessage", p.created_at AS "createdAt",
      p.settled_at AS "settledAt", c.brand, c.last4
    FROM payment p LEFT JOIN payment_method c ON c.organization_id = p.organization_id AND c.id = p.payment_method
    WHERE p.organization_id = $1 AND p.purpose = 'auto_top_up' ORDER BY p.created_at DESC, p.id DESC LIMIT $2`;
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<HistoryRow>(sql, [organizationId, most]),
  );
  return rows;
}
