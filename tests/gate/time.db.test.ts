/** Days, months and cycles in the customer's time zone; holds, grants and plans whose time is over. */
import { beforeAll, describe, expect, it } from "vitest";
import { keySelf } from "@/lib/accounts";
import { charge, expireHolds, extend, type GateContext, hold, refund, settle } from "@/lib/gate";
import { runBatch } from "@/lib/gate/batch-store";
import type { Operation } from "@/lib/gate/operation";
import { parsePublicId } from "@/lib/kernel/ids";
import { advance, balance, grant } from "@/lib/ledger";
import { many, operation, outcomes, spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows, stateOf } from "../fixtures/ledger";
import { keyOf, type Organization, organization } from "../fixtures/organization";

const real = await installation();
beforeAll(async () => {
  await real.db.operator.query("SELECT ledger.ensure_partitions('2026-01-01', '2027-02-01')");
});

/** The gate at a time of the test's choosing. */
const when = (text: string | Date): GateContext => ({ ...real, now: new Date(text), simulatedAt: new Date(text) });
const used = (credits: number) => ({ quantities: { credit: BigInt(credits) } });
const HOUR_MS = 3_600_000;

describe("the window of a key", () => {
  // [zone, the window, its first moments (UTC), its last moment, the next one's first moment]
  it.each([
    ["Europe/Berlin", "day", "2026-03-28T23:00:00.000Z", "2026-03-29T21:59:59.999Z", "2026-03-29T22:00:00.000Z"],
    ["Europe/Berlin", "day", "2026-10-24T22:00:00.000Z", "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00.000Z"],
    ["Europe/Berlin", "week", "2026-03-22T23:00:00.000Z", "2026-03-29T21:59:59.999Z", "2026-03-29T22:00:00.000Z"],
    ["Europe/Berlin", "month", "2026-02-28T23:00:00.000Z", "2026-03-31T21:59:59.999Z", "2026-03-31T22:00:00.000Z"],
    ["Asia/Kathmandu", "day", "2026-05-09T18:15:00.000Z", "2026-05-10T18:14:59.999Z", "2026-05-10T18:15:00.000Z"],
    ["Asia/Kathmandu", "month", "2026-04-30T18:15:00.000Z", "2026-05-31T18:14:59.999Z", "2026-05-31T18:15:00.000Z"],
    ["America/New_York", "day", "2026-11-01T04:00:00.000Z", "2026-11-02T04:59:59.999Z", "2026-11-02T05:00:00.000Z"],
    // A midnight that comes twice is the first of the two; one that is left out is the moment of the change.
    ["Atlantic/Azores", "day", "2026-10-24T00:00:00.000Z", "2026-10-24T23:59:59.999Z", "2026-10-25T00:00:00.000Z"],
    ["Atlantic/Azores", "day", "2026-10-25T00:00:00.000Z", "2026-10-26T00:59:59.999Z", "2026-10-26T01:00:00.000Z"],
    ["America/Havana", "month", "2026-10-01T04:00:00.000Z", "2026-11-01T03:59:59.999Z", "2026-11-01T04:00:00.000Z"],
    ["America/Santiago", "day", "2026-09-05T04:00:00.000Z", "2026-09-06T03:59:59.999Z", "2026-09-06T04:00:00.000Z"],
    ["Africa/Cairo", "day", "2026-04-22T22:00:00.000Z", "2026-04-23T21:59:59.999Z", "2026-04-23T22:00:00.000Z"],
  ] as const)("follows the calendar: in %s the %s runs from %s to %s", async (timeZone, window, first, last, next) => {
    const before = new Date(new Date(first).getTime() - 1);
    const who = await organization(when(before), { credit: 100n, timeZone });
    const key = await keyOf(who, { limits: { [window]: 1n } });
    const at = (text: string | Date) => charge(when(text), { ...spend(key, 1), idempotencyKey: String(text) });
    const refused = { code: "key_limit_exceeded", details: { window } };
    await at(before);
    await at(first);
    await expect(at(last)).rejects.toMatchObject(refused);
    for (const asked of [first, last]) {
      const actor = { type: "key", organizationId: who.organizationId, keyId: key.keyId } as const;
      const { windows } = await keySelf({ ...who.ctx, actor, now: new Date(asked) });
      expect(windows[window].resetsAt?.toISOString()).toBe(next);
    }
    await at(next);
    expect((await stateOf(who)).remaining).toBe(97);
  });

  it("is that of the hold's opening, even for its refund", async () => {
    const who = await organization(when("2026-05-10T10:00:00Z"), { credit: 100n });
    const key = await keyOf(who, { limits: { day: 10n, month: 15n } });
    const monday = await hold(when("2026-05-11T23:59:59Z"), { ...spend(key, 10), idempotencyKey: "a" });
    const tuesday = when("2026-05-12T00:00:01Z");
    await settle(tuesday, { id: monday.id, ...used(8) });
    // Ten of today, seven of the month.
    await charge(tuesday, { ...spend(key, 7), idempotencyKey: "b" });
    await expect(charge(tuesday, { ...spend(key, 1), idempotencyKey: "c" })).rejects.toMatchObject({
      details: { window: "month" },
    });
    await refund(tuesday, { id: monday.id, reason: "failed", idempotencyKey: "d" });
    await expect(charge(tuesday, { ...spend(key, 4), idempotencyKey: "e" })).rejects.toMatchObject({
      details: { window: "day" },
    });
    await charge(tuesday, { ...spend(key, 3), idempotencyKey: "f" });
  });
});

