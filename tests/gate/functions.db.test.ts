/** The ledger's functions are applied anew when they change; what an older version left must not stand in the way. */
import pg from "pg";
import { expect, it } from "vitest";
import { migrate } from "../../scripts/migrate.mjs";

it("replaces a function whose answer had another type, and drops one that is gone", async () => {
  const databaseUrl = process.env.DATABASE_URL as string;
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query("DROP FUNCTION ledger.member_room");
    await client.query(
      "CREATE FUNCTION ledger.member_room(uuid, uuid, date) RETURNS text LANGUAGE sql AS $$ SELECT 'old' $$",
    );
    await client.query("CREATE FUNCTION ledger.gone() RETURNS text LANGUAGE sql AS $$ SELECT 'old' $$");
    await client.query("UPDATE ledger.function_state SET hash = 'older'");
    expect(await migrate({ databaseUrl })).toEqual({ migrations: 0, functions: true });
    const { rows } = await client.query(
      `SELECT proname AS name, prorettype::regtype::text AS type FROM pg_proc
        WHERE pronamespace = 'ledger'::regnamespace AND proname IN ('member_room', 'gone')`,
    );
    expect(rows).toEqual([{ name: "member_room", type: "bigint" }]);
  } finally {
    await client.end();
  }
});
