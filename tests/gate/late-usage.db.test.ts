/** Usage that comes after its hold has expired is kept, paid as far as it can be, and counted once. */
import { describe, expect, it } from "vitest";
import { updateKey } from "@/lib/accounts";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import { charge, chargeLate, extend, hold, listExpiredHolds, refund, release, settle } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { setPayg } from "@/lib/ledger";
import { eventsCsv, listEvents, usage } from "@/lib/usage";
import { eventsCsvQuery, eventsQuery, usageQuery } from "@/lib/usage/schema";
import { many, outcomes, spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows, stateOf } from "../fixtures/ledger";
import { keyOf, memberOf, type Organization, organization } from "../fixtures/organization";

const ctx = await installation();

const live = async (more = "", terms: Parameters<typeof creditCatalogue>[0] = {}) => {
  await applyCatalogue(ctx, { text: `${creditCatalogue(terms)}${more}`, fileName: "calls" });
  await startCatalogue(ctx.db);
};

const reserve = (who: { id: string; key?: string }, credits: number) =>
  hold(ctx, { ...spend(who, credits), idempotencyKey: newId() });
const late = (id: string, credits: number, more: object = {}) =>
  chargeLate(ctx, { late: true, hold: id, quantities: { credit: BigInt(credits) }, idempotencyKey: newId(), ...more });

/** Ends the customer's open holds as the job does when nobody has ended them in time. */
async function expire({ organizationId }: Organization): Promise<void> {
  const past = "UPDATE hold SET expires_at = now() - interval '1 second' WHERE organization_id = $1 AND state = 'open'";
  await ownerRows(past, [organizationId]);
  await ownerRows("SELECT ledger.expire_holds(10, NULL, $1)", [organizationId]);
}