describe("a cycle", () => {
  const cycleOf = async ({ organizationId }: Organization) =>
    (
      await ownerRows<{ cycle: number; from: Date; to: Date }>(
        `SELECT cycle, cycle_start AS "from", cycle_end AS "to" FROM subscription WHERE organization_id = $1`,
        [organizationId],
      )
    )[0];

  it.each([
    [
      "Europe/Berlin",
      "2026-01-31T09:00:00Z",
      ["2026-02-28T09:00", "2026-03-31T08:00", "2026-04-30T08:00", "2026-05-31T08:00"],
    ],
    ["Asia/Kathmandu", "2026-01-30T18:15:00Z", ["2026-02-27T18:15", "2026-03-30T18:15", "2026-04-29T18:15"]],
    ["Europe/Berlin", "2026-02-28T01:30:00Z", ["2026-03-28T01:30", "2026-04-28T00:30"]],
    // Half past two on 29 March does not exist in Berlin: the clocks have moved on to half past three.
    ["Europe/Berlin", "2026-01-29T01:30:00Z", ["2026-02-28T01:30", "2026-03-29T01:30", "2026-04-29T00:30"]],
  ])("ends on the day of its start, or on the month's last: in %s since %s", async (timeZone, anchor, ends) => {
    const who = await organization(when(anchor), { timeZone, plan: "monthly" });
    for (const [cycle, end] of ends.entries()) {
      expect(await cycleOf(who)).toMatchObject({ cycle, to: new Date(`${end}:00Z`) });
      const due = new Date(`${end}:00Z`);
      expect(await advance(real, who.organizationId, new Date(due.getTime() - 1))).toBe(0);
      await advance(real, who.organizationId, due);
    }
    expect((await stateOf(who)).remaining).toBe(100);
  });

  it("passes when no job saw it", async () => {
    const who = await organization(when("2026-01-31T00:00:00Z"), { plan: "monthly" });
    const { available } = await charge(when("2026-06-05T00:00:00Z"), { ...spend(who, 10), idempotencyKey: "k" });
    expect(available).toBe("90");
    expect(await cycleOf(who)).toMatchObject({ cycle: 4, to: new Date("2026-06-30T00:00:00Z") });
    const kinds = await ownerRows("SELECT type, amount FROM transaction WHERE organization_id = $1 ORDER BY seq", [
      who.organizationId,
    ]);
    expect(kinds.map(({ type, amount }) => `${type} ${amount}`)).toEqual([
      ...["renewal 100", "expiry -100", "renewal 100", "deduction -10"],
    ]);
  });

  it("renews once while its holds are settled, released and opened", async () => {
    const start = new Date("2026-07-01T00:00:00Z");
    for (let round = 0; round < 8; round += 1) {
      const who = await organization(when(start), { plan: "monthly", credit: 50n });
      const at = new Date("2026-08-01T00:00:00.000Z");
      const { organizationId } = who;
      const run = async (own: Partial<Operation>, now: Date) =>
        (await runBatch(real.db.gate, [operation(organizationId, { version: 1, ...own })], { now }))[0];
      const before = new Date(at.getTime() - HOUR_MS);
      const [first, second] = [await run({ price: 40n }, before), await run({ price: 30n }, before)];
      const [settled] = await Promise.all([
        run({ kind: "settle", id: first?.id, price: 25n }, at),
        advance(real, organizationId, at),
        run({ kind: "release", id: second?.id, price: 0n }, at),
        run({ kind: "charge", price: 60n }, at),
        advance(real, organizationId, at),
      ]);
      expect(settled).toMatchObject({ code: "ok", amount: 25n, amountPlan: 25n });
      await advance(real, organizationId, at);
      const rows = await ownerRows<{ type: string; sum: string }>(
        "SELECT type, sum(amount) AS sum FROM transaction WHERE organization_id = $1 GROUP BY type ORDER BY type",
        [organizationId],
      );
      // 100 of the old cycle: 25 were used and 75 written off; 100 of the new one: 60 were used.
      expect(rows.map(({ type, sum }) => `${type} ${sum}`)).toEqual([
        ...["deduction -85", "expiry -75", "grant 50", "renewal 200"],
      ]);
      expect(await stateOf(who)).toMatchObject({ remaining: 90, held: 0, entries: 0 });
    }
  });
});

