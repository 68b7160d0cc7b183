/** What goes wrong around a batch: a call that cannot be written, a row that is locked, a connection that dies. */
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { charge, extend, hold, refund } from "@/lib/gate";
import { Coalescer } from "@/lib/gate/coalescer";
import type { Outcome } from "@/lib/gate/operation";
import { newId } from "@/lib/kernel/ids";
import { metrics } from "@/lib/platform/metrics";
import { many, operation, outcomes, spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { asOwner, brokenInvariants, ownerRows, stateOf } from "../fixtures/ledger";
import { type Organization, organization } from "../fixtures/organization";

/** One lane, so that calls of all organizations meet in one batch. */
let lane: Coalescer;

const ctx = await installation();
beforeAll(async () => {
  lane = new Coalescer(ctx.db, 1, 400);
});

const LARGEST = 2n ** 53n - 1n;
/** Elapsed milliseconds until the work is done, with what it answered or was refused with. */
async function timed<T>(work: Promise<T>) {
  const started = performance.now();
  const [result] = await Promise.allSettled([work]);
  return { elapsed: performance.now() - started, result };
}

describe("a very large call", () => {
  it("is refused alone when a sum no longer fits", async () => {
    const [who, other] = [await organization(ctx, { credit: 10n ** 12n }), await organization(ctx, { credit: 100n })];
    await ownerRows(
      `INSERT INTO usage_rollup SELECT $1, date_bin('15 minutes', now() + n * interval '15 minutes', 'epoch'), 'tokens', 'm',
         '00000000-0000-0000-0000-000000000000', 1, ARRAY[0, 9223372036854775807 - 1000], 0 FROM generate_series(0, 1) AS n`,
      [who.organizationId],
    );
    const tokens = { organization: who.id, endpoint: "tokens", model: "m", quantities: { token: LARGEST } };
    const { answers, refused } = await outcomes([
      ...many(20, (i) => charge(ctx, { ...spend(who, 1), idempotencyKey: `a${i}` })),
      charge(ctx, { ...tokens, idempotencyKey: "large" }),
      ...many(20, (i) => charge(ctx, { ...spend(other, 1), idempotencyKey: `b${i}` })),
    ]);
    expect(answers).toHaveLength(40);
    expect(refused).toEqual(["validation_failed"]);
    expect(await stateOf(who)).toMatchObject({ remaining: 10 ** 12 - 20, entries: 0 });
    await ownerRows("DELETE FROM usage_rollup WHERE organization_id = $1 AND endpoint = 'tokens'", [
      who.organizationId,
    ]);
  });

  it("is charged exactly at the largest quantity that there is", async () => {
    const who = await organization(ctx, { credit: 10n ** 12n });
    const tokens = { organization: who.id, endpoint: "tokens", model: "m", quantities: { token: LARGEST } };
    const charged = await charge(ctx, { ...tokens, idempotencyKey: "k" });
    expect(charged.cost).toBe("9007199255");
    const [row] = await ownerRows<{ sum: string }>(
      "SELECT quantities[2] AS sum FROM usage_rollup WHERE organization_id = $1",
      [who.organizationId],
    );
    expect(row?.sum).toBe(LARGEST.toString());
    const most = operation(who.organizationId, { price: 2n ** 63n - 1n, quantities: "{9007199254740991}" });
    expect(await lane.submit(most)).toMatchObject({ code: "insufficient", amount: 2n ** 63n - 1n });
  });
});

/** Keeps a lock in another session while `work` runs. */
async function whileLocked<T>(statement: string, work: (unlock: () => Promise<void>) => Promise<T>): Promise<T> {
  return asOwner(async (client) => {
    await client.query("BEGIN");
    await client.query(statement);
    const result = await work(async () => void (await client.query("ROLLBACK")));
    await client.query("ROLLBACK");
    return result;
  });
}
const lockRow = (who: Organization) =>
  `SELECT 1 FROM balance WHERE organization_id = '${who.organizationId}' FOR UPDATE`;

/** A call of the gate that stands before a lock. */
const WAITS = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
  AND application_name = 'tollgate app'`;
const WAITS_SINCE = WAITS.replace("SELECT 1", "SELECT query_start AS at");
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(5);
}
async function lockRetries(): Promise<number> {
  const { values } = await metrics().gateRetries.get();
  return values.find(({ labels }) => labels.reason === "lock")?.value ?? 0;
}

describe("an organization that another session has locked", () => {
  it("makes no other organization wait, and answers overloaded after two seconds with nothing written", async () => {
    const [locked, ...others] = await Promise.all(many(4, () => organization(ctx, { credit: 100n })));
    if (!locked) throw new Error("no customer");
    const call = operation(locked.organizationId);
    await whileLocked(lockRow(locked), async () => {
      const waiting = timed(lane.submit(call));
      const passing = await timed(Promise.all(others.map((who) => lane.submit(operation(who.organizationId)))));
      expect(passing.result).toMatchObject({ status: "fulfilled", value: others.map(() => ({ code: "ok" })) });
      expect(passing.elapsed).toBeLessThan(1_500);
      // And so do those that come while it still waits.
      const later = await timed(Promise.all(others.map((who) => lane.submit(operation(who.organizationId)))));
      expect(later.elapsed).toBeLessThan(1_500);
      const { elapsed, result } = await waiting;
      expect(result).toMatchObject({ status: "rejected", reason: { code: "overloaded", details: { retryAfter: 1 } } });
      expect(elapsed).toBeGreaterThan(1_900);
      expect(elapsed).toBeLessThan(4_000);
    });
    expect(await stateOf(locked)).toMatchObject({ held: 0, holds: [] });
    expect(await lane.submit(call)).toMatchObject({ code: "ok" });
  });

  it("is decided as soon as the lock ends", async () => {
    const who = await organization(ctx, { credit: 100n });
    const before = await lockRetries();
    await whileLocked(lockRow(who), async (unlock) => {
      const calls = Promise.all(many(5, () => lane.submit(operation(who.organizationId))));
      await until(async () => (await lockRetries()) > before); // The batch was run again without the row.
      await unlock();
      expect((await calls).map(({ code }) => code)).toEqual(many(5, () => "ok"));
    });
  });

  it("has its calls posted at the time after the lock, not at that of the call", async () => {
    const who = await organization(ctx, { credit: 100n });
    const unlocked = await whileLocked(lockRow(who), async (unlock) => {
      const call = lane.submit(operation(who.organizationId, { kind: "charge" }));
      await until(async () => (await ownerRows(WAITS)).length > 0);
      const [clock] = await ownerRows<{ at: Date }>("SELECT date_trunc('milliseconds', clock_timestamp()) AS at");
      await unlock();
      expect((await call).code).toBe("ok");
      return clock?.at.getTime() ?? 0;
    });
    const [posted] = await ownerRows<{ at: Date }>(
      "SELECT posted_at AS at FROM transaction WHERE organization_id = $1 AND type = 'deduction'",
      [who.organizationId],
    );
    expect(posted?.at.getTime()).toBeGreaterThanOrEqual(unlocked);
  });

  it("does not hide that an unknown organization does not exist", async () => {
    const who = await organization(ctx, { credit: 100n });
    await whileLocked(lockRow(who), async () => {
      const waiting = timed(lane.submit(operation(who.organizationId)));
      const { elapsed, result } = await timed(lane.submit(operation(newId())));
      expect(result).toMatchObject({ status: "fulfilled", value: { code: "not_found" } });
      expect(elapsed).toBeLessThan(1_500);
      await waiting;
    });
  });

  it("makes single verbs wait beyond one wait for the lock", async () => {
    const who = await organization(ctx, { credit: 100n });
    const { id } = await charge(ctx, { ...spend(who, 1), idempotencyKey: "k" });
    const started = async () =>
      (await ownerRows<{ at: Date }>(`${WAITS_SINCE} AND query LIKE '%refund%'`))[0]?.at.getTime();
    await whileLocked(lockRow(who), async (unlock) => {
      const refunded = refund(ctx, { id, reason: "r", idempotencyKey: "r" });
      await until(async () => (await started()) !== undefined);
      const first = await started();
      await until(async () => ((await started()) ?? first) !== first); // The first wait is over; this is another.
      await unlock();
      expect(await refunded).toMatchObject({ refunded: "1" });
    });
  });

  it("makes single verbs answer overloaded in the end", async () => {
    const who = await organization(ctx, { credit: 100n });
    const { id } = await hold(ctx, { ...spend(who, 1), idempotencyKey: "k" });
    await whileLocked(lockRow(who), async () => {
      await expect(extend(ctx, { id, expiresIn: 900 })).rejects.toMatchObject({ code: "overloaded" });
    });
  });

  it("does not stop the gate when the lock is on a whole table", async () => {
    const who = await organization(ctx, { credit: 100n });
    await whileLocked("LOCK TABLE hold IN ACCESS EXCLUSIVE MODE", async () => {
      const { elapsed, result } = await timed(lane.submit(operation(who.organizationId)));
      expect(result).toMatchObject({ status: "rejected", reason: { code: "overloaded" } });
      expect(elapsed).toBeLessThan(4_000);
    });
    expect((await lane.submit(operation(who.organizationId))).code).toBe("ok");
  });
});

describe("a connection that dies under load", () => {
  it("leaves every call answered once, with no effect twice", async () => {
    const customers = await Promise.all(many(8, () => organization(ctx, { credit: 1_000_000n })));
    const processes = [new Coalescer(ctx.db, 2, 50), new Coalescer(ctx.db, 2, 50)];
    let running = true;
    const killer = asOwner(async (client) => {
      let killed = 0;
      while (running) {
        const { rowCount } = await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'tollgate app' AND state = 'active'`,
        );
        killed += rowCount ?? 0;
        await sleep(15);
      }
      return killed;
    });
    const operations = many(1_600, (i) =>
      operation(customers[i % 8]?.organizationId ?? "", { kind: "charge", price: 3n }),
    );
    const all = await Promise.allSettled(operations.map((call, i) => processes[i % 2]?.submit(call)));
    running = false;
    expect(await killer).toBeGreaterThan(0);
    const answered = all.flatMap((one, i) => (one.status === "fulfilled" ? [[one.value, i] as [Outcome, number]] : []));
    for (const one of all) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "overloaded" });
    for (const [{ code }] of answered) expect(["ok", "replay"]).toContain(code);
    const rows = await ownerRows<{ key: string; id: string }>(
      "SELECT idempotency_key AS key, event_id AS id FROM transaction WHERE scope = 'charge' AND organization_id = ANY ($1)",
      [customers.map(({ organizationId }) => organizationId)],
    );
    const written = new Map(rows.map(({ key, id }) => [key, id]));
    expect(written.size).toBe(rows.length);
    for (const [{ id }, i] of answered) expect(written.get(operations[i]?.idempotencyKey ?? "")).toBe(id);
    const left = await Promise.all(customers.map(stateOf));
    expect(left.reduce((sum, { remaining }) => sum + remaining, 0)).toBe(8_000_000 - 3 * rows.length);
    // What was not answered is sent again with its key, and then has happened once.
    const sentAgain = await Promise.all(operations.map((call, i) => processes[i % 2]?.submit(call)));
    expect(sentAgain.filter((outcome) => outcome?.code === "replay")).toHaveLength(rows.length);
    expect(sentAgain.filter((outcome) => outcome?.code === "ok")).toHaveLength(operations.length - rows.length);
  });
});

describe("the ledger", () => {
  it("is sound after all of this", async () => {
    const broken = await brokenInvariants(ctx);
    expect(broken.map(({ name, rows }) => ({ name, rows }))).toEqual([]);
  });
});
