/** Paid plans in the ledger: cycles by number, each paid one gives once, also late; changes, ends and what calls held. */
import { beforeAll, describe, expect, it } from "vitest";
import { charge, type GateContext, hold, refund, release, settle } from "@/lib/gate";
import { balance } from "@/lib/ledger";
import { many, outcomes, spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows, stateOf, transactionsOf } from "../fixtures/ledger";
import { organization } from "../fixtures/organization";
import { ledgerPlans, planOf } from "../fixtures/plan";

let plans: ReturnType<typeof ledgerPlans>;

const real = await installation();
beforeAll(async () => {
  plans = ledgerPlans(real);
  await real.db.operator.query("SELECT ledger.ensure_partitions('2025-12-01', '2027-02-01')");
});

const when = (text: string): GateContext => ({ ...real, now: new Date(text), simulatedAt: new Date(text) });
const day = (text: string) => new Date(`${text}Z`);

describe("the first invoice of a plan", () => {
  it("grants the cycle's allowance once, however many sources report it at once", async () => {
    const who = await organization(when("2026-01-31T09:00:00Z"));
    const payment = await plans.open(who, "2026-01-31T09:00:00Z");
    const told = await Promise.all(many(6, () => plans.start(who, "2026-01-31T09:00:00Z", payment)));
    expect(told.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await transactionsOf(who)).toEqual(["renewal 100"]);
    expect(await planOf(who)).toMatchObject({ plan: "pro", cycle: 0, paid: 1, to: day("2026-02-28T09:00:00") });
    const [row] = await ownerRows(
      "SELECT state, first_cycle, grant_id IS NOT NULL AS given FROM payment WHERE id = $1",
      [payment],
    );
    expect(row).toEqual({ state: "succeeded", first_cycle: 0, given: true });
  });

  it("starts no other plan and accepts no other amount", async () => {
    const { who } = await plans.subscribed("2026-01-01T00:00:00Z");
    const second = await plans.open(who, "2026-01-02T00:00:00Z");
    await expect(plans.start(who, "2026-01-02T00:00:00Z", second)).rejects.toMatchObject({ code: "TG409" });
    const other = await organization(when("2026-01-01T00:00:00Z"));
    const payment = await plans.open(other, "2026-01-01T00:00:00Z");
    await expect(plans.start(other, "2026-01-01T00:00:00Z", payment, "sub_less", 999)).rejects.toMatchObject({
      code: "TG409",
      detail: "amount",
    });
    expect(await transactionsOf(other)).toEqual([]);
  });

  it("replaces a free plan: writes off its rest and keeps its cycle out of the new one", async () => {
    const at = when("2026-01-10T00:00:00Z");
    const who = await organization(at, { plan: "monthly", credit: 50n });
    const early = await hold(at, { ...spend(who, 120), idempotencyKey: "early" });
    expect(await planOf(who)).toMatchObject({ cycle: 0, held: 20 });
    await plans.start(who, "2026-01-11T00:00:00Z", await plans.open(who, "2026-01-11T00:00:00Z"), "sub_over");
    expect(await planOf(who)).toMatchObject({ plan: "pro", cycle: 1, anchor: 1, held: 0, spent: 0, version: 2 });
    const later = when("2026-01-11T00:00:01Z");
    await settle(later, { id: early.id, quantities: { credit: 110n } });
    // 100 of the free plan and 10 of what was bought were used; the free plan's rest did not come back.
    expect(await planOf(who)).toMatchObject({ held: 0, spent: 0 });
    expect((await stateOf(who)).remaining).toBe(140);
    expect(await brokenInvariants(real)).toEqual([]);
  });
});

