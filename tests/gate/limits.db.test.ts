/** What a call may not pass: limits of keys, members, plans and PAYG, what there is, and what is owed. */
import { beforeAll, describe, expect, it } from "vitest";
import { hold, quote } from "@/lib/gate";
import { runBatch } from "@/lib/gate/batch-store";
import { Coalescer } from "@/lib/gate/coalescer";
import type { Operation } from "@/lib/gate/operation";
import { newId } from "@/lib/kernel/ids";
import { balance, setPayg, verifyLedger } from "@/lib/ledger";
import { many, operation, spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { ownerRows, stateOf } from "../fixtures/ledger";
import { keyOf, type Organization, organization } from "../fixtures/organization";

let lanes: Coalescer;

const ctx = await installation(creditCatalogue({ settlement: "actual", payg: "toggle" }));
beforeAll(async () => {
  lanes = new Coalescer(ctx.db, 2, 400);
});

const DAY_MS = 86_400_000;
const START = new Date(Date.now() - 3 * DAY_MS);
const at = (days: number) => new Date(START.getTime() + days * DAY_MS);
/** One batch, in the order given. */
const together = (calls: Operation[], now?: Date) => runBatch(ctx.db.gate, calls, { now });
const codes = async (calls: Operation[], now?: Date) => (await together(calls, now)).map(({ code }) => code);

async function memberWith({ organizationId }: Organization, limits: Record<string, number>): Promise<string> {
  const userId = newId();
  await ownerRows(`INSERT INTO "user" (id, email) VALUES ($1, $2)`, [userId, `${userId}@example.com`]);
  const columns = Object.keys(limits).map((name) => `, limit_${name}`);
  await ownerRows(
    `INSERT INTO member (organization_id, user_id, role${columns.join("")})
     VALUES ($1, $2, 'owner'${Object.values(limits).map((limit) => `, ${limit}`)})`,
    [organizationId, userId],
  );
  return userId;
}

describe("a key's windows", () => {
  it("name the one that is tightest", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const key = await keyOf(who, { limits: { total: 50n, day: 20n, week: 40n, month: 45n } });
    await hold(ctx, { ...spend(key, 20), idempotencyKey: "k" });
    await expect(hold(ctx, { ...spend(key, 1), idempotencyKey: "l" })).rejects.toMatchObject({
      code: "key_limit_exceeded",
      status: 402,
      details: { window: "day", required: "1" },
    });
    // A call that costs nothing passes no limit.
    expect(await hold(ctx, { ...spend(key, 0), idempotencyKey: "free" })).toMatchObject({ ceiling: "0" });
  });

  it("are exact when an overrun of yesterday's hold meets a new call in one batch", async () => {
    const who = await organization({ ...ctx, simulatedAt: START }, { credit: 1_000n });
    const { organizationId } = who;
    const { keyId } = await keyOf(who, { limits: { total: 100n } });
    const opened = await together(
      many(2, () => operation(organizationId, { keyId, price: 20n })),
      at(0),
    );
    const [first, second] = opened.map(({ id }) => id);
    const ends = { keyId, kind: "settle" as const, actual: true, price: 60n };
    const outcomes = await together(
      [
        operation(organizationId, { ...ends, id: first }),
        operation(organizationId, { ...ends, id: second }),
        operation(organizationId, { keyId, price: 1n }),
      ],
      at(1),
    );
    // 40 are held, so 60 are left: the first takes 40 of them beyond its ceiling, the second 20, and the call has none.
    expect(outcomes.map(({ amount, waived }) => [amount, waived])).toEqual([
      [60n, 0n],
      [40n, 20n],
      [1n, 0n],
    ]);
    expect(outcomes[2]?.code).toBe("again");
    expect(await codes([operation(organizationId, { keyId, price: 1n })], at(1))).toEqual(["key_limit_exceeded"]);
    const [row] = await ownerRows("SELECT total_spent, total_held FROM key_usage WHERE key_id = $1", [keyId]);
    expect(row).toEqual({ total_spent: "100", total_held: "0" });
  });

  it("regain what yesterday's holds returned, with the next batch at the latest", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const { keyId } = await keyOf(who, { limits: { total: 20n } });
    const { organizationId } = who;
    const opened = await lanes.submit(operation(organizationId, { keyId, price: 20n }));
    await ownerRows("UPDATE hold SET opened_on = opened_on - 1 WHERE id = $1", [opened.id]);
    await ownerRows("UPDATE key_usage SET day = day - 1 WHERE key_id = $1", [keyId]);
    const [ended, next] = await Promise.all([
      lanes.submit(operation(organizationId, { kind: "release", id: opened.id, keyId, price: 0n })),
      lanes.submit(operation(organizationId, { keyId, price: 20n })),
    ]);
    expect([ended.code, next.code]).toEqual(["ok", "ok"]);
  });
});