describe("a hold's expiry", () => {
  it("can be moved on, to at most 24 hours after the hold was opened, and never back", async () => {
    const who = await organization(when("2026-05-10T10:00:00Z"), { credit: 100n });
    const { id } = await hold(when("2026-05-10T10:00:00Z"), { ...spend(who, 1), expiresIn: 600, idempotencyKey: "k" });
    const moved = async (at: string, expiresIn: number) => (await extend(when(at), { id, expiresIn })).expiresAt;
    expect(await moved("2026-05-10T10:05:00Z", 3_600)).toBe("2026-05-10T11:05:00.000Z");
    expect(await moved("2026-05-10T10:06:00Z", 60)).toBe("2026-05-10T11:05:00.000Z");
    expect(await moved("2026-05-10T11:00:00Z", 86_400)).toBe("2026-05-11T10:00:00.000Z");
    await settle(when("2026-05-10T12:00:00Z"), { id, ...used(1) });
    const late = extend(when("2026-05-10T12:00:01Z"), { id, expiresIn: 60 });
    await expect(late).rejects.toMatchObject({ code: "conflict", details: { state: "settled" } });
    const forged = `${id.slice(0, -4)}AAAA`;
    await expect(extend(real, { id: forged, expiresIn: 60 })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is carried out by the sweeper, however many holds there are, and an extended hold stays", async () => {
    const who = await organization(real, { credit: 10_000n });
    const opened = await Promise.all(many(1_203, (i) => hold(real, { ...spend(who, 2), idempotencyKey: `k${i}` })));
    await ownerRows("UPDATE hold SET expires_at = now() - interval '2 seconds' WHERE organization_id = $1", [
      who.organizationId,
    ]);
    const kept = opened.slice(0, 3).map(({ id }) => id);
    for (const id of kept) await extend(real, { id, expiresIn: 300 });
    const swept = await Promise.all([expireHolds(real), expireHolds(real)]);
    expect(swept[0] + swept[1]).toBe(1_200);
    expect(await stateOf(who)).toMatchObject({ remaining: 10_000, held: 6 });
    expect(await expireHolds(real)).toBe(0);
    const end = settle(real, { id: opened[5]?.id ?? "", ...used(1) });
    await expect(end).rejects.toMatchObject({ code: "conflict", details: { state: "expired" } });
    expect(await settle(real, { id: kept[0] ?? "", ...used(1) })).toMatchObject({ cost: "1", released: "1" });
  });
});

describe("an expired grant", () => {
  it("is written off except for what is held, which is written off when its hold ends", async () => {
    const start = when("2026-05-10T10:00:00Z");
    const who = await organization(start);
    const soon = { amount: 100n, reason: "campaign", idempotencyKey: "g", expiresAt: new Date("2026-05-10T11:00:00Z") };
    await grant(who.ctx, soon);
    const { id } = await hold(start, { ...spend(who, 40), expiresIn: 7_200, idempotencyKey: "k" });
    const later = when("2026-05-10T11:00:00Z");
    await expect(charge(later, { ...spend(who, 1), idempotencyKey: "l" })).rejects.toMatchObject({
      code: "insufficient_credits",
      details: { available: "0" },
    });
    await advance(real, who.organizationId, later.now);
    expect(await stateOf(who)).toMatchObject({ remaining: 40, held: 40 });
    expect(await settle(when("2026-05-10T11:10:00Z"), { id, ...used(15) })).toMatchObject({
      cost: "15",
      available: "0",
    });
    await advance(real, who.organizationId, new Date("2026-05-10T11:10:01Z"));
    expect(await stateOf(who)).toMatchObject({ remaining: 0, held: 0, entries: 0 });
  });

  it("comes back from a refund as an adjustment until the end of the running cycle", async () => {
    const who = await organization(when("2026-05-10T10:00:00Z"), { plan: "monthly" });
    const charged = await charge(when("2026-05-11T10:00:00Z"), { ...spend(who, 60), idempotencyKey: "k" });
    const june = when("2026-06-20T10:00:00Z");
    await advance(real, who.organizationId, june.now);
    const given = await refund(june, { id: charged.id, amount: "25", reason: "failed", idempotencyKey: "r" });
    expect(given).toMatchObject({ refunded: "25", funding: { plan: "0", prepaid: "25" }, available: "125" });
    const [row] = await ownerRows(
      `SELECT kind, amount, expires_at FROM "grant" WHERE organization_id = $1 AND source = 'refund'`,
      [who.organizationId],
    );
    expect(row).toEqual({ kind: "adjustment", amount: "25", expires_at: new Date("2026-07-10T10:00:00Z") });
    const { buckets } = await balance({ ...who.ctx, now: june.now });
    expect(buckets.adjustment.remaining).toBe(25n);
  });
});

describe("a call that is reported late", () => {
  const DAY_MS = 24 * HOUR_MS;

  it("moves its event and its rollup, and nothing else", async () => {
    const now = new Date();
    const who = await organization(real, { credit: 100n });
    const key = await keyOf(who, { limits: { day: 10n } });
    const occurredAt = new Date(now.getTime() - 35 * DAY_MS + 60_000);
    const call = { ...spend(key, 10), occurredAt, idempotencyKey: "k" };
    const { id } = await charge({ ...real, now }, call);
    const [row] = await ownerRows<{ occurred: Date; posted: Date; bucket: Date }>(
      `SELECT e.occurred_at AS occurred, t.posted_at AS posted, r.bucket FROM ledger.usage_event e
       JOIN transaction t ON t.organization_id = e.organization_id AND t.seq = e.transaction_seq
       JOIN usage_rollup r ON r.organization_id = e.organization_id WHERE e.id = $1`,
      [parsePublicId(id, "chg")?.id],
    );
    expect(row?.occurred).toEqual(occurredAt);
    expect((row?.posted.getTime() ?? 0) - now.getTime()).toBeGreaterThan(-1_000);
    expect(row?.bucket).toEqual(new Date(Math.floor(occurredAt.getTime() / 900_000) * 900_000));
    // It is today's limit that it used up.
    const refused = { code: "key_limit_exceeded" };
    await expect(charge(real, { ...spend(key, 1), idempotencyKey: "l" })).rejects.toMatchObject(refused);
  });

  it.each([
    [-35 * DAY_MS, true],
    [-35 * DAY_MS - 1, false],
    [60_000, true],
    [600_000, false],
  ])("is taken at %i ms from now: %s", async (age, taken) => {
    const now = new Date();
    const who = await organization(real, { credit: 100n });
    const call = { ...spend(who, 1), occurredAt: new Date(now.getTime() + age), idempotencyKey: "k" };
    const { refused } = await outcomes([charge({ ...real, now }, call)]);
    expect(refused).toEqual(taken ? [] : ["validation_failed"]);
  });
});

describe("the ledger", () => {
  it("is sound after all of this", async () => {
    const broken = await brokenInvariants(real);
    expect(broken.map(({ name, rows }) => ({ name, rows }))).toEqual([]);
  });
});