describe("cycles of a paid plan", () => {
  it.each([
    ["UTC", "2026-01-31T09:00:00Z", ["2026-02-28T09:00", "2026-03-31T09:00", "2026-04-30T09:00"]],
    ["Asia/Kathmandu", "2026-01-30T18:15:00Z", ["2026-02-27T18:15", "2026-03-30T18:15", "2026-04-29T18:15"]],
    ["Europe/Berlin", "2026-01-29T01:30:00Z", ["2026-02-28T01:30", "2026-03-29T01:30", "2026-04-29T00:30"]],
  ])("end in %s since %s when the calendar says, once each, when they are paid", async (timeZone, at, ends) => {
    const { who, provider } = await plans.subscribed(at, { timeZone });
    for (const [cycle, end] of ends.entries()) {
      expect(await planOf(who)).toMatchObject({ cycle, to: day(`${end}:00`) });
      // Unpaid, nothing begins; paid a day early, it begins on time.
      const before = new Date(day(`${end}:00`).getTime() - 86_400_000).toISOString();
      await plans.pay(who, before, provider, `${provider}-${cycle}`);
      expect((await plans.pay(who, before, provider, `${provider}-${cycle}`)).replayed).toBe(true);
      await plans.advance(who, new Date(day(`${end}:00`).getTime() - 1).toISOString());
      expect(await planOf(who)).toMatchObject({ cycle });
      await Promise.all(many(3, () => plans.advance(who, `${end}:00Z`)));
    }
    const given = (await transactionsOf(who)).filter((move) => move === "renewal 100");
    expect(given).toHaveLength(ends.length + 1);
    expect((await stateOf(who)).remaining).toBe(100);
  });

  it("follow one yearly payment: the job makes twelve grants, one a month, and no thirteenth", async () => {
    const { who, payment } = await plans.subscribed("2026-01-31T00:00:00Z", { interval: "year" });
    const ends = ["02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"];
    for (const end of ends) await plans.advance(who, `2026-${end}T00:00:00Z`);
    expect(await planOf(who)).toMatchObject({ cycle: 11, paid: 12, to: day("2027-01-31T00:00:00") });
    await plans.advance(who, "2027-02-15T00:00:00Z");
    const given = (await transactionsOf(who)).filter((move) => move === "renewal 100");
    expect(given).toHaveLength(12);
    const [row] = await ownerRows("SELECT cycles, credit::int FROM payment WHERE id = $1", [payment]);
    expect(row).toEqual({ cycles: 12, credit: 1200 });
    expect((await stateOf(who)).remaining).toBe(0);
  });

  it("are granted late when they are paid late, until the next boundary, and calls wait for no job", async () => {
    const { who, provider } = await plans.subscribed("2026-01-10T00:00:00Z", { credit0: 30n });
    const meanwhile = when("2026-02-15T00:00:00Z");
    const spent = await charge(meanwhile, { ...spend(who, 10), idempotencyKey: "prepaid" });
    expect(spent.funding).toEqual({ plan: "0", prepaid: "10" });
    // Unpaid, the old cycle goes on: so does its PAYG counter.
    expect(await planOf(who)).toMatchObject({ cycle: 0, spent: 10 });
    await plans.pay(who, "2026-02-20T00:00:00Z", provider, "in_late");
    expect(await planOf(who)).toMatchObject({ cycle: 1, spent: 0, to: day("2026-03-10T00:00:00") });
    // A refund of what the old cycle paid does not make room in the new one.
    await charge(when("2026-02-20T01:00:00Z"), { ...spend(who, 105), idempotencyKey: "hybrid" });
    expect(await planOf(who)).toMatchObject({ spent: 5 });
    await refund(when("2026-02-20T02:00:00Z"), { id: spent.id, reason: "failed", idempotencyKey: "back" });
    expect(await planOf(who)).toMatchObject({ spent: 5 });
    expect(await brokenInvariants(real)).toEqual([]);
  });

  it("are all owed when they were paid while no job ran", async () => {
    const { who } = await plans.subscribed("2026-01-10T00:00:00Z", { interval: "year" });
    // The page and the next call see the same, before any job.
    const seen = await balance({ ...who.ctx, now: new Date("2026-04-20T00:00:00Z") });
    expect(seen).toMatchObject({ available: 300n, plan: { resetsAt: day("2026-05-10T00:00:00") } });
    const { available } = await charge(when("2026-04-20T00:00:00Z"), { ...spend(who, 10), idempotencyKey: "k" });
    expect(available).toBe("290");
    expect(await planOf(who)).toMatchObject({ cycle: 3, to: day("2026-05-10T00:00:00") });
    await plans.advance(who, "2026-05-10T00:00:00Z");
    expect((await stateOf(who)).remaining).toBe(100);
  });

  it("ignore the operator's new prices", async () => {
    const { who, provider } = await plans.subscribed("2026-01-10T00:00:00Z", { plan: "discounted", allowance: 70 });
    await plans.pay(who, "2026-02-10T00:00:00Z", provider, "in_edit");
    expect(await planOf(who)).toMatchObject({ cycle: 1, allowance: 70 });
  });
});

