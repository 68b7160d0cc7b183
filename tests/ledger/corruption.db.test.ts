/** Every invariant is broken on purpose; the check that watches it must say so, and no other than the ones named. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyLedger } from "@/lib/ledger";
import { presetInstallation } from "../fixtures/catalogue";
import { brokenInvariants } from "../fixtures/ledger";
import { lateCases } from "./late-cases";
import { type Case, loweredCap, moneyCases } from "./money-cases";
import { ownerCases } from "./owner-cases";
import { fillLedger } from "./scenario";
import { statementCases } from "./statement-cases";
import { usageCases } from "./usage-cases";

let made: Awaited<ReturnType<typeof fillLedger>>;
let owner: pg.Client;

const ctx = await presetInstallation("apertis");
beforeAll(async () => {
  made = await fillLedger(ctx);
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await owner.connect();
  await owner.query(
    'ALTER TABLE "grant" DROP CONSTRAINT grant_check, DROP CONSTRAINT grant_check1, DROP CONSTRAINT grant_check2',
  );
  await owner.query(
    "ALTER TABLE hold DROP CONSTRAINT hold_check1; ALTER TABLE balance DROP CONSTRAINT balance_debt_check",
  );
  await owner.query("ALTER TABLE entry DROP CONSTRAINT entry_amount_check");
});
afterAll(() => owner.end());

const P = () => `organization_id = '${made.planned.organizationId}'`;
const S = () => `organization_id = '${made.simple.organizationId}'`;
const LAST = () => `(SELECT max(seq) FROM transaction WHERE ${S()})`;
const DEDUCTION = () => `(SELECT max(seq) FROM transaction WHERE ${S()} AND type = 'deduction')`;

const CASES: Case[] = [
  {
    name: "an entry was changed",
    caught: ["transactions_balance", "amounts_match_entries", "grants"],
    break: () =>
      `UPDATE entry SET amount = amount - 1 WHERE ${S()} AND transaction_seq = ${LAST()} AND account = 'grant'`,
  },
  {
    name: "a transaction lost its entries",
    caught: ["transactions_balance", "amounts_match_entries", "grants"],
    break: () => `DELETE FROM entry WHERE ${S()} AND transaction_seq = ${LAST()}`,
  },
  {
    name: "entries balance, but not with their transaction's amount",
    caught: ["amounts_match_entries", "grants"],
    break: () => `UPDATE entry SET amount = amount * 2 WHERE ${S()} AND transaction_seq = ${LAST()}`,
  },
  {
    name: "an idempotency key was used twice",
    caught: ["keys_once"],
    break: () => `DROP INDEX transaction_idempotency_key_organization_id_scope_key;
      UPDATE transaction SET idempotency_key = 's1' WHERE ${S()} AND idempotency_key = 's2'`,
  },
  {
    name: "a hold has no idempotency key",
    caught: ["keys_once"],
    break: () => `UPDATE hold SET idempotency_key = '' WHERE ${S()} AND idempotency_key = 'h1'`,
  },
  {
    name: "a grant remembers more than its entries",
    caught: ["grants", "running_balance"],
    break: () => `UPDATE "grant" SET remaining = remaining + 1 WHERE ${S()}`,
  },
  {
    name: "a grant has more left than was given, entries and all",
    caught: ["grants", "running_balance", "amounts_match_entries", "transactions_balance"],
    break: () => `UPDATE "grant" SET remaining = amount + 5 WHERE ${S()}; UPDATE entry SET amount = (SELECT amount + 5
      FROM "grant" WHERE ${S()}) - (SELECT sum(e.amount) FROM entry e WHERE e.${S()} AND e.account = 'grant'
      AND e.transaction_seq < ${LAST()}) WHERE ${S()} AND transaction_seq = ${LAST()} AND account = 'grant'`,
  },
  {
    name: "a grant was made larger",
    caught: ["grants"],
    break: () => `UPDATE "grant" SET amount = amount + 1 WHERE ${S()}`,
  },
  {
    name: "a used-up grant still counts as live",
    caught: ["grants"],
    break: () => `UPDATE "grant" SET live = NOT live WHERE ${S()}`,
  },
  {
    name: "a grant holds more than the open holds",
    caught: ["held"],
    break: () => `UPDATE "grant" SET held = held + 1 WHERE ${S()}`,
  },
  {
    name: "a hold was closed without giving back",
    caught: ["held", "key_usage", "payg"],
    break: () => `UPDATE hold SET state = 'released', ended_at = now(), cost = 0, waived = 0, cost_plan = 0
      WHERE ${P()} AND idempotency_key = 'open'`,
  },
  {
    name: "a hold's parts do not make its ceiling",
    caught: ["held"],
    break: () => `UPDATE hold SET grant_amounts[1] = grant_amounts[1] + 1 WHERE ${S()} AND idempotency_key = 'h1'`,
  },
  {
    name: "debt appeared from nowhere, while credit remains",
    caught: ["debt", "running_balance"],
    break: () => `UPDATE balance SET debt = 7 WHERE ${S()}`,
  },
  {
    name: "debt is recorded while free credit remains",
    caught: ["debt"],
    break: () => `WITH t AS (UPDATE entry SET account = 'debt', grant_id = NULL WHERE ${S()} AND account = 'grant'
        AND transaction_seq = ${LAST()} RETURNING -amount AS amount),
      b AS (UPDATE balance SET debt = debt + t.amount FROM t WHERE ${S()})
      UPDATE "grant" SET remaining = remaining + t.amount FROM t WHERE ${S()}`,
  },
  {
    name: "a settled hold forgot its deduction",
    caught: ["holds_end_once", "hold_events"],
    break: () => `UPDATE hold SET transaction_seq = NULL WHERE ${S()} AND idempotency_key = 'h1'`,
  },
  {
    name: "a hold was settled twice",
    caught: ["holds_end_once", "events"],
    break: () => `UPDATE transaction SET event_id = (SELECT id FROM hold WHERE ${S()} AND idempotency_key = 'h1')
      WHERE ${S()} AND seq = (SELECT transaction_seq FROM hold WHERE ${S()} AND idempotency_key = 'h2')`,
  },
  {
    name: "a settled hold was made released",
    caught: ["holds_end_once", "hold_events"],
    break: () => `UPDATE hold SET state = 'released' WHERE ${S()} AND idempotency_key = 'h1'`,
  },
  {
    name: "a call cost more than its ceiling",
    caught: ["ceiling", "held"],
    break: () => `UPDATE hold SET ceiling = cost - 1 WHERE ${S()} AND idempotency_key = 'h1'`,
  },
  {
    name: "nobody sweeps",
    caught: ["holds_overdue"],
    break: () => `UPDATE hold SET expires_at = now() - interval '6 minutes' WHERE ${P()} AND idempotency_key = 'open'`,
  },
  {
    name: "a transaction is missing in the middle",
    caught: ["sequence", "running_balance", "one_organization", "events", "holds_end_once"],
    break: () => `DELETE FROM transaction WHERE ${S()} AND seq = 3`,
  },
  {
    name: "the balance names another last number",
    caught: ["sequence"],
    break: () => `UPDATE balance SET seq = seq + 1 WHERE ${S()}`,
  },
  {
    name: "a running balance is off",
    caught: ["running_balance"],
    break: () => `UPDATE transaction SET balance_after = balance_after + 1 WHERE ${S()} AND seq = 2`,
  },
  {
    name: "a posting went back in time",
    caught: ["posting_time", "events"],
    break: () =>
      `UPDATE transaction SET posted_at = posted_at - interval '1 hour' WHERE ${S()} AND seq = ${DEDUCTION()}`,
  },
  {
    name: "an event costs another amount than its transaction",
    caught: ["events", "hold_events", "usage_rollup"],
    break: () => `UPDATE ledger.usage_event SET cost = cost + 1 WHERE ${S()} AND transaction_seq = 3`,
  },
  {
    name: "a deduction has no event",
    caught: ["events", "hold_events", "usage_rollup"],
    break: () => `DELETE FROM ledger.usage_event WHERE ${S()} AND transaction_seq = 3`,
  },
  {
    name: "a hold and its event name other models",
    caught: ["hold_events"],
    break: () => `UPDATE hold SET model = 'gpt-4.1' WHERE ${S()} AND idempotency_key = 'h1'`,
  },
  {
    name: "a call was given back twice",
    caught: ["refunds"],
    break: () => `UPDATE ledger.usage_event SET reverses = '${made.hybrid}' WHERE ${P()} AND requests = -1`,
  },
  {
    name: "a key's spending was reset",
    caught: ["key_usage"],
    break: () => `UPDATE key_usage SET total_spent = 0 WHERE ${P()}`,
  },
  {
    name: "a key lost its counters",
    caught: ["key_usage"],
    break: () => `DELETE FROM key_usage WHERE ${P()}`,
  },
  {
    name: "a PAYG cycle counts too little",
    caught: ["payg"],
    break: () => `UPDATE subscription SET payg_spent = payg_spent - 1 WHERE ${P()}`,
  },
  {
    name: "a call went beyond its key's limit",
    caught: ["limits"],
    break: () => `UPDATE api_key SET limit_day = 1000 WHERE ${P()}`,
  },
  {
    name: "a call went beyond the PAYG limit",
    caught: ["limits"],
    break: () => `UPDATE subscription SET payg_limit = 1000, payg_set_at = 'epoch' WHERE ${P()}`,
  },
  {
    name: "an entry took from another organization's grant",
    caught: ["one_organization", "grants"],
    break: () => `UPDATE entry SET grant_id = (SELECT id FROM "grant" WHERE ${P()} AND kind = 'purchased')
      WHERE ${S()} AND transaction_seq = 3 AND account = 'grant'`,
  },
  {
    name: "an organization has no balance",
    caught: ["one_organization"],
    break: () => `INSERT INTO organization (id, name) VALUES (gen_random_uuid(), 'Lost')`,
  },
  {
    name: "the app may delete entries",
    caught: ["append_only"],
    break: () => "GRANT DELETE ON entry TO tollgate_app",
  },
  {
    name: "the app may change one column of a partition",
    caught: ["append_only"],
    break: () => `DO $$ BEGIN EXECUTE format('GRANT UPDATE (cost) ON %s TO tollgate_app',
      (SELECT min(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'ledger.usage_event'::regclass)); END $$`,
  },
  {
    name: "a table has no row level security",
    caught: ["row_security"],
    break: () => "ALTER TABLE hold DISABLE ROW LEVEL SECURITY",
  },
  ...moneyCases(() => made.paying),
  ...ownerCases(() => made),
  ...statementCases(() => made),
  ...lateCases(() => made),
  ...usageCases(() => made),
];

/** The damage is done in a transaction, checked from within it, and rolled back. */
async function caughtBy(sql: string): Promise<string[]> {
  await owner.query("BEGIN");
  try {
    await owner.query(sql);
    const checks = await verifyLedger(ctx, owner);
    return checks.filter(({ rows }) => rows.length > 0).map(({ name }) => name);
  } finally {
    await owner.query("ROLLBACK");
  }
}

describe("a broken invariant", () => {
  it.each(CASES)("is caught: $name", async ({ caught, break: sql }) => {
    const found = await caughtBy(sql());
    expect(found).toContain(caught[0]);
    expect([...found].sort()).toEqual([...caught].sort());
  });

  it("is gone when its corruption is undone", async () => {
    expect(await brokenInvariants(ctx)).toEqual([]);
  });

  it("has a case here for each check", async () => {
    const names = (await verifyLedger(ctx)).map(({ name }) => name);
    expect(names.filter((name) => !CASES.some(({ caught }) => caught[0] === name))).toEqual([]);
  });

  it("is not reported for a limit that was lowered later, which only refuses new calls", async () => {
    const lowered = `UPDATE api_key SET limit_day = 1000, limits_set_at = now() WHERE ${P()};
      UPDATE subscription SET payg_limit = 1000, payg_set_at = now() WHERE ${P()};
      ${loweredCap(made.paying.organizationId)}`;
    expect(await caughtBy(lowered)).toEqual([]);
  });
});
