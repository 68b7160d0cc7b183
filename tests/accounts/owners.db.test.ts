/** A key that changes hands: what a member spent is what their keys spent while they were theirs. */
import { describe, expect, it } from "vitest";
import { addMember, keySelf, listMembers, removeMember, updateKey } from "@/lib/accounts";
import { charge, hold, refund, release, settle } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { listEvents, usage } from "@/lib/usage";
import { eventsQuery, usageQuery } from "@/lib/usage/schema";
import { many, outcomes, spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows } from "../fixtures/ledger";
import { type ApiKey, keyOf, memberOf, type Organization, organization } from "../fixtures/organization";

const ctx = await installation(creditCatalogue({ settlement: "actual" }));

const exceeded = { code: "member_limit_exceeded", status: 402 };
const pay = (who: Organization, key: ApiKey, credits: number) =>
  charge(ctx, { ...spend({ id: who.id, key: key.key }, credits), idempotencyKey: newId() });
const reserve = (who: Organization, key: ApiKey, credits: number) =>
  hold(ctx, { ...spend({ id: who.id, key: key.key }, credits), idempotencyKey: newId() });
const handOver = (who: Organization, key: ApiKey, ownerId: string | null) =>
  updateKey(who.ctx, { id: key.id, name: "key", ownerId });

async function team(limits: Record<string, number> = { day: 10 }) {
  const who = await organization(ctx, { credit: 1_000n });
  const [a, b] = [(await memberOf(who, "developer")).actor.userId, (await memberOf(who, "developer")).actor.userId];
  const set = Object.entries(limits).map(([name, limit]) => `limit_${name} = ${limit}`);
  await ownerRows(`UPDATE member SET ${set.join(", ")} WHERE organization_id = $1`, [who.organizationId]);
  return { who, a, b };
}

/** What each member's keys have spent and hold today. */
async function today({ ctx: own }: Organization, ...members: string[]) {
  const { data } = await listMembers({ ...own, now: new Date() });
  return members.map((member) => {
    const day = data.find(({ userId }) => userId === member)?.limits.find(({ window }) => window === "day");
    return [day?.spent, day?.held];
  });
}

