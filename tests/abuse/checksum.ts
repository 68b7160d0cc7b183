import type pg from "pg";

/** Everything that money and its decisions are made of. A key's own row without what reading it may note down. */
const TABLES = [
  "SELECT * FROM balance",
  'SELECT * FROM "grant"',
  "SELECT * FROM hold",
  "SELECT * FROM transaction",
  "SELECT * FROM entry",
  "SELECT * FROM ledger.usage_event",
  "SELECT * FROM usage_rollup",
  "SELECT * FROM usage_tag_rollup",
  "SELECT * FROM key_usage",
  "SELECT * FROM subscription",
  "SELECT * FROM tag_value",
  "SELECT * FROM idempotency_record",
  "SELECT id, name, external_id, time_zone FROM organization",
  "SELECT organization_id, user_id, role FROM member",
  "SELECT organization_id, id, name, hash, limit_total, limit_day, limit_week, limit_month, expires_at, revoked_at FROM api_key",
  "SELECT id, hash, revoked_at FROM gateway_secret",
];

// A sum of hashes needs no order, so that the whole is one pass over each table.
const parts = TABLES.map(
  (rows) => `(SELECT count(*) || '.' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM (${rows}) t)`,
);
const CHECKSUM = `SELECT concat_ws('|', ${parts.join(", ")}) AS checksum`;

/** One text that is the same as long as no row of the ledger has changed. */
export async function checksum(client: pg.Client): Promise<string> {
  return (await client.query<{ checksum: string }>(CHECKSUM)).rows[0]?.checksum ?? "";
}