describe("a change of plan", () => {
  it("adds the frozen credit of an upgrade until the cycle ends, keeps the rest, and gives later cycles the new allowance", async () => {
    const { who, provider } = await plans.subscribed("2026-01-01T00:00:00Z");
    await charge(when("2026-01-10T00:00:00Z"), { ...spend(who, 40), idempotencyKey: "used" });
    const payment = await plans.open(who, "2026-01-16T00:00:00Z", { plan: "big", allowance: 300, credit: 103 });
    const told = await Promise.all(many(4, () => plans.change(who, "2026-01-16T00:00:00Z", payment, provider)));
    expect(told.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await transactionsOf(who)).toEqual(["renewal 100", "deduction -40", "grant 103"]);
    expect(await planOf(who)).toMatchObject({ plan: "big", version: 2, allowance: 300, cycle: 0 });
    await plans.pay(who, "2026-02-01T00:00:00Z", provider, "in_big");
    expect((await stateOf(who)).remaining).toBe(300);
  });

  it("raises the cycles of a year that are paid and have not begun", async () => {
    const { who, provider } = await plans.subscribed("2026-01-01T00:00:00Z", { interval: "year" });
    await plans.advance(who, "2026-02-01T00:00:00Z");
    // Ten more cycles at 200 more each, and 50 for the rest of this one.
    const terms = { plan: "big", allowance: 300, interval: "year" as const, credit: 2050 };
    const payment = await plans.open(who, "2026-02-10T00:00:00Z", terms);
    await plans.change(who, "2026-02-10T00:00:00Z", payment, provider);
    expect((await stateOf(who)).remaining).toBe(150);
    // What follows the year, a free plan or another year, is not this payment's.
    const [row] = await ownerRows("SELECT first_cycle + cycles AS until FROM payment WHERE id = $1", [payment]);
    expect(row).toEqual({ until: 12 });
    await plans.advance(who, "2026-03-01T00:00:00Z");
    expect((await stateOf(who)).remaining).toBe(300);
  });

  it("starts twelve paid cycles when it goes from months to years, and writes off the old rest", async () => {
    const { who, provider } = await plans.subscribed("2026-01-01T00:00:00Z");
    const payment = await plans.open(who, "2026-01-16T00:00:00Z", { interval: "year" });
    await plans.start(who, "2026-01-16T00:00:00Z", payment, provider);
    expect(await transactionsOf(who)).toEqual(["renewal 100", "expiry -100", "renewal 100"]);
    expect(await planOf(who)).toMatchObject({ cycle: 1, paid: 13, anchor: 1, to: day("2026-02-16T00:00:00") });
    await plans.advance(who, "2026-02-16T00:00:00Z");
    expect(await planOf(who)).toMatchObject({ cycle: 2 });
  });

  it("takes a smaller plan from the first unpaid cycle on, and can be undone until then", async () => {
    const { who, provider } = await plans.subscribed("2026-01-01T00:00:00Z", { plan: "big", allowance: 300 });
    const schedule = (plan: string | null) =>
      plans.query(who, "SELECT ledger.schedule_plan($1, $2, $3, $4, 100, 0) AS begins", [
        "2026-01-10T00:00:00Z",
        provider,
        plan,
      ]);
    expect(await schedule("pro")).toEqual({ begins: day("2026-02-01T00:00:00") });
    await schedule(null);
    expect(await planOf(who)).toMatchObject({ next: null });
    await schedule("pro");
    expect(await planOf(who)).toMatchObject({ plan: "big", version: 1, next: "pro" });
    await plans.pay(who, "2026-02-01T00:00:00Z", provider, "in_small", 400);
    expect(await planOf(who)).toMatchObject({ plan: "pro", version: 2, allowance: 100, next: null });
    const [row] = await ownerRows("SELECT plan, credit::int FROM payment WHERE invoice = 'in_small'");
    expect(row).toEqual({ plan: "pro", credit: 100 });
  });

  it("keeps what is paid when the plan ends, and then starts the default plan once", async () => {
    const { who, provider } = await plans.subscribed("2026-01-01T00:00:00Z");
    const ends = (at: string, end: boolean) =>
      plans.query(who, "SELECT * FROM ledger.set_plan_end($1, $2, $3, $4)", [at, provider, end]);
    expect(await ends("2026-01-05T00:00:00Z", true)).toEqual({ ends_at: day("2026-02-01T00:00:00"), changed: true });
    expect(await ends("2026-01-05T00:00:00Z", true)).toMatchObject({ changed: false });
    await ends("2026-01-06T00:00:00Z", false);
    expect(await planOf(who)).toMatchObject({ ends: null });
    const over = (at: string) =>
      plans.query<{ ended: boolean }>(who, "SELECT ledger.end_plan($1, $2, $3, 'monthly', 30, 'always') AS ended", [
        at,
        provider,
      ]);
    expect(await over("2026-01-31T23:59:59Z")).toEqual({ ended: false });
    const told = await Promise.all(many(4, () => over("2026-02-01T00:00:00Z")));
    expect(told.filter(({ ended }) => ended)).toHaveLength(1);
    expect(await planOf(who)).toMatchObject({ plan: "monthly", status: "active", cycle: 1, allowance: 30 });
    expect(await transactionsOf(who)).toEqual(["renewal 100", "expiry -100", "renewal 30"]);
    await plans.advance(who, "2026-03-01T00:00:00Z");
    expect(await planOf(who)).toMatchObject({ cycle: 2 });
  });

  it("changes nothing when it comes too late for a plan that has ended, and turns its payment into purchased credit", async () => {
    const { who, provider } = await plans.subscribed("2026-01-01T00:00:00Z");
    await plans.query(who, "SELECT ledger.end_plan($1, $2, $3, NULL, NULL, 'always')", [
      "2026-02-01T00:00:00Z",
      provider,
    ]);
    const { refused } = await outcomes([plans.pay(who, "2026-02-03T00:00:00Z", provider, "in_orphan")]);
    expect(refused).toEqual(["TG409"]);
    const credit = () =>
      plans.query<{ replayed: boolean }>(
        who,
        "SELECT * FROM ledger.credit_plan_payment($1, $2, NULL, 'in_orphan', NULL, 1000, 'EUR', 100, 'pro', 'Pro', 1, NULL)",
        ["2026-02-03T00:00:00Z"],
      );
    const told = await Promise.all(many(4, credit));
    expect(told.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await transactionsOf(who)).at(-1)).toBe("purchase 100");
    expect((await stateOf(who)).remaining).toBe(100);
  });
});

