import { beforeAll, describe, expect, it } from "vitest";
import { verifyLedger } from "@/lib/ledger";
import { presetInstallation } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { fillLedger } from "./scenario";

let made: Awaited<ReturnType<typeof fillLedger>>;

const ctx = await presetInstallation("apertis");
beforeAll(async () => {
  made = await fillLedger(ctx);
});

describe("a ledger in which everything has happened", () => {
  it("is sound", async () => {
    const checks = await verifyLedger(ctx);
    expect(checks.length).toBeGreaterThan(20);
    expect(checks.filter(({ rows }) => rows.length > 0)).toEqual([]);
    for (const { rule } of checks) expect(rule).toMatch(/^[A-Z].+\.$/);
  });

  it("has the expired hold ended", async () => {
    const [hold] = await ownerRows<{ state: string }>("SELECT state FROM hold WHERE id = $1", [made.expired]);
    expect(hold?.state).toBe("expired");
  });

  it("has what the checks look at", async () => {
    const [counts] = await ownerRows(
      `SELECT (SELECT count(*)::int FROM hold WHERE state = 'open') AS open,
        (SELECT count(*)::int FROM transaction WHERE type = 'refund') AS refunds,
        (SELECT count(*)::int FROM usage_tag_rollup) AS tags,
        (SELECT count(*)::int FROM ledger.usage_event WHERE cost_plan > 0 AND cost > cost_plan) AS hybrid,
        (SELECT count(*)::int FROM subscription WHERE payg_spent > 0 AND payg_held > 0) AS payg`,
    );
    expect(counts).toMatchObject({ open: 1, refunds: 2, hybrid: 1, payg: 1 });
    expect(counts?.tags).toBeGreaterThan(0);
  });
});
