import type pg from "pg";

/** What money and its decisions are made of, by organization. */
const TABLES = [
  ...["balance", '"grant"', "hold", "transaction", "entry", "ledger.usage_event", "usage_rollup", "usage_tag_rollup"],
  ...["tagged_event", "tag_total", "key_usage", "subscription", "tag_value", "idempotency_record", "member"],
].map((table) => `SELECT * FROM ${table} WHERE organization_id >= $1::uuid`);

/** Rows without what reading may note down. */
const PARTS = [
  "SELECT id, name, external_id, time_zone FROM organization WHERE id >= $1::uuid",
  "SELECT organization_id, id, name, hash, limit_total, limit_day, limit_week, limit_month, expires_at, revoked_at FROM api_key WHERE organization_id >= $1::uuid",
  "SELECT id, hash, revoked_at FROM gateway_secret",
];

// A sum of hashes needs no order, so that the whole is one pass over each table.
const sums = [...TABLES, ...PARTS].map(
  (rows) => `(SELECT count(*) || '.' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM (${rows}) t)`,
);
const CHECKSUM = `SELECT concat_ws('|', ${sums.join(", ")}) AS checksum`;

/**
 * One text that is the same as long as no row of the ledger has changed: of the subjects' organizations and of every one
 * made since. What was there before is the demo's, which lives on by itself.
 */
export async function checksum({ database, since }: { database: pg.Client; since: string }): Promise<string> {
  const { rows } = await database.query<{ checksum: string }>({ name: "checksum", text: CHECKSUM, values: [since] });
  return rows[0]?.checksum ?? "";
}
