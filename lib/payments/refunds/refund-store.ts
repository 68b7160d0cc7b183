/** Rows of refunds: the customer's requests, the operator's refunds, and those that were made at the provider. */
import { type Client, type Database, queryInstallation } from "@/lib/platform/db";
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

const omit = { planAppliedAt: true } as const;

/** The latest first. */
export async function refundsOf({ tables }: Client, organizationId: string, paymentId: string): Promise<Refund[]> {
  const rows = await tables.paymentRefund.findMany({
    where: { organizationId, paymentId },
    omit,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows as Refund[];
}

/** Undefined if the organization has no refund with this UUID. */
export async function readRefund({ tables }: Client, organizationId: string, id: string): Promise<Refund | undefined> {
  const row = await tables.paymentRefund.findFirst({ where: { organizationId, id }, omit });
  return (row as Refund | null) ?? undefined;
}

export async function insertRefund({ tables }: Client, row: Refund): Promise<void> {
  await tables.paymentRefund.createMany({ data: row });
}

type Change = Pick<Refund, "state" | "amount" | "note" | "refund" | "settledAt">;
type Reserve = Change & Pick<Refund, "planChoice">;

export async function updateRefund(
  { tables }: Client,
  { organizationId, id }: Refund,
  { state, amount, note, refund, settledAt }: Change,
): Promise<void> {
  const data = { state, amount, note, refund, settledAt };
  await tables.paymentRefund.updateMany({ where: { organizationId, id }, data });
}

/** A request becomes a refund. The age of the provider's request, and its idempotency key, are counted from now. */
export async function reserveRequest(client: Client, row: Refund, now: Date, change: Reserve): Promise<Refund> {
  const { organizationId, id } = row;
  await updateRefund(client, row, change);
  const data = { createdAt: now, planChoice: change.planChoice };
  await client.tables.paymentRefund.updateMany({ where: { organizationId, id }, data });
  return { ...row, ...change, createdAt: now };
}

const COLUMNS = `r.organization_id AS "organizationId", r.id, r.payment_id AS "paymentId", r.state, r.amount, r.reason,
  r.note, r.refund, r.requested_by AS "requestedBy", r.created_at AS "createdAt", r.settled_at AS "settledAt",
  r.plan_choice AS "planChoice"`;
type ListedRefund = Refund & { currency: string; organization: string };

/** The operator's list over all organizations, the latest first. */
export async function readRefunds(
  db: Database,
  { states, organizationId, most }: { states: readonly RefundState[]; organizationId: string | null; most: number },
): Promise<ListedRefund[]> {
  const { rows } = await db.operator.query<ListedRefund>(
    `SELECT ${COLUMNS}, p.currency, o.name AS organization FROM payment_refund r
     JOIN payment p ON p.organization_id = r.organization_id AND p.id = r.payment_id
     JOIN organization o ON o.id = r.organization_id
     WHERE r.state = ANY ($1) AND ($2::uuid IS NULL OR r.organization_id = $2)
     ORDER BY r.created_at DESC, r.id DESC LIMIT $3`,
    [states, organizationId, most],
  );
  return rows;
}

/** Refunds that are pending since before `until`. `known`: the provider has reported its id for them. */
export async function readPending(
  db: Database,
  { known, until, most }: { known: boolean; until: Date; most: number },
): Promise<Refund[]> {
  const rows = await queryInstallation(db, ({ tables }) =>
    tables.paymentRefund.findMany({
      where: { state: "pending", refund: known ? { not: null } : null, createdAt: { lte: until } },
      omit,
      orderBy: { createdAt: "asc" },
      take: most,
    }),
  );
  return rows as Refund[];
}

/** Who requests a refund: the organization's name and the user's address. */
export async function readRequester({ tables }: Client, organizationId: string, userId: string | null) {
  const organization = await tables.organization.findFirst({ where: { id: organizationId }, select: { name: true } });
  const user = userId && (await tables.user.findFirst({ where: { id: userId }, select: { email: true } }));
  return { organization: organization?.name ?? "", requester: user ? user.email : null };
}