describe("a member's limit", () => {
  it("spans all keys of the member, and no other's", async () => {
    const who = await organization(ctx, { credit: 1_000n });
    const ownerId = await memberWith(who, { day: 10 });
    const keys = [await keyOf(who, { ownerId }), await keyOf(who, { ownerId })];
    const free = await keyOf(who);
    const call = (key: { keyId: string } | undefined) =>
      operation(who.organizationId, { keyId: key?.keyId ?? "", price: 4n });
    const calls = [call(keys[0]), call(keys[1]), call(keys[0]), call(free), call(keys[1])];
    const expected = ["ok", "ok", "member_limit_exceeded", "ok", "member_limit_exceeded"];
    expect(await codes(calls)).toEqual(expected);
    expect(await codes([call(keys[0]), call(free)])).toEqual(["member_limit_exceeded", "ok"]);
    await expect(
      hold(ctx, { ...spend({ ...who, ...(keys[0] as { key: string }) }, 4), idempotencyKey: "k" }),
    ).rejects.toMatchObject({ code: "member_limit_exceeded", status: 402 });
  });
});

describe("usage beyond a ceiling", () => {
  it("is waived where it would exceed the limit of the key's owner", async () => {
    const who = await organization({ ...ctx, simulatedAt: START }, { credit: 1_000n });
    const { organizationId } = who;
    const ownerId = await memberWith(who, { total: 40 });
    const [one, two] = [await keyOf(who, { ownerId }), await keyOf(who, { ownerId })];
    const keys = [one.keyId, two.keyId, one.keyId];
    const opened = await together(
      keys.map((keyId) => operation(organizationId, { keyId, price: 10n })),
      at(0),
    );
    const settle = (i: number) =>
      operation(organizationId, {
        kind: "settle",
        id: opened[i]?.id,
        keyId: keys[i] ?? null,
        price: 17n,
        actual: true,
      });
    const call = operation(organizationId, { keyId: two.keyId, price: 1n });
    // 30 are held and 10 are left: 7 for the first, 3 for the second, of another key and a day later.
    const outcomes = await together([settle(0), settle(1), call], at(1));
    expect(outcomes.map(({ code, amount, waived }) => [code, amount, waived])).toEqual([
      ["ok", 17n, 0n],
      ["ok", 13n, 4n],
      ["again", 1n, 0n],
    ]);
    expect(await codes([call], at(1))).toEqual(["member_limit_exceeded"]);
    expect(await together([settle(2)], at(0.5))).toMatchObject([{ amount: 10n, waived: 7n }]);
  });
});

