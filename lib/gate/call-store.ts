/** The gate's functions that work on one call by themselves, beside the batch. */
import { TollgateError } from "@/lib/kernel/errors";
import type { InstallationContext } from "@/lib/platform/context";
import type { Client, Database } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import type { OutcomeCode } from "./operation";
import { retryOnLockTimeout } from "./retry-on-lock-timeout";

type Object = { organizationId: string; id: string };
/** `simulatedAt` undefined is the database's clock. */
type Request = { idempotencyKey: string | null; requestHash: string; simulatedAt: Date | undefined };

/** One call of a function that locks one organization. */
async function call<Row extends object>(db: Database, sql: string, values: unknown[]): Promise<Row> {
  const { rows } = await retryOnLockTimeout(() => db.gate.query<Row>(sql, values));
  return rows[0] as Row;
}

/**
 * Returns when the hold expires now. Errors: not_found, conflict (ended already), validation_failed (longer than a hold
 * may live; the key was used with another request), overloaded.
 */
export async function extendHold(
  db: Database,
  { organizationId, id }: Object,
  { seconds, longestSeconds }: { seconds: number; longestSeconds: number },
  { idempotencyKey, requestHash, simulatedAt }: Request,
): Promise<Date> {
  const values = [organizationId, id, seconds, longestSeconds, idempotencyKey, requestHash, simulatedAt ?? null];
  const { at } = await mapRaised(
    call<{ at: bigint }>(db, "SELECT ledger.extend($1, $2, $3, $4, $5, $6, $7) AS at", values),
    { conflict: (state) => new TollgateError("conflict", `The hold is already ${state}.`, { state }) },
  );
  return new Date(Number(at));
}

export type Refunded = { seq: bigint; refunded: bigint; refunded_plan: bigint; available: bigint };

/** `amount` null is all that is left. Errors: not_found, conflict, validation_failed (more than is left), overloaded. */
export async function refundCall(
  db: Database,
  { organizationId, id }: Object,
  { amount, reason, rollupTags }: { amount: bigint | null; reason: string; rollupTags: readonly string[] },
  { idempotencyKey, requestHash, simulatedAt }: Request,
): Promise<Refunded> {
  const values = [organizationId, id, amount, reason, idempotencyKey, requestHash, rollupTags, simulatedAt ?? null];
  return mapRaised(call<Refunded>(db, "SELECT * FROM ledger.refund($1, $2, $3, $4, $5, $6, $7, $8)", values), {
    conflict: () => new TollgateError("conflict", "This call has nothing left to refund."),
  });
}

export type LateUsage = {
  eventId: string;
  price: bigint;
  planPrice: bigint;
  actual: boolean;
  /** Whether what cannot be paid is owed. */
  owes: boolean;
  /** A PostgreSQL array of bigints. */
  quantities: string;
  options: unknown;
  /** RFC 3339. */
  occurredAt: string | null;
  rollupTags: readonly string[];
};
type Amount = "amount" | "amount_plan" | "owed" | "waived" | "unfunded" | "available" | "transaction_seq";
export type LateOutcome = { outcome: OutcomeCode; id: string; detail: string | null } & Record<Amount, bigint | null>;

/** Errors: overloaded; what else refuses it is the outcome. */
export function recordLateUsage(
  db: Database,
  { organizationId, id }: Object,
  { eventId, price, planPrice, actual, owes, quantities, options, occurredAt, rollupTags }: LateUsage,
  { idempotencyKey, requestHash, simulatedAt }: Request,
): Promise<LateOutcome> {
  const sql = "SELECT * FROM ledger.charge_late($1, $2, $3, $4, $5, $6, $7, $8::bigint[], $9, $10, $11, $12, $13, $14)";
  return call(db, sql, [
    ...[organizationId, id, eventId, price, planPrice, actual, owes, quantities, options, occurredAt],
    ...[idempotencyKey, requestHash, rollupTags, simulatedAt ?? null],
  ]);
}

export type ExpiredHold = {
  organization_id: string;
  id: string;
  key_id: string | null;
  endpoint: string;
  model: string;
  ceiling: bigint;
  opened_at: Date;
  expires_at: Date;
  resource_type: string | null;
  resource_id: string | null;
  fingerprint: string | null;
};

/** The latest first; `before` is the id that the page before ends at. */
export async function readExpiredHolds(
  db: Database,
  {
    organizationId,
    from,
    to,
    before,
    limit,
  }: {
    organizationId: string | null;
    from: Date;
    to: Date | "infinity";
    before: string | null;
    limit: number;
  },
): Promise<ExpiredHold[]> {
  const sql = `SELECT organization_id, id, key_id, endpoint, model, ceiling, opened_at, expires_at, resource_type,
      resource_id, fingerprint
    FROM ledger.expired_holds($1, $2, $3, $4, $5)`;
  return (await db.operator.query<ExpiredHold>(sql, [organizationId, from, to, before, limit])).rows;
}

export type HoldRow = {
  key_id: string | null;
  endpoint: string;
  model: string;
  options: Record<string, string | boolean> | null;
  catalogue_version: number;
  discount_percent: number;
};

/** The pricing fields of a hold, whatever its state; undefined when the organization has none with this id. */
export async function readHold(db: Database, { organizationId, id }: Object): Promise<HoldRow | undefined> {
  const text = "SELECT * FROM ledger.find_hold($1, $2)";
  const { rows } = await db.gate.query<HoldRow>({ name: "find_hold", text, values: [organizationId, id] });
  return rows[0];
}

/** What a hold declared, by meter slot, and its ceiling; undefined when there is none. */
export async function readReserved(db: Database, { organizationId, id }: Object) {
  const { rows } = await db.gate.query<{ quantities: bigint[]; ceiling: bigint }>({
    name: "find_reserved",
    text: "SELECT quantities, ceiling FROM ledger.find_reserved($1, $2)",
    values: [organizationId, id],
  });
  return rows[0];
}

type TermsRow = { version: number | null; plan: string | null; discount_percent: number | null };

/** The running plan's terms, as this connection sees them. */
export async function readPlanTerms(client: Pick<Client, "query">, organizationId: string) {
  const text = "SELECT version, plan, discount_percent FROM ledger.find_terms($1)";
  const { rows } = await client.query<TermsRow>({ name: "find_terms", text, values: [organizationId] });
  return rows[0];
}

export async function isWorkingSecret(db: Database, secretId: string): Promise<boolean> {
  const sql = "SELECT 1 FROM gateway_secret WHERE id = $1 AND revoked_at IS NULL";
  const { rowCount } = await db.gate.query(sql, [secretId]);
  return rowCount === 1;
}

export async function endExpiredHolds({ db }: InstallationContext, most: number): Promise<number> {
  const { rows } = await db.operator.query<{ ended: number }>("SELECT ledger.expire_holds($1, NULL) AS ended", [most]);
  return rows[0]?.ended ?? 0;
}
