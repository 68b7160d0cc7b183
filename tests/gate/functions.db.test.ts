/** Changed functions of the ledger are applied again, and functions of an older version are removed first. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, it } from "vitest";
import { migrate } from "../../scripts/migrate.mjs";

it("migrate replaces functions and types that had another form, and drops those that no file declares", async () => {
  const databaseUrl = process.env.DATABASE_URL as string;
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query("DROP FUNCTION ledger.member_room");
    await client.query(
      "CREATE FUNCTION ledger.member_room(uuid, uuid, date) RETURNS text LANGUAGE sql AS $$ SELECT 'old' $$",
    );
    await client.query("CREATE TYPE ledger.gone_type AS (id uuid)");
    await client.query("CREATE TYPE ledger.gone_list AS (items ledger.gone_type[])");
    await client.query("ALTER TYPE ledger.gate_hold DROP ATTRIBUTE ceiling");
    await client.query("CREATE FUNCTION ledger.gone() RETURNS text LANGUAGE sql AS $$ SELECT 'old' $$");
    await client.query("UPDATE ledger.function_state SET hash = 'older'");
    expect(await migrate({ databaseUrl })).toEqual({ migrations: 0, functions: true });
    const { rows } = await client.query(
      `SELECT proname AS name, prorettype::regtype::text AS type FROM pg_proc
        WHERE pronamespace = 'ledger'::regnamespace AND proname IN ('member_room', 'gone')`,
    );
    expect(rows).toEqual([{ name: "member_room", type: "bigint" }]);
    const types = await client.query(
      `SELECT c.relname AS name, a.attname AS field FROM pg_class c
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'ceiling'
        WHERE c.relnamespace = 'ledger'::regnamespace AND c.relname IN ('gate_hold', 'gone_type', 'gone_list')`,
    );
    expect(types.rows).toEqual([{ name: "gate_hold", field: "ceiling" }]);
  } finally {
    await client.end();
  }
});

it("migrate replaces functions under a connected server, which continues with its prepared statements", async () => {
  const databaseUrl = process.env.DATABASE_URL as string;
  const server = new pg.Client(databaseUrl);
  await server.connect();
  try {
    const prepared = { name: "room", text: "SELECT ledger.payg_room($1) AS room", values: [randomUUID()] };
    const before = await server.query(prepared);
    await server.query("UPDATE ledger.function_state SET hash = 'older'");
    expect(await migrate({ databaseUrl })).toEqual({ migrations: 0, functions: true });
    expect((await server.query(prepared)).rows).toEqual(before.rows);
  } finally {
    await server.end();
  }
});
