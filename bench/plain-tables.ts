/** Tables of their own for the plain implementation, of the same shape and with the same indexes as the ledger's. */
import pg from "pg";

const TABLES = `
  CREATE SCHEMA plain;
  CREATE TABLE plain.account (
    organization_id uuid PRIMARY KEY, remaining bigint NOT NULL, held bigint NOT NULL DEFAULT 0, seq bigint NOT NULL DEFAULT 0
  ) WITH (fillfactor = 50);
  CREATE TABLE plain.hold (LIKE public.hold INCLUDING ALL);
  CREATE TABLE plain.transaction (LIKE public.transaction INCLUDING ALL);
  CREATE TABLE plain.entry (LIKE public.entry INCLUDING ALL);
  CREATE TABLE plain.usage_event (LIKE ledger.usage_event INCLUDING ALL);
  CREATE TABLE plain.usage_rollup (LIKE public.usage_rollup INCLUDING ALL);
  CREATE TABLE plain.key_usage (LIKE public.key_usage INCLUDING ALL) WITH (fillfactor = 50);
  INSERT INTO plain.key_usage (organization_id, key_id) SELECT organization_id, key_id FROM public.key_usage`;

export async function preparePlain(organizations: string[], credit: bigint): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(TABLES);
  await client.query("INSERT INTO plain.account (organization_id, remaining) SELECT unnest($1::uuid[]), $2", [
    organizations,
    credit,
  ]);
  await client.end();
}
