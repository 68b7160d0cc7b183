/** The database itself refuses reads of other organizations' rows and changes of history, for every query. */
import type pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { setAlerts } from "@/lib/alerts";
import { charge } from "@/lib/gate";
import { queryOrganization } from "@/lib/platform/db";
import { spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { keyOf, type Organization, organization } from "../fixtures/organization";

let mine: Organization;
let theirs: Organization;

const ctx = await installation();
beforeAll(async () => {
  [mine, theirs] = [
    await organization(ctx, { credit: 100n, plan: "monthly" }),
    await organization(ctx, { credit: 100n }),
  ];
  for (const who of [mine, theirs]) {
    const key = await keyOf(who);
    await setAlerts(who.ctx, { levels: "on" });
    await charge(ctx, { ...spend(key, 1), tags: { agent: "a", run: "r" }, idempotencyKey: "k" });
  }
});

const OWNED = `SELECT c.oid::regclass::text AS name FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
  WHERE c.relnamespace IN ('public'::regnamespace, 'ledger'::regnamespace) AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition ORDER BY 1`;
const owned = async () => [...(await ownerRows<{ name: string }>(OWNED)).map(({ name }) => name), "organization"];

/** The SQLSTATE with which a statement is refused; "allowed" when it is not. It is rolled back either way. */
async function refusal(pool: pg.Pool, statement: string): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('tollgate.organization', $1, true)", [mine.organizationId]);
    await client.query(statement);
    return "allowed";
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}
const DENIED = "42501";

