/** What a plan limits: the refusal says which limit, how many there are and whose plan; a place can be freed. */
import { describe, expect, it } from "vitest";
import { createKey, freePlace, inviteMember, listPlaces } from "@/lib/accounts";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { charge, hold, release } from "@/lib/gate";
import { outcomes, spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { keyOf, memberOf, type Organization, organization } from "../fixtures/organization";

const ctx = await installation();

const discounted = () => organization(ctx, { credit: 100n, plan: "discounted" });
const call = (who: Organization, agent: string) => ({
  ...spend(who, 1),
  tags: { agent },
  idempotencyKey: `of ${agent}`,
});

describe("the error plan_limit_reached", () => {
  it("names the limit, the count and the plan", async () => {
    const who = await discounted();
    await charge(ctx, call(who, "a"));
    await charge(ctx, call(who, "b"));
    await expect(charge(ctx, call(who, "c"))).rejects.toMatchObject({
      code: "plan_limit_reached",
      message:
        "The plan Discounted allows 2 agents, and 2 are registered. Free the place of one that you no longer use, or upgrade the plan.",
      details: { limit: "agents", most: 2, count: 2, plan: "Discounted" },
    });
  });

  it("names them for members too, open invitations included", async () => {
    const who = await discounted();
    const owner = await memberOf(who, "owner");
    await memberOf(who, "viewer");
    await memberOf(who, "viewer");
    await expect(inviteMember(owner, { email: "more@people.example", role: "viewer" })).rejects.toMatchObject({
      message:
        "The plan Discounted allows 3 members, and there are 3, open invitations counted. Remove a member, withdraw an invitation, or upgrade the plan.",
      details: { limit: "members", most: 3, count: 3, plan: "Discounted" },
    });
  });
});

describe("an agent's place", () => {
  it("can be freed for another agent by an admin, once, and the audit log has it", async () => {
    const who = await discounted();
    const admin = await memberOf(who, "admin");
    for (const agent of ["a", "b"]) await charge(ctx, call(who, agent));
    expect((await listPlaces(admin)).data).toMatchObject([
      { tag: "agent", most: 2, values: [{ value: "a" }, { value: "b" }] },
    ]);
    expect(await freePlace(admin, { tag: "agent", value: "a" })).toEqual({ freed: true });
    expect(await freePlace(admin, { tag: "agent", value: "a" })).toEqual({ freed: false });
    await charge(ctx, call(who, "c"));
    await expect(charge(ctx, { ...call(who, "a"), idempotencyKey: "again" })).rejects.toMatchObject({
      code: "plan_limit_reached",
    });
    const { data } = await listAudit(admin, auditQuery.parse({ action: "place.freed" }));
    expect(data).toMatchObject([{ object: { type: "place", name: "agent a" }, before: { tag: "agent", value: "a" } }]);
  });

  it("cannot be freed while a call of the agent is in flight", async () => {
    const who = await discounted();
    const { id } = await hold(ctx, call(who, "a"));
    const place = { tag: "agent", value: "a" } as const;
    await expect(freePlace(who.ctx, place)).rejects.toMatchObject({ code: "conflict", status: 409 });
    await release(ctx, { id });
    expect(await freePlace(who.ctx, place)).toEqual({ freed: true });
  });

  it("goes to one of two agents that arrive at once after it was freed", async () => {
    const who = await discounted();
    for (const agent of ["a", "b"]) await charge(ctx, call(who, agent));
    await freePlace(who.ctx, { tag: "agent", value: "a" });
    const { answers, refused } = await outcomes([charge(ctx, call(who, "c")), charge(ctx, call(who, "d"))]);
    expect([answers.length, refused]).toEqual([1, ["plan_limit_reached"]]);
  });

  it("stays when another organization frees it", async () => {
    const [who, other] = [await discounted(), await discounted()];
    await charge(ctx, call(other, "a"));
    expect(await freePlace(who.ctx, { tag: "agent", value: "a" })).toEqual({ freed: false });
    expect((await listPlaces(other.ctx)).data[0]?.values).toHaveLength(1);
  });
});

describe("the refusal by a key's limit", () => {
  it("names no time of reset for a total limit", async () => {
    const who = await organization(ctx, { credit: 100n });
    const key = await keyOf(who, { limits: { total: 1n } });
    await expect(charge(ctx, { ...spend(key, 2), idempotencyKey: "k" })).rejects.toMatchObject({
      message: "This call would exceed the key's total limit. Raise the limit, or use another key.",
      details: { window: "total" },
    });
  });

  it("names the time of reset for a limit by day", async () => {
    const who = await organization(ctx, { credit: 100n });
    const made = await createKey(who.ctx, { name: "k", limits: { day: 1n } });
    await expect(charge(ctx, { ...spend(made, 2), idempotencyKey: "k" })).rejects.toMatchObject({
      message: "This call would exceed the key's day limit. Raise the limit, or wait until it resets.",
    });
  });
});