describe("late usage of an expired hold", () => {
  it("becomes an event that names its hold, costs at most its ceiling, and is repeated byte for byte", async () => {
    const who = await organization(ctx, { credit: 100n });
    const { id } = await reserve(who, 10);
    await expire(who);
    await expect(settle(ctx, { id, quantities: { credit: 7n } })).rejects.toMatchObject({ status: 409 });
    const call = { late: true, hold: id, quantities: { credit: 12n }, idempotencyKey: newId() } as const;
    const made = await chargeLate(ctx, call);
    expect(made).toMatchObject({ cost: "10", waived: "2", owed: "0", unfunded: "0", available: "90", hold: id });
    await charge(ctx, { ...spend(who, 5), idempotencyKey: newId() });
    expect(await chargeLate(ctx, call)).toEqual(made);
    await expect(chargeLate(ctx, { ...call, quantities: { credit: 1n } })).rejects.toMatchObject({ status: 422 });
    await expect(charge(ctx, { ...spend(who, 1), idempotencyKey: call.idempotencyKey })).rejects.toMatchObject({
      status: 422,
    });
    const own = { ...who.ctx, now: new Date() };
    const { data } = await listEvents(own, eventsQuery.parse({ usage: "late" }));
    expect(data).toMatchObject([{ usage: "late", cost: "10", waived: "2", quantities: { credit: 12 } }]);
    expect((await usage(own, usageQuery.parse({}))).totals).toMatchObject({ requests: 2, cost: "15" });
    expect(await stateOf(who)).toMatchObject({ remaining: 85, held: 0, debt: 0, entries: 0 });
  });

  it("is recorded once for each hold, of sixty at once with sixty keys", async () => {
    const who = await organization(ctx, { credit: 100n });
    const { id } = await reserve(who, 10);
    await expire(who);
    const { answers, refused } = await outcomes(many(60, () => late(id, 3)));
    expect([answers.length, new Set(refused)]).toEqual([1, new Set(["conflict"])]);
    expect(await stateOf(who)).toMatchObject({ remaining: 97, entries: 0 });
  });

  it("is refused for a hold that is open, settled, released, another organization's or unknown", async () => {
    const [who, other] = [await organization(ctx, { credit: 100n }), await organization(ctx, { credit: 100n })];
    const [open, settled, released] = [await reserve(who, 1), await reserve(who, 1), await reserve(who, 1)];
    await settle(ctx, { id: settled.id, quantities: { credit: 1n } });
    await release(ctx, { id: released.id });
    const state = (name: string) => ({ code: "conflict", details: { state: name } });
    await expect(late(open.id, 1)).rejects.toMatchObject(state("open"));
    await expect(late(settled.id, 1)).rejects.toMatchObject(state("settled"));
    await expect(late(released.id, 1)).rejects.toMatchObject(state("released"));
    await expire(who);
    const wrong = { code: "validation_failed", status: 422 };
    await expect(late(open.id, 1, { organization: other.id })).rejects.toMatchObject(wrong);
    await expect(late(open.id, 1, { endpoint: "tokens" })).rejects.toMatchObject(wrong);
    await expect(late(open.id, 1, { quantities: {} })).rejects.toMatchObject(wrong);
    await expect(late(`hold_${"A".repeat(43)}`, 1)).rejects.toMatchObject({ code: "not_found" });
    expect(await late(open.id, 1, { organization: who.id, endpoint: "call", model: "m" })).toMatchObject({ cost: "1" });
  });

  it("is paid as far as there is credit, and the rest is debt, which the next grant pays", async () => {
    const who = await organization(ctx, { credit: 10n });
    const { id } = await reserve(who, 10);
    await expire(who);
    await charge(ctx, { ...spend(who, 6), idempotencyKey: newId() });
    const made = await late(id, 9);
    expect(made).toMatchObject({ cost: "9", owed: "5", unfunded: "0", available: "-5" });
    expect(await stateOf(who)).toMatchObject({ remaining: 0, debt: 5, entries: 0 });
    await refund(ctx, { id: made.id, reason: "not delivered", idempotencyKey: newId() });
    // Debt first; what was taken from the grant is there again.
    expect(await stateOf(who)).toMatchObject({ remaining: 4, debt: 0, entries: 0 });
  });

  it("leaves the rest unfunded where the catalogue says so, and uses prepaid credit as PAYG allows", async () => {
    await live("lateUsage: unfunded\n", { payg: "toggle" });
    const who = await organization(ctx, { credit: 10n });
    const first = await reserve(who, 10);
    await expire(who);
    await charge(ctx, { ...spend(who, 6), idempotencyKey: newId() });
    const call = { late: true, hold: first.id, quantities: { credit: 9n }, idempotencyKey: newId() } as const;
    const made = await chargeLate(ctx, call);
    expect(made).toMatchObject({ cost: "4", owed: "0", unfunded: "5", available: "0" });
    expect(await chargeLate(ctx, call)).toEqual(made);
    const file = await eventsCsv({ ...who.ctx, now: new Date() }, eventsCsvQuery.parse({}));
    let text = "";
    for await (const part of file.text) text += part;
    const [, ...rows] = text.trim().split("\r\n");
    expect(rows.map((row) => row.split(",").slice(-2))).toEqual([
      ["reported", "0"],
      ["late", "5"],
    ]);
    const planned = await organization(ctx, { credit: 50n, plan: "monthly" });
    const held = [await reserve(planned, 60), await reserve(planned, 40)];
    await expire(planned);
    await charge(ctx, { ...spend(planned, 90), idempotencyKey: newId() });
    expect(await late(held[0]?.id ?? "", 60)).toMatchObject({ cost: "10", unfunded: "50", funding: { plan: "10" } });
    await setPayg(planned.ctx, { enabled: true, limit: 25n });
    const free = { late: true, hold: held[1]?.id ?? "", quantities: { credit: 40n }, idempotencyKey: newId() } as const;
    expect(await chargeLate(ctx, free)).toMatchObject({ cost: "25", unfunded: "15", available: "25" });
    await live();
  });

  it("counts once, in the windows of its hold: for the key's owner then, and never against a limit that it exceeds", async () => {
    const who = await organization(ctx, { credit: 100n });
    const a = (await memberOf(who, "developer")).actor.userId;
    await ownerRows("UPDATE member SET limit_day = 20 WHERE user_id = $1", [a]);
    const key = await keyOf(who, { ownerId: a, limits: { day: 12n } });
    const { id } = await reserve({ id: who.id, key: key.key }, 10);
    await expire(who);
    await charge(ctx, { ...spend({ id: who.id, key: key.key }, 9), idempotencyKey: newId() });
    await updateKey(who.ctx, { id: key.id, name: "key", ownerId: null });
    const made = await late(id, 8);
    const counters = () =>
      ownerRows(
        `SELECT member_id = $2 AS own, day_spent AS day, total_spent AS total, day_held AS held FROM key_usage
         WHERE key_id = $1 ORDER BY 1`,
        [key.keyId, a],
      );
    const [nobody, then] = [
      { own: false, day: "0", total: "0", held: "0" },
      { own: true, day: "17", total: "17", held: "0" },
    ];
    expect(await counters()).toEqual([nobody, then]);
    await expect(reserve({ id: who.id, key: key.key }, 1)).rejects.toMatchObject({ code: "key_limit_exceeded" });
    await refund(ctx, { id: made.id, reason: "failed", idempotencyKey: newId() });
    expect(await counters()).toEqual([nobody, { ...then, day: "9", total: "9" }]);
    await reserve({ id: who.id, key: key.key }, 1);
  });
});