describe("a row of the books", () => {
  const append = ["entry", "transaction", "ledger.usage_event", "audit_entry", "tagged_event"];
  const statements = (table: string) => [
    `UPDATE ${table} SET organization_id = organization_id`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table}`,
  ];

  it.each(append)("cannot be changed or removed by the server or the operator: %s", async (table) => {
    for (const statement of statements(table)) {
      for (const pool of [ctx.db.read, ctx.db.gate, ctx.db.operator])
        expect(await refusal(pool, statement)).toBe(DENIED);
    }
  });

  it("cannot be changed by the ledger's own functions either", async () => {
    const rows = await ownerRows<{ may: string }>(
      `SELECT t.name || ' ' || p.privilege AS may FROM unnest($1::text[]) AS t (name),
         unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege)
       WHERE has_table_privilege('tollgate_ledger', t.name, p.privilege)`,
      [append],
    );
    expect(rows).toEqual([]);
  });

  it("cannot be written past the functions: no credit, no event, no balance by hand", async () => {
    const id = "01930000-0000-7000-8000-000000000000";
    const grant = `INSERT INTO "grant" (organization_id, id, kind, amount, remaining, source) VALUES ('${mine.organizationId}', '${id}', 'purchased', 1, 1, 'me')`;
    const others = [
      `UPDATE "grant" SET remaining = remaining + 1`,
      `DELETE FROM "grant"`,
      `INSERT INTO entry VALUES ('${mine.organizationId}', 1, 9, 'usage', NULL, 1)`,
      "UPDATE balance SET debt = 0, seq = 0",
      "UPDATE hold SET state = 'open'",
      "UPDATE key_usage SET total_spent = 0",
      "UPDATE subscription SET payg_spent = 0",
      "DELETE FROM usage_rollup",
      "DELETE FROM idempotency_record",
      "TRUNCATE hold, balance",
      "CREATE TABLE ledger.mine (id integer)",
      "ALTER TABLE entry DISABLE ROW LEVEL SECURITY",
    ];
    for (const statement of [grant, ...others]) {
      for (const pool of [ctx.db.gate, ctx.db.operator])
        expect([statement, await refusal(pool, statement)]).toEqual([statement, DENIED]);
    }
  });

  it("is in a partition that is read and written through its table only", async () => {
    const partitions = await ownerRows<{ name: string; may: boolean }>(
      `SELECT i.inhrelid::regclass::text AS name, bool_or(has_table_privilege(r.role, i.inhrelid, p.privilege)) AS may
       FROM pg_inherits i, unnest(ARRAY['tollgate_app', 'tollgate_operator', 'tollgate_ledger']) AS r (role),
         unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege)
       WHERE i.inhparent = 'ledger.usage_event'::regclass GROUP BY 1`,
    );
    expect(partitions.length).toBeGreaterThan(2);
    expect(partitions.filter(({ may }) => may)).toEqual([]);
  });
});

describe("another organization's rows", () => {
  it("have a policy on every table that keeps an organization's rows", async () => {
    const rows = await ownerRows<{ name: string }>(
      `SELECT t.name FROM unnest($1::text[]) AS t (name) JOIN pg_class c ON c.oid = t.name::regclass
       WHERE NOT c.relrowsecurity OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
         AND 'tollgate_app'::regrole = ANY (p.polroles))`,
      [await owned()],
    );
    expect(rows).toEqual([]);
  });

  it("stay invisible to a read that forgets to name one organization", async () => {
    const tables = await owned();
    const counts = await queryOrganization(ctx.db, mine.organizationId, async (client) => {
      const found: Record<string, { mine: number; others: number }> = {};
      for (const table of tables) {
        const column = table === "organization" ? "id" : "organization_id";
        const { rows } = await client.query(
          `SELECT count(*) FILTER (WHERE ${column} = $1)::integer AS mine,
             count(*) FILTER (WHERE ${column} <> $1)::integer AS others FROM ${table}`,
          [mine.organizationId],
        );
        found[table] = rows[0];
      }
      return found;
    });
    expect(Object.entries(counts).filter(([, { others }]) => others > 0)).toEqual([]);
    const empty = Object.entries(counts).flatMap(([table, { mine }]) => (mine === 0 ? [table] : []));
    // Rows of these are made by people who sign in, by holds and by calls that cost nothing; and by who pays.
    const paying = [
      "auto_top_up",
      "dispute",
      "invoice",
      "payment",
      "payment_customer",
      "payment_method",
      "payment_refund",
    ];
    const rest = ["hold", "idempotency_record", "invitation", "member", "statement", "tag_value"];
    expect(empty.sort()).toEqual([...paying, ...rest].sort());
  });

  it("stay invisible without an organization, and after the transaction that named one", async () => {
    for (const pool of [ctx.db.read, ctx.db.gate]) {
      const { rows } = await pool.query(
        "SELECT (SELECT count(*) FROM transaction)::integer AS n, current_user AS role",
      );
      expect(rows[0]).toEqual({ n: 0, role: "tollgate_app" });
    }
  });

  it("cannot be made either: an audit row belongs to its own organization only", async () => {
    const insert = (who: Organization) =>
      `INSERT INTO audit_entry (organization_id, id, at, actor_type, action, object_type)
       VALUES ('${who.organizationId}', gen_random_uuid(), now(), 'job', 'key.created', 'key')`;
    expect(await refusal(ctx.db.read, insert(theirs))).toBe(DENIED);
    expect(await refusal(ctx.db.read, insert(mine))).toBe("allowed");
  });

  it("cannot be written by hand: members, keys, invitations", async () => {
    const statements = [
      `INSERT INTO api_key (organization_id, id, name, hash, hint) VALUES ('${mine.organizationId}', gen_random_uuid(), 'k', '\\x00', 'h')`,
      "UPDATE api_key SET revoked_at = NULL",
      `INSERT INTO member (organization_id, user_id, role) VALUES ('${mine.organizationId}', gen_random_uuid(), 'owner')`,
      "UPDATE member SET role = 'owner'",
      "DELETE FROM member",
      "UPDATE invitation SET role = 'admin'",
      "UPDATE organization SET name = 'mine'",
    ];
    for (const statement of statements) expect(await refusal(ctx.db.read, statement), statement).toBe(DENIED);
  });
});

describe("the ledger's functions", () => {
  it("have a fixed search path, and no other role may run them", async () => {
    const rows = await ownerRows<{ name: string }>(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p WHERE p.pronamespace = 'ledger'::regnamespace
       AND (has_function_privilege('public', p.oid, 'EXECUTE')
         OR p.prosecdef AND NOT coalesce(p.proconfig::text LIKE '%search_path=ledger, public, pg_temp%', false))`,
    );
    expect(rows).toEqual([]);
  });
});
