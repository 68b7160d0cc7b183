/** Calls of the ledger's functions that give, subscribe and bring up to date. Each locks the balance row itself. */
import { TollgateError } from "@/lib/kernel/errors";
import type { Context, InstallationContext } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import type { GrantKind, TransactionType } from "./schema";

export type Give = {
  type: TransactionType;
  kind: GrantKind;
  amount: bigint;
  priority: number;
  expiresAt: Date | null;
  source: string;
  reference: string | null;
  scope: string;
  idempotencyKey: string;
  requestHash: string;
  description: string | null;
};
export type GivenGrant = { grantId: string; seq: bigint; replayed: boolean };

/** Where a function is called: within a change that is recorded, or by itself. */
export type Caller = Pick<Client, "query">;

export async function give(client: Caller, { organizationId, now }: Context, input: Give): Promise<GivenGrant> {
  const { rows } = await mapRaised(
    client.query<{ grant_id: string; seq: bigint; replayed: boolean }>(
      "SELECT * FROM ledger.give($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10, $11, $12, $13)",
      [
        ...[organizationId, now, input.type, input.kind, input.amount, input.priority, input.expiresAt, input.source],
        ...[input.reference, input.scope, input.idempotencyKey, input.requestHash, input.description],
      ],
    ),
  );
  const row = rows[0] as { grant_id: string; seq: bigint; replayed: boolean };
  return { grantId: row.grant_id, seq: row.seq, replayed: row.replayed };
}

/** Whether it is a further organization of a person who had one before. */
export async function isFurther({ db, organizationId }: Context): Promise<boolean> {
  const { rowCount } = await db.operator.query(
    "SELECT 1 FROM idempotency_record WHERE organization_id = $1 AND scope = 'signup' AND idempotency_key = 'further'",
    [organizationId],
  );
  return rowCount === 1;
}

export type StartPlan = {
  plan: string;
  allowance: bigint;
  discountPercent: number;
  free: boolean;
  paygMode: "toggle" | "always";
  idempotencyKey: string;
  requestHash: string;
};

/** Returns the subscription's version. Errors: conflict when a subscription is running. */
export async function startPlan(client: Caller, { organizationId, now }: Context, input: StartPlan): Promise<number> {
  const { rows } = await mapRaised(
    client.query<{ version: number }>("SELECT ledger.subscribe($1, $2, $3, $4, $5, $6, $7, $8, $9) AS version", [
      ...[organizationId, now, input.plan, input.allowance, input.discountPercent, input.free, input.paygMode],
      ...[input.idempotencyKey, input.requestHash],
    ]),
    { conflict: () => new TollgateError("conflict", "There is already an active subscription.") },
  );
  return rows[0]?.version ?? 0;
}

/** The switch and the limit before; nothing without a running subscription. */
export async function switchPayg(client: Caller, organizationId: string, enabled: boolean, limit: bigint | null) {
  const { rows } = await mapRaised(
    client.query<{ enabled: boolean; limit: bigint | null }>("SELECT * FROM ledger.set_payg($1, $2, $3)", [
      organizationId,
      enabled,
      limit,
    ]),
  );
  return rows[0];
}

/**
 * Organizations with something due: an expired grant that still has credit, or a cycle that is free or paid and starts.
 */
export async function readDue({ db }: InstallationContext, most: number): Promise<string[]> {
  const { rows } = await db.operator.query<{ id: string }>(
    `SELECT organization_id AS id FROM "grant" WHERE live AND expires_at <= clock_timestamp() AND remaining > held
     UNION SELECT organization_id FROM subscription
       WHERE status = 'active' AND (free OR cycle + 1 < paid_cycles) AND cycle_end <= clock_timestamp()
     LIMIT $1`,
    [most],
  );
  return rows.map(({ id }) => id);
}

/** `now` null is the database's clock. Returns how many transactions were made. */
export async function advanceOne(
  { db }: InstallationContext,
  organizationId: string,
  now: Date | null,
): Promise<number> {
  const { rows } = await mapRaised(
    db.operator.query<{ made: number }>("SELECT ledger.advance($1, $2) AS made", [organizationId, now]),
  );
  return rows[0]?.made ?? 0;
}

export async function makePartitions({ db }: InstallationContext, from: Date, to: Date): Promise<number> {
  const { rows } = await db.operator.query<{ made: number }>("SELECT ledger.ensure_partitions($1, $2) AS made", [
    from,
    to,
  ]);
  return rows[0]?.made ?? 0;
}
