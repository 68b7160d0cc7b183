/** Payments: the calls of the ledger's functions, and reads. */
import { TollgateError } from "@/lib/kernel/errors";
import type { Money } from "@/lib/kernel/minor-units";
import type { InstallationDb, OrganizationDb, OrganizationTime } from "@/lib/platform/context";
import { type Client, changeOrganization, queryInstallation, queryOrganization } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import type { PaymentPurpose, PaymentState } from "../schema";

export type Payment = Money & {
  organizationId: string;
  id: string;
  purpose: PaymentPurpose;
  state: PaymentState;
  /** In minor units of the catalogue's unit. */
  credit: bigint;
  description: string;
  pack: string | null;
  plan: string | null;
  interval: "month" | "year" | null;
  catalogueVersion: number;
  idempotencyKey: string;
  createdBy: string | null;
  /** The saved card to charge; null when the customer chooses at the provider. */
  paymentMethod: string | null;
  saveCard: boolean;
  session: string | null;
  intent: string | null;
  invoice: string | null;
  tries: number;
  askedAt: Date | null;
  checkAt: Date | null;
  failureCode: string | null;
  failureMessage: string | null;
  card: string | null;
  grantId: string | null;
  clawed: bigint;
  createdAt: Date;
  settledAt: Date | null;
};

export type NewPayment = Money & {
  /** A UUIDv7. */
  id: string;
  purpose: PaymentPurpose;
  credit: bigint;
  description: string;
  catalogueVersion: number;
  idempotencyKey: string;
  requestHash: string;
  createdBy?: string | null;
  paymentMethod?: string | null;
  saveCard?: boolean;
  pack?: string | null;
  plan?: string | null;
  interval?: "month" | "year" | null;
  /** When the job checks it first. */
  checkAt?: Date | null;
};

/** Where a function is called: within a change that is recorded, or by itself. */
type Caller = Pick<Client, "query">;
const OPEN =
  "SELECT * FROM ledger.open_payment($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
const otherMoney = (detail: string) =>
  new TollgateError("conflict", `The amount paid does not match the amount requested: ${detail}.`);

/** The same key and hash return the existing payment. Errors: validation_failed (the key with another request). */
export async function openPayment(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  input: NewPayment,
): Promise<{ id: string; replayed: boolean }> {
  const { createdBy = null, paymentMethod = null, saveCard = false, pack = null, plan = null, interval = null } = input;
  const { rows } = await mapRaised(
    client.query<{ id: string; replayed: boolean }>(OPEN, [
      ...[organizationId, now, input.id, input.purpose, input.amount, input.currency, input.credit, input.description],
      ...[input.catalogueVersion, input.idempotencyKey, input.requestHash, createdBy, paymentMethod, saveCard, pack],
      ...[plan, interval, input.checkAt ?? null],
    ]),
  );
  return rows[0] as { id: string; replayed: boolean };
}

/** One call of a function, in a transaction of its own. */
function call<T extends object>(
  { db, organizationId }: OrganizationDb,
  sql: string,
  values: unknown[],
): Promise<T | undefined> {
  return mapRaised(
    changeOrganization(db, organizationId, async (client) => (await client.query<T>(sql, values)).rows[0]),
  );
}

/**
 * Says that the provider is about to be asked to charge, and answers the number in the key of the question; null when
 * it must not be asked now. `at` null is the database's clock, which all processes share.
 */
export async function askPayment(ctx: OrganizationDb, id: string, at: Date | null): Promise<number | null> {
  const row = await call<{ key: number | null }>(ctx, "SELECT ledger.ask_payment($1, $2, $3) AS key", [
    ...[ctx.organizationId, at, id],
  ]);
  return row?.key ?? null;
}

type ProviderIds = { session?: string | null; intent?: string | null; invoice?: string | null };

/** Stores the provider's ids. Omitted ids keep their values. */
export async function linkPayment(ctx: OrganizationDb, id: string, ids: ProviderIds): Promise<void> {
  const { session = null, intent = null, invoice = null } = ids;
  const sql = "SELECT ledger.link_payment($1, $2, $3, $4, $5)";
  await call(ctx, sql, [ctx.organizationId, id, session, intent, invoice]);
}

/** When the job checks it next; null is never. */
export async function checkPayment(ctx: OrganizationDb, id: string, checkAt: Date | null): Promise<void> {
  await call(ctx, "SELECT ledger.check_payment($1, $2, $3)", [ctx.organizationId, id, checkAt]);
}

export type Credited = { grantId: string; seq: bigint; replayed: boolean };

/** Adds the payment's credit, once. Errors: not_found, conflict (another amount or currency was paid). */
export async function creditPayment(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  { id, intent, paid, card }: { id: string; intent: string; paid: Money; card: string | null },
): Promise<Credited> {
  const sql = "SELECT * FROM ledger.credit_payment($1, $2, $3, $4, $5, $6, $7)";
  const { rows } = await mapRaised(
    client.query<{ grant_id: string; seq: bigint; replayed: boolean }>(sql, [
      ...[organizationId, now, id, intent, paid.amount, paid.currency, card],
    ]),
    { conflict: otherMoney },
  );
  const row = rows[0] as { grant_id: string; seq: bigint; replayed: boolean };
  return { grantId: row.grant_id, seq: row.seq, replayed: row.replayed };
}

export type Ending = { state: "failed" | "canceled"; code: string | null; message: string | null };

/** Whether it was open: one that has ended stays as it is. */
export async function endPayment(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  id: string,
  { state, code, message }: Ending,
): Promise<boolean> {
  const sql = "SELECT ledger.end_payment($1, $2, $3, $4, $5, $6) AS ended";
  const { rows } = await client.query<{ ended: boolean }>(sql, [organizationId, now, id, state, code, message]);
  return rows[0]?.ended === true;
}

/** What no reader of a payment needs. */
const omit = { requestHash: true, claws: true, allowance: true, discountPercent: true, cycles: true, firstCycle: true };

/** Nothing when the organization has none with this UUID. */
export async function readPayment({ db, organizationId }: OrganizationDb, id: string): Promise<Payment | undefined> {
  const row = await queryOrganization(db, organizationId, ({ tables }) =>
    tables.payment.findFirst({ where: { organizationId, id }, omit }),
  );
  return (row as Payment | null) ?? undefined;
}

/** Whose payment an object of the provider belongs to, by the provider's id of it. For jobs. */
export async function findPayment(
  { db }: InstallationDb,
  by: "session" | "intent" | "invoice",
  providerId: string,
): Promise<Payment | undefined> {
  const row = await queryInstallation(db, ({ tables }) =>
    tables.payment.findFirst({ where: { [by]: providerId }, omit }),
  );
  return (row as Payment | null) ?? undefined;
}

/** Payments that are due to be checked, leased to this worker. `now` null is the database's clock. */
export async function claimPayments(
  { db }: InstallationDb,
  { now, leaseSeconds, most }: { now: Date | null; leaseSeconds: number; most: number },
): Promise<{ organizationId: string; id: string }[]> {
  const { rows } = await db.operator.query<{ organizationId: string; id: string }>(
    `SELECT organization_id AS "organizationId", id FROM ledger.claim_payments($1, make_interval(secs => $2), $3)`,
    [now, leaseSeconds, most],
  );
  return rows;
}