describe("a member's limit", () => {
  it("cannot be escaped by giving a key away and taking it back", async () => {
    const { who, a, b } = await team();
    const [one, two] = [await keyOf(who, { ownerId: a }), await keyOf(who, { ownerId: a })];
    await pay(who, one, 6);
    await handOver(who, one, b);
    await expect(pay(who, two, 6)).rejects.toMatchObject(exceeded);
    await pay(who, two, 4);
    await pay(who, one, 10);
    await expect(pay(who, one, 1)).rejects.toMatchObject(exceeded);
    await handOver(who, one, a);
    await expect(pay(who, one, 1)).rejects.toMatchObject(exceeded);
    expect(await today(who, a, b)).toEqual([
      ["10", "0"],
      ["10", "0"],
    ]);
  });

  it("excludes what a key spent before it was the member's", async () => {
    const { who, b } = await team();
    const free = await keyOf(who, { limits: { day: 30n } });
    await pay(who, free, 12);
    const own = await keyOf(who, { ownerId: b });
    await pay(who, own, 1);
    await handOver(who, free, b);
    await pay(who, free, 9);
    await expect(pay(who, free, 1)).rejects.toMatchObject(exceeded);
    expect(await today(who, b)).toEqual([["10", "0"]]);
    // The key's own limit counts all of its spending, for every owner.
    await handOver(who, free, null);
    await pay(who, free, 9);
    await expect(pay(who, free, 1)).rejects.toMatchObject({ code: "key_limit_exceeded", details: { window: "day" } });
    const actor = { type: "key", organizationId: who.organizationId, keyId: free.keyId } as const;
    const self = await keySelf({ ...who.ctx, actor, now: new Date() });
    expect(self.windows.day).toMatchObject({ spent: 30n, held: 0n });
  });

  it("counts a hold, however it ends, for the key's owner at its opening", async () => {
    const { who, a, b } = await team();
    const key = await keyOf(who, { ownerId: a });
    const [used, unused, late] = [await reserve(who, key, 4), await reserve(who, key, 3), await reserve(who, key, 2)];
    await handOver(who, key, b);
    expect(await today(who, a, b)).toEqual([
      ["0", "9"],
      ["0", "0"],
    ]);
    await pay(who, key, 10);
    await settle(ctx, { id: used.id, quantities: { credit: 3n } });
    await release(ctx, { id: unused.id });
    await ownerRows(
      "UPDATE hold SET expires_at = now() - interval '1 second' WHERE organization_id = $1 AND state = 'open'",
      [who.organizationId],
    );
    await ownerRows("SELECT ledger.expire_holds(10, NULL, $1)", [who.organizationId]);
    await expect(settle(ctx, { id: late.id, quantities: { credit: 1n } })).rejects.toMatchObject({ status: 409 });
    expect(await today(who, a, b)).toEqual([
      ["3", "0"],
      ["10", "0"],
    ]);
  });

  it("waives what a hold used beyond its ceiling by the limit of the key's owner at its opening", async () => {
    const { who, a, b } = await team({ total: 20 });
    const [one, two] = [await keyOf(who, { ownerId: a }), await keyOf(who, { ownerId: a })];
    await pay(who, two, 5);
    const opened = await reserve(who, one, 10);
    await handOver(who, one, b);
    await pay(who, one, 19);
    expect(await settle(ctx, { id: opened.id, quantities: { credit: 30n } })).toMatchObject({
      cost: "15",
      waived: "15",
    });
    await expect(pay(who, two, 1)).rejects.toMatchObject(exceeded);
    await pay(who, one, 1);
  });

  it("regains what a refund returns to the person who made the call", async () => {
    const { who, a, b } = await team();
    const key = await keyOf(who, { ownerId: a });
    const call = await pay(who, key, 6);
    await handOver(who, key, b);
    await pay(who, key, 6);
    await refund(ctx, { id: call.id, amount: "4", reason: "failed", idempotencyKey: newId() });
    expect(await today(who, a, b)).toEqual([
      ["2", "0"],
      ["6", "0"],
    ]);
  });

  it("remembers a member who was removed and comes back", async () => {
    const { who, a } = await team();
    await pay(who, await keyOf(who, { ownerId: a }), 6);
    await removeMember(who.ctx, { userId: a });
    const [{ email } = { email: "" }] = await ownerRows<{ email: string }>(`SELECT email FROM "user" WHERE id = $1`, [
      a,
    ]);
    await addMember(who.ctx, { email, role: "developer" });
    await ownerRows("UPDATE member SET limit_day = 10 WHERE user_id = $1", [a]);
    const key = await keyOf(who, { ownerId: a });
    await expect(pay(who, key, 5)).rejects.toMatchObject(exceeded);
    await pay(who, key, 4);
  });

  it("holds for both owners while a key changes hands under sixty calls", async () => {
    const { who, a, b } = await team({ day: 8 });
    const key = await keyOf(who, { ownerId: a });
    const calls = many(60, () => pay(who, key, 1));
    const moves = [b, a, b, a].reduce((done, next) => done.then(() => handOver(who, key, next)), Promise.resolve());
    const { refused } = await outcomes(calls);
    await moves;
    expect(new Set(refused)).toEqual(new Set(["member_limit_exceeded"]));
    for (const [spent] of await today(who, a, b)) expect(Number(spent)).toBeLessThanOrEqual(8);
  });
});

describe("usage by member", () => {
  it("names the key's owner at the call, in sums and in the log", async () => {
    const { who, a, b } = await team();
    const key = await keyOf(who, { ownerId: a });
    await pay(who, key, 6);
    await handOver(who, key, b);
    await pay(who, key, 3);
    await handOver(who, key, null);
    await pay(who, key, 1);
    const own = { ...who.ctx, now: new Date() };
    const { data } = await usage(own, usageQuery.parse({ groupBy: "member" }));
    expect(data.map(({ member, cost }) => [member, cost])).toEqual([
      [a, "6"],
      [b, "3"],
      [null, "1"],
    ]);
    expect((await usage(own, usageQuery.parse({ member: a }))).totals).toMatchObject({ requests: 1, cost: "6" });
    expect((await listEvents(own, eventsQuery.parse({ member: b }))).data.map(({ cost }) => cost)).toEqual(["3"]);
    const members = await listMembers(own);
    expect(members.data.map(({ userId, spent30d }) => [userId, spent30d])).toEqual([
      [a, "6"],
      [b, "3"],
    ]);
  });
});

describe("the ledger", () => {
  it("is sound after all of this", async () => {
    expect(await brokenInvariants(ctx)).toEqual([]);
  });
});