describe("a call above the quota of a plan", () => {
  it("is paid by the plan and by PAYG within the limit, while the limit changes", async () => {
    const at = when("2026-01-10T00:00:00Z");
    const { who } = await plans.subscribed("2026-01-01T00:00:00Z", { credit0: 100n });
    const limit = (most: number) =>
      real.db.operator.query("SELECT ledger.set_payg($1, true, $2)", [who.organizationId, most]);
    await limit(50);
    const open = await hold(at, { ...spend(who, 140), idempotencyKey: "a" });
    expect(open.funding).toEqual({ plan: "100", prepaid: "40" });
    // Lowered below what is held: the call that runs ends as it was accepted, new ones are refused.
    await limit(20);
    await expect(hold(at, { ...spend(who, 1), idempotencyKey: "b" })).rejects.toMatchObject({
      code: "payg_limit_reached",
    });
    await settle(at, { id: open.id, quantities: { credit: 130n } });
    expect(await planOf(who)).toMatchObject({ spent: 30, held: 0 });
    await limit(31);
    const last = await hold(at, { ...spend(who, 1), idempotencyKey: "c" });
    await release(at, { id: last.id });
    await limit(0);
    expect(await planOf(who)).toMatchObject({ spent: 30, held: 0 });
    expect(await brokenInvariants(real)).toEqual([]);
  });
});