describe("PAYG fallback", () => {
  it("is off until it is switched on, and then keeps to its limit", async () => {
    const who = await organization(ctx, { credit: 1_000n, plan: "monthly" });
    const call = (credits: number, idempotencyKey: string) => hold(ctx, { ...spend(who, credits), idempotencyKey });
    await expect(call(101, "a")).rejects.toMatchObject({ code: "payg_disabled" });
    expect((await quote(ctx, spend(who, 101))).affordable).toBe(false);
    await setPayg(who.ctx, { enabled: true, limit: 0n });
    await expect(call(101, "b")).rejects.toMatchObject({ code: "payg_disabled" });
    await setPayg(who.ctx, { enabled: true, limit: 50n });
    await expect(call(151, "c")).rejects.toMatchObject({ code: "payg_limit_reached" });
    expect((await call(150, "d")).funding).toEqual({ plan: "100", prepaid: "50" });
    await expect(call(1, "e")).rejects.toMatchObject({ code: "payg_limit_reached" });
    await setPayg(who.ctx, { enabled: true, limit: null });
    expect((await call(900, "f")).funding).toEqual({ plan: "0", prepaid: "900" });
    await expect(call(51, "g")).rejects.toMatchObject({ code: "insufficient_credits" });
    await setPayg(who.ctx, { enabled: false, limit: null });
    await expect(call(1, "h")).rejects.toMatchObject({ code: "payg_disabled" });
  });

  it("keeps to a limit that was lowered below what is held", async () => {
    const who = await organization(ctx, { credit: 1_000n, plan: "monthly" });
    const { organizationId } = who;
    await setPayg(who.ctx, { enabled: true, limit: null });
    const [, held] = await together([
      operation(organizationId, { price: 100n, version: 1 }),
      operation(organizationId, { price: 80n, version: 1 }),
    ]);
    await setPayg(who.ctx, { enabled: true, limit: 10n });
    const release = operation(organizationId, { kind: "release", id: held?.id, price: 0n });
    const call = (price: bigint) => operation(organizationId, { price, version: 1 });
    expect(await codes([release, call(11n), call(10n), call(1n)])).toEqual([
      ...["ok", "payg_limit_reached", "ok", "payg_limit_reached"],
    ]);
  });

  it("does not concern organizations without a plan", async () => {
    const who = await organization(ctx, { credit: 10n });
    expect(await hold(ctx, { ...spend(who, 10), idempotencyKey: "k" })).toMatchObject({ available: "0" });
    await expect(setPayg(who.ctx, { enabled: true, limit: null })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a plan's limits", () => {
  it("count the values of a tag that calls have held for", async () => {
    const who = await organization(ctx, { plan: "discounted" });
    const call = (agent: string, idempotencyKey: string) =>
      hold(ctx, { ...spend(who, 1), tags: { agent }, idempotencyKey });
    await call("a", "1");
    const racing = await Promise.allSettled(["b", "c", "d"].map((agent) => call(agent, agent)));
    expect(racing.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(call("e", "2")).rejects.toMatchObject({ code: "plan_limit_reached", status: 403 });
    await call("a", "3");
  });
});

describe("debt", () => {
  const unlimited = async (plan: boolean) => {
    const who = await organization(ctx, { credit: plan ? 0n : 100n, ...(plan && { plan: "monthly" }) });
    if (plan) await setPayg(who.ctx, { enabled: true, limit: null });
    return who;
  };

  it.each([true, false])("stays when a hold returns credit in the same batch (plan: %s)", async (plan) => {
    const who = await unlimited(plan);
    const { organizationId } = who;
    const version = plan ? 1 : 0;
    const call = (price: bigint) => operation(organizationId, { price, version });
    const [first, second] = await together([call(60n), call(40n)]);
    const outcomes = await together([
      operation(organizationId, { kind: "settle", id: first?.id, price: 80n, actual: true }),
      operation(organizationId, { kind: "release", id: second?.id, price: 0n }),
      call(21n),
      call(20n),
    ]);
    expect(outcomes.map(({ code, available }) => [code, available])).toEqual([
      ["ok", -20n],
      ["ok", 20n],
      ["insufficient", 20n],
      ["ok", 0n],
    ]);
    // What came free has paid it, so that there is never debt beside free credit.
    expect(await stateOf(who)).toMatchObject({ debt: 0, remaining: 20, held: 20, entries: 0 });
    expect(await balance({ ...who.ctx, now: new Date() })).toMatchObject({ available: 0n, debt: 0n, held: 20n });
  });

  it("is paid by what an expired hold returns", async () => {
    const who = await unlimited(false);
    const { organizationId } = who;
    const [first, second] = await together([
      operation(organizationId, { price: 60n }),
      operation(organizationId, { price: 40n }),
    ]);
    await together([operation(organizationId, { kind: "settle", id: first?.id, price: 90n, actual: true })]);
    expect(await stateOf(who)).toMatchObject({ debt: 30, remaining: 40, held: 40 });
    await ownerRows("UPDATE hold SET expires_at = now() - interval '1 second' WHERE id = $1", [second?.id]);
    await ownerRows("SELECT ledger.expire_holds(10, NULL, $1)", [organizationId]);
    expect(await stateOf(who)).toMatchObject({ debt: 0, remaining: 10, held: 0, entries: 0 });
  });
});

describe("the ledger", () => {
  it("is sound after all of this", async () => {
    // Two tests move days by hand or by simulation, which the counters by day are then compared without.
    const broken = (await verifyLedger(ctx)).filter(({ name, rows }) => rows.length > 0 && name !== "key_usage");
    expect(broken.map(({ name, rows }) => ({ name, rows }))).toEqual([]);
  });
});
