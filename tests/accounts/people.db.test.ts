/** Members and invitations: each verb, what it refuses, what two who come at once get, and what is written down. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  addMember,
  leaveOrganization,
  listMembers,
  memberSelf,
  removeMember,
  setMemberLimits,
  setMemberRole,
  transferOrganization,
} from "@/lib/accounts";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { charge, hold, settle } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { many, outcomes, spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows } from "../fixtures/ledger";
import { keyOf, memberOf, type Organization, organization, person } from "../fixtures/organization";

let who: Organization;
let owner: Context;
let other: Organization;
const DAY_MS = 86_400_000;

const ctx = await installation();
beforeAll(async () => {
  who = await organization(ctx, { credit: 10_000n });
  owner = await memberOf(who, "owner");
  other = await organization(ctx);
});

const forbidden = { code: "forbidden" };
const conflict = { code: "conflict" };
const notFound = { code: "not_found" };
const call = (key: string, credits = 1) =>
  charge(ctx, { ...spend({ id: who.id, key }, credits), idempotencyKey: newId() });

const address = () => `${newId()}@invited.example`;
const audits = async (object: string, of = owner) => (await listAudit(of, auditQuery.parse({ object }))).data;

describe("a member", () => {
  it("has the role that an admin gives, never owner, and never their own choice", async () => {
    const [admin, member] = [await memberOf(who, "admin"), await memberOf(who, "viewer")];
    const { userId } = member.actor;
    await setMemberRole(admin, { userId, role: "developer" });
    await setMemberRole(admin, { userId, role: "developer" });
    expect(await audits(userId)).toMatchObject([
      { action: "member.role_changed", before: { role: "viewer" }, after: { role: "developer" } },
    ]);
    const own = { userId: admin.actor.userId, role: "viewer" } as const;
    await expect(setMemberRole(admin, own)).rejects.toMatchObject(conflict);
    const { userId: head } = owner.actor as { userId: string };
    await expect(setMemberRole(admin, { userId: head, role: "viewer" })).rejects.toMatchObject(conflict);
    await expect(setMemberRole(admin, { userId, role: "owner" as "admin" })).rejects.toMatchObject({ status: 422 });
    await expect(setMemberRole(admin, { userId: newId(), role: "viewer" })).rejects.toMatchObject(notFound);
    await expect(setMemberRole(other.ctx, { userId, role: "viewer" })).rejects.toMatchObject(notFound);
  });

  it("is removed with their keys at the very next call, even while calls run", async () => {
    const member = await memberOf(who, "developer");
    const { userId } = member.actor;
    const keys = await Promise.all(many(2, () => keyOf(who, { ownerId: userId })));
    const shared = await keyOf(who);
    for (const { key } of keys) await call(key);
    const running = outcomes(many(40, (at) => call(keys[at % 2]?.key ?? "")));
    const removed = removeMember(owner, { userId });
    const { refused } = await running;
    expect(await removed).toEqual({ keysRevoked: 2 });
    expect(refused.every((code) => code === "unauthenticated")).toBe(true);
    for (const { key } of keys) await expect(call(key)).rejects.toMatchObject({ code: "unauthenticated" });
    await call(shared.key);
    expect(await audits(userId)).toMatchObject([{ action: "member.removed", after: { keysRevoked: 2 } }]);
    await expect(removeMember(owner, { userId })).rejects.toMatchObject(notFound);
    await expect(memberSelf(member)).rejects.toMatchObject(notFound);
  });

  it("cannot be removed when they are the owner, the actor, or a member of another organization", async () => {
    const admin = await memberOf(who, "admin");
    const { userId: head } = owner.actor as { userId: string };
    await expect(removeMember(admin, { userId: head })).rejects.toMatchObject(conflict);
    await expect(removeMember(admin, admin.actor)).rejects.toMatchObject({ status: 422 });
    await expect(removeMember(admin, { userId: admin.actor.userId })).rejects.toMatchObject(conflict);
    await expect(removeMember(other.ctx, { userId: admin.actor.userId })).rejects.toMatchObject(notFound);
  });

  it("leaves with their keys, and an owner hands over first, to one person even when two try at once", async () => {
    const team = await organization(ctx, { credit: 10n });
    const head = await memberOf(team, "owner");
    const [one, two] = [await memberOf(team, "admin"), await memberOf(team, "viewer")];
    const { key } = await keyOf(team, { ownerId: head.actor.userId });
    await expect(leaveOrganization(head)).rejects.toMatchObject(conflict);
    await expect(transferOrganization(head, { userId: newId() })).rejects.toMatchObject(notFound);
    await expect(transferOrganization(head, { userId: head.actor.userId })).rejects.toMatchObject(conflict);
    const { answers, refused } = await outcomes(
      [one, two].map(({ actor }) => transferOrganization(head, { userId: actor.userId })),
    );
    expect([answers.length, refused]).toEqual([1, ["conflict"]]);
    const { data } = await listMembers(team.ctx);
    expect(data.filter(({ role }) => role === "owner")).toHaveLength(1);
    expect(data.find(({ userId }) => userId === head.actor.userId)?.role).toBe("admin");
    await leaveOrganization({ ...head, actor: { ...head.actor, role: "admin" } });
    await expect(charge(ctx, { ...spend({ id: team.id, key }, 1), idempotencyKey: newId() })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await expect(leaveOrganization(head)).rejects.toMatchObject(notFound);
    await expect(leaveOrganization(team.ctx)).rejects.toMatchObject(forbidden);
    await expect(leaveOrganization({ ...one, organizationId: who.organizationId })).rejects.toMatchObject(notFound);
    expect(await audits(head.actor.userId, team.ctx)).toMatchObject([{ action: "member.left" }]);
    expect((await audits(team.id, team.ctx)).map(({ action }) => action).sort()).toEqual([
      "organization.created",
      "organization.transferred",
    ]);
  });

  it("can be added by the operator, even as the owner where there is none", async () => {
    const team = await organization(ctx);
    const email = address();
    const { userId } = await addMember(team.ctx, { email, role: "owner" });
    await expect(addMember(team.ctx, { email, role: "viewer" })).rejects.toMatchObject(conflict);
    await expect(addMember(team.ctx, { email: address(), role: "owner" })).rejects.toMatchObject(conflict);
    const known = await person(ctx, address().replace("@i", "@I"));
    const [{ email: mixed } = { email: "" }] = await ownerRows<{ email: string }>(
      `SELECT email FROM "user" WHERE id = $1`,
      [known.userId],
    );
    expect((await addMember(team.ctx, { email: mixed, role: "viewer" })).userId).toBe(known.userId);
    const head: Context = {
      ...team.ctx,
      actor: { type: "user", userId, organizationId: team.organizationId, role: "owner" },
    };
    await expect(addMember(head, { email: address(), role: "viewer" })).rejects.toMatchObject(forbidden);
    await expect(
      addMember({ ...team.ctx, organizationId: newId() }, { email: address(), role: "viewer" }),
    ).rejects.toMatchObject(notFound);
  });
});

describe("a member's limits", () => {
  it("hold over all keys of the member, can be replaced without forgetting the spend, and are shown", async () => {
    const member = await memberOf(who, "developer");
    const { userId } = member.actor;
    const [one, two] = [await keyOf(who, { ownerId: userId }), await keyOf(who, { ownerId: userId })];
    await call(one.key, 3);
    await setMemberLimits(owner, { userId, limits: { day: 5n, total: 100n } });
    await call(two.key, 2);
    const exceeded = { code: "member_limit_exceeded" };
    for (const { key } of [one, two]) await expect(call(key)).rejects.toMatchObject(exceeded);
    await setMemberLimits(owner, { userId, limits: { day: 4n } });
    await expect(call(one.key)).rejects.toMatchObject(exceeded);
    await setMemberLimits(owner, { userId, limits: { day: 9n } });
    const held = await hold(ctx, { ...spend({ id: who.id, key: one.key }, 3), idempotencyKey: newId() });
    await expect(call(two.key, 2)).rejects.toMatchObject(exceeded);
    const now = new Date();
    const self = await memberSelf({ ...member, now });
    expect(self.limits.map(({ window, limit, spent }) => [window, limit, spent])).toEqual([
      ["total", null, "5"],
      ["day", "9", "5"],
      ["week", null, "5"],
      ["month", null, "5"],
    ]);
    expect(self.limits.map(({ held: reserved }) => reserved)).toEqual(["3", "3", "3", "3"]);
    const midnight = new Date(`${now.toISOString().slice(0, 10)}T00:00:00Z`).getTime() + DAY_MS;
    expect(self.limits[1]?.resetsAt).toBe(new Date(midnight).toISOString());
    const tomorrow = await memberSelf({ ...member, now: new Date(midnight) });
    expect(tomorrow.limits[1]).toMatchObject({ spent: "0", held: "0", limit: "9" });
    await settle(ctx, { id: held.id, quantities: { credit: 1n }, idempotencyKey: newId() });
    await setMemberLimits(owner, { userId, limits: {} });
    await call(two.key, 50);
    const changes = await audits(userId);
    expect(changes).toHaveLength(4);
    expect(changes.find(({ after }) => after?.total === "100")).toMatchObject({ before: {}, after: { day: "5" } });
    await expect(setMemberLimits(owner, { userId: newId(), limits: {} })).rejects.toMatchObject(notFound);
    await expect(setMemberLimits(other.ctx, { userId, limits: {} })).rejects.toMatchObject(notFound);
    await expect(setMemberLimits(owner, { userId, limits: { day: -1n } })).rejects.toMatchObject({ status: 422 });
    await expect(memberSelf(who.ctx)).rejects.toMatchObject(forbidden);
  });

  it("let sixty calls at once on two keys spend the one credit that is left in the day, and no more", async () => {
    const { userId } = (await memberOf(who, "developer")).actor;
    const keys = await Promise.all(many(2, () => keyOf(who, { ownerId: userId })));
    await call(keys[0]?.key ?? "", 4);
    await setMemberLimits(owner, { userId, limits: { day: 5n } });
    const { answers, refused } = await outcomes(many(60, (at) => call(keys[at % 2]?.key ?? "")));
    expect(answers).toHaveLength(1);
    expect(new Set(refused)).toEqual(new Set(["member_limit_exceeded"]));
  });

  it("are read again within a batch: an earlier change binds a later call, and sixty holds never exceed it", async () => {
    const { userId } = (await memberOf(who, "developer")).actor;
    const keys = await Promise.all(many(2, () => keyOf(who, { ownerId: userId })));
    for (const { key } of keys) await call(key);
    await setMemberLimits(owner, { userId, limits: { week: 2n } });
    await expect(call(keys[0]?.key ?? "")).rejects.toMatchObject({ code: "member_limit_exceeded" });
    await setMemberLimits(owner, { userId, limits: { week: 7n } });
    const { answers } = await outcomes(
      many(60, (at) =>
        hold(ctx, { ...spend({ id: who.id, key: keys[at % 2]?.key ?? "" }, 2), idempotencyKey: newId() }),
      ),
    );
    expect(answers).toHaveLength(2);
  });

  it("leave the ledger in order", async () => {
    expect(await brokenInvariants(ctx)).toEqual([]);
  });
});