describe("expired holds", () => {
  it("are listed, the latest first, page by page, until their usage arrives", async () => {
    const who = await organization(ctx, { credit: 100n });
    const [one, two, three] = [await reserve(who, 1), await reserve(who, 2), await reserve(who, 3)];
    await settle(ctx, { id: two.id, quantities: { credit: 2n } });
    await expire(who);
    const asked = { organization: who.id, state: "expired" as const, limit: 1 };
    const first = await listExpiredHolds(ctx, asked);
    expect(first.data).toMatchObject([{ id: three.id, organization: who.id, ceiling: "3", endpoint: "call" }]);
    const next = await listExpiredHolds(ctx, { ...asked, cursor: first.nextCursor ?? "" });
    expect([next.data.map(({ id }) => id), next.nextCursor]).toEqual([[one.id], null]);
    await late(three.id, 3);
    expect((await listExpiredHolds(ctx, { ...asked, limit: 50 })).data.map(({ id }) => id)).toEqual([one.id]);
    const all = await listExpiredHolds(ctx, { state: "expired", limit: 500 });
    expect(all.data.map(({ id }) => id)).toContain(one.id);
    await expect(listExpiredHolds(who.ctx, asked)).resolves.toBeDefined();
  });

  it("last longer than a day where the catalogue allows it, and never longer than it says", async () => {
    const who = await organization(ctx, { credit: 100n });
    const week = { ...spend(who, 1), expiresIn: 7 * 86_400 };
    const tooLong = { code: "validation_failed", details: { field: "expiresIn" } };
    await expect(hold(ctx, { ...week, idempotencyKey: newId() })).rejects.toMatchObject(tooLong);
    await live("holds: { longestSeconds: 604800 }\n");
    const idempotencyKey = newId();
    const opened = await hold(ctx, { ...week, idempotencyKey });
    const lives = new Date(opened.expiresAt).getTime() - Date.now();
    expect(lives).toBeGreaterThan(6.9 * 86_400_000);
    const short = await reserve(who, 1);
    const longer = await extend(ctx, { id: short.id, expiresIn: 3 * 86_400 });
    expect(new Date(longer.expiresAt).getTime() - Date.now()).toBeGreaterThan(2.9 * 86_400_000);
    await live();
    // Shortened since: what was answered is answered again, and no hold is cut short.
    expect(await hold(ctx, { ...week, idempotencyKey })).toEqual(opened);
    expect((await extend(ctx, { id: short.id, expiresIn: 600 })).expiresAt).toBe(longer.expiresAt);
    expect(await settle(ctx, { id: opened.id, quantities: { credit: 1n } })).toMatchObject({ cost: "1" });
  });
});

describe("the ledger", () => {
  it("is sound after all of this", async () => {
    expect(await brokenInvariants(ctx)).toEqual([]);
  });
});
