/**
 * Hold and settle as one writes them first: one transaction per step, the account's row locked by SELECT … FOR UPDATE,
 * a statement for each thing. It writes the gate's rows: hold, transaction, two entries, event, rollup, counters.
 */
import pg from "pg";

const CONNECTIONS = 20;

const SQL = {
  replay: "SELECT id, ceiling FROM plain.hold WHERE organization_id = $1 AND idempotency_key = $2",
  key: "SELECT limit_month, revoked_at FROM api_key WHERE organization_id = $1 AND id = $2",
  account: "SELECT remaining, held, seq FROM plain.account WHERE organization_id = $1 FOR UPDATE",
  keyUsage: "SELECT month_spent, month_held FROM plain.key_usage WHERE organization_id = $1 AND key_id = $2 FOR UPDATE",
  insertHold: `INSERT INTO plain.hold (organization_id, id, idempotency_key, request_hash, key_id, endpoint, model,
    quantities, catalogue_version, discount_percent, ceiling, ceiling_plan, grant_ids, grant_amounts, opened_on, opened_at,
    first_expires_at, expires_at, available_after)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 0, $9, 0, '{}', '{}', now()::date, now(), now() + interval '10 minutes',
      now() + interval '10 minutes', $10)`,
  holdAccount: "UPDATE plain.account SET held = held + $2 WHERE organization_id = $1",
  holdKey: `UPDATE plain.key_usage SET total_held = total_held + $3, day_held = day_held + $3, week_held = week_held + $3,
    month_held = month_held + $3 WHERE organization_id = $1 AND key_id = $2`,
  hold: "SELECT state, key_id, endpoint, model, ceiling FROM plain.hold WHERE organization_id = $1 AND id = $2 FOR UPDATE",
  endHold: `UPDATE plain.hold SET state = 'settled', ended_at = now(), end_key = $3, end_hash = $4, cost = $5, cost_plan = 0,
    waived = 0, end_available = $6, transaction_seq = $7 WHERE organization_id = $1 AND id = $2`,
  insertTransaction: `INSERT INTO plain.transaction (organization_id, seq, type, amount, balance_after, available_after,
    posted_at, scope, idempotency_key, request_hash, event_id, key_id)
    VALUES ($1, $2, 'deduction', $3, $4, $5, now(), 'settle', $6, $7, $8, $9)`,
  insertEntries: `INSERT INTO plain.entry (organization_id, transaction_seq, line, account, grant_id, amount)
    VALUES ($1, $2, 0, 'usage', NULL, $3), ($1, $2, 1, 'grant', $1, $4)`,
  insertEvent: `INSERT INTO plain.usage_event (organization_id, id, occurred_at, posted_at, key_id, endpoint, model,
    quantities, catalogue_version, cost, transaction_seq) VALUES ($1, $2, now(), now(), $3, $4, $5, $6, 1, $7, $8)`,
  rollup: `INSERT INTO plain.usage_rollup AS r (organization_id, bucket, endpoint, model, key_id, requests, quantities, cost)
    VALUES ($1, date_bin('15 minutes', now(), 'epoch'), $2, $3, $4, 1, $5, $6)
    ON CONFLICT (organization_id, bucket, endpoint, model, key_id, member_id) DO UPDATE SET requests = r.requests + 1,
      cost = r.cost + excluded.cost, quantities = ARRAY[r.quantities[1] + excluded.quantities[1],
      r.quantities[2] + excluded.quantities[2]]`,
  settleAccount:
    "UPDATE plain.account SET held = held - $2, remaining = remaining - $3, seq = $4 WHERE organization_id = $1",
  settleKey: `UPDATE plain.key_usage SET total_held = total_held - $3, day_held = day_held - $3, week_held = week_held - $3,
    month_held = month_held - $3, total_spent = total_spent + $4, day_spent = day_spent + $4, week_spent = week_spent + $4,
    month_spent = month_spent + $4 WHERE organization_id = $1 AND key_id = $2`,
} as const;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });
type Values = (string | bigint | string[] | null)[];
type Row = Record<string, string | null>;

async function inTransaction<T>(
  work: (run: (name: keyof typeof SQL, values: Values) => Promise<Row | undefined>) => Promise<T>,
) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(async (name, values) => {
      const { rows } = await client.query<Row>({ name, text: SQL[name], values });
      return rows[0];
    });
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

const amount = (row: Row | undefined, column: string) => BigInt(row?.[column] ?? 0);

export type PlainHold = {
  organizationId: string;
  keyId: string;
  id: string;
  idempotencyKey: string;
  requestHash: string;
  endpoint: string;
  model: string;
  quantities: string[];
  ceiling: bigint;
};

/** Undefined when the hold does not fit. */
export function plainHold(input: PlainHold): Promise<{ id: string; available: bigint } | undefined> {
  const { organizationId, keyId, id, idempotencyKey, requestHash, endpoint, model, quantities, ceiling } = input;
  return inTransaction(async (run) => {
    const before = await run("replay", [organizationId, idempotencyKey]);
    if (before) return { id: before.id as string, available: 0n };
    const key = await run("key", [organizationId, keyId]);
    const account = await run("account", [organizationId]);
    const usage = await run("keyUsage", [organizationId, keyId]);
    const available = amount(account, "remaining") - amount(account, "held") - ceiling;
    const used = amount(usage, "month_spent") + amount(usage, "month_held") + ceiling;
    if (!key || key.revoked_at || used > amount(key, "limit_month") || available < 0n) return undefined;
    await run("insertHold", [
      ...[organizationId, id, idempotencyKey, requestHash, keyId, endpoint, model, quantities, ceiling, available],
    ]);
    await run("holdAccount", [organizationId, ceiling]);
    await run("holdKey", [organizationId, keyId, ceiling]);
    return { id, available };
  });
}

export type PlainSettle = Pick<PlainHold, "organizationId" | "id" | "idempotencyKey" | "requestHash" | "quantities"> & {
  price: (endpoint: string, model: string) => bigint;
};

/** Undefined when there is no such open hold. */
export function plainSettle({ organizationId, id, idempotencyKey, requestHash, quantities, price }: PlainSettle) {
  return inTransaction(async (run) => {
    const account = await run("account", [organizationId]);
    const hold = await run("hold", [organizationId, id]);
    if (hold?.state !== "open") return undefined;
    const { key_id: keyId = null, endpoint = "", model = "" } = hold;
    const ceiling = amount(hold, "ceiling");
    const asked = price(endpoint as string, model as string);
    const cost = asked < ceiling ? asked : ceiling;
    const seq = amount(account, "seq") + 1n;
    const remaining = amount(account, "remaining") - cost;
    const available = remaining - amount(account, "held") + ceiling;
    await run("endHold", [organizationId, id, idempotencyKey, requestHash, cost, available, seq]);
    await run("insertTransaction", [
      ...[organizationId, seq, -cost, remaining, available, idempotencyKey, requestHash, id, keyId],
    ]);
    await run("insertEntries", [organizationId, seq, cost, -cost]);
    await run("insertEvent", [organizationId, id, keyId, endpoint, model, quantities, cost, seq]);
    await run("rollup", [organizationId, endpoint, model, keyId, quantities, cost]);
    await run("settleAccount", [organizationId, ceiling, cost, seq]);
    await run("settleKey", [organizationId, keyId, ceiling, cost]);
    return { cost, available };
  });
}
