/** Keys while calls arrive: rotation, what a key may call, and who may change it, each with its line in the audit log. */
import { beforeAll, describe, expect, it } from "vitest";
import { createKey, findKey, revokeKey, rotateKey, setKeyLimits, updateKey } from "@/lib/accounts";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { charge } from "@/lib/gate";
import { newId, newToken } from "@/lib/kernel/ids";
import type { MemberRole } from "@/lib/kernel/permissions";
import type { Context } from "@/lib/platform/context";
import { spend } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { keyOf, type Organization, organization } from "../fixtures/organization";

let who: Organization;
const HOUR_MS = 3_600_000;

const ctx = await installation();
beforeAll(async () => {
  who = await organization(ctx, { credit: 1_000n });
});

const call = (key: string, credits = 1) =>
  charge(ctx, { ...spend({ id: who.id, key }, credits), idempotencyKey: newId() });
const unauthenticated = { code: "unauthenticated" };
const forbidden = { code: "forbidden" };

async function member(role: MemberRole): Promise<Context & { actor: { userId: string } }> {
  const { rows } = await ctx.db.operator.query<{ id: string }>(
    `WITH person AS (INSERT INTO "user" (email) VALUES ($1) RETURNING id)
     INSERT INTO member (organization_id, user_id, role) SELECT $2, id, $3 FROM person RETURNING user_id AS id`,
    [`${newId()}@keys.example`, who.organizationId, role],
  );
  const { organizationId } = who;
  return { ...who.ctx, actor: { type: "user", userId: rows[0]?.id ?? "", organizationId, role } };
}

describe("a rotated key", () => {
  it("has a new secret and the same counters, and its previous secret works until its end", async () => {
    const { id, key } = await keyOf(who, { limits: { total: 3n } });
    await call(key);
    const rotated = await rotateKey({ ...who.ctx, now: new Date() }, { id, overlapHours: 1 });
    expect(rotated.key).not.toBe(key);
    await call(key);
    await call(rotated.key);
    await expect(call(rotated.key)).rejects.toMatchObject({ code: "key_limit_exceeded" });
    await expect(call(key)).rejects.toMatchObject({ code: "key_limit_exceeded" });
  });

  it("refuses its previous secret at the very next call without an overlap, even where it was just used", async () => {
    const { id, key } = await keyOf(who);
    await call(key);
    const now = new Date();
    const rotated = await rotateKey({ ...who.ctx, now }, { id, overlapHours: 0 });
    await expect(call(key)).rejects.toMatchObject(unauthenticated);
    await call(rotated.key);
    expect((await findKey(ctx.db, key))?.active).toBe(false);
  });

  it("keeps one previous secret: a second rotation ends the oldest, whatever its overlap was", async () => {
    const { id, key } = await keyOf(who);
    await call(key);
    const second = await rotateKey({ ...who.ctx, now: new Date() }, { id, overlapHours: 24 });
    await call(second.key);
    const third = await rotateKey({ ...who.ctx, now: new Date() }, { id, overlapHours: 24 });
    await expect(call(key)).rejects.toMatchObject(unauthenticated);
    await call(second.key);
    await call(third.key);
  });

  it("is revoked with both its secrets, and cannot be rotated again", async () => {
    const { id, key } = await keyOf(who);
    const rotated = await rotateKey({ ...who.ctx, now: new Date() }, { id });
    await call(key);
    await revokeKey(who.ctx, { id });
    for (const secret of [key, rotated.key]) await expect(call(secret)).rejects.toMatchObject(unauthenticated);
    await expect(rotateKey(who.ctx, { id })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a key that may call some endpoints only", () => {
  it("is refused the others from the very next call after the change, and pays nothing", async () => {
    const { id, key } = await keyOf(who);
    await call(key);
    const facts = { id, name: "k", endpoints: ["free"], models: [] };
    await updateKey(who.ctx, facts);
    await expect(call(key)).rejects.toMatchObject(forbidden);
    await charge(ctx, { key, endpoint: "free", model: "m", quantities: { credit: 1n }, idempotencyKey: newId() });
    await updateKey(who.ctx, { ...facts, endpoints: ["call"], models: ["m"] });
    await call(key);
    await updateKey(who.ctx, { ...facts, endpoints: [] });
    await call(key);
  });

  it("names endpoints and models of the catalogue only", async () => {
    await expect(createKey(who.ctx, { name: "k", endpoints: ["chatt"] })).rejects.toMatchObject({
      code: "validation_failed",
      details: { field: "endpoints" },
    });
  });
});

describe("a developer's key", () => {
  it("is made without limits and without permissions of calls", async () => {
    const own = await member("developer");
    const ownerId = own.actor.userId;
    const { id, key } = await createKey(own, { name: "mine", ownerId });
    await call(key);
    await rotateKey(own, { id });
    await updateKey(own, { id, name: "mine too", ownerId });
    const limits = { total: 5n };
    await expect(createKey(own, { name: "k", ownerId, limits })).rejects.toMatchObject(forbidden);
    await expect(createKey(own, { name: "k", ownerId, endpoints: ["call"] })).rejects.toMatchObject(forbidden);
    await expect(createKey(own, { name: "k" })).rejects.toMatchObject(forbidden);
    await expect(setKeyLimits(own, { id, limits })).rejects.toMatchObject(forbidden);
    await expect(updateKey(own, { id, name: "k", ownerId: null })).rejects.toMatchObject(forbidden);
    const others = await keyOf(who);
    for (const verb of [revokeKey, rotateKey]) {
      await expect(verb(own, { id: others.id })).rejects.toMatchObject(forbidden);
    }
    await revokeKey(own, { id });
  });

  it("ends later only where an admin allows it", async () => {
    const [own, admin] = [await member("developer"), await member("admin")];
    const ownerId = own.actor.userId;
    const expiresAt = new Date(who.ctx.now.getTime() + HOUR_MS);
    const { id } = await createKey(own, { name: "short", ownerId, expiresAt });
    await expect(updateKey(own, { id, name: "short", ownerId })).rejects.toMatchObject(forbidden);
    await updateKey(admin, { id, name: "long", ownerId });
  });

  it("cannot be changed by a viewer, by a key, or from another organization", async () => {
    const viewer = await member("viewer");
    const { id, keyId } = await keyOf(who);
    await expect(createKey(viewer, { name: "k", ownerId: viewer.actor.userId })).rejects.toMatchObject(forbidden);
    const key = { ...who.ctx, actor: { type: "key", organizationId: who.organizationId, keyId } } as const;
    await expect(createKey(key, { name: "k" })).rejects.toMatchObject(forbidden);
    await expect(setKeyLimits(key, { id, limits: {} })).rejects.toMatchObject(forbidden);
    const other = await organization(ctx, {});
    for (const verb of [revokeKey, rotateKey]) {
      await expect(verb(other.ctx, { id })).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(createKey(who.ctx, { name: "k", ownerId: newId() })).rejects.toMatchObject({ status: 422 });
  });
});

describe("the audit log", () => {
  it("has the actor, the origin, and the values before and after, and no row where nothing changed", async () => {
    const admin = { ...(await member("admin")), origin: { address: "203.0.113.7", agent: "test" } };
    const { id } = await createKey(admin, { name: "seen", limits: { day: 5n } });
    await setKeyLimits(admin, { id, limits: { day: 9n, total: 20n } });
    await updateKey(admin, { id, name: "renamed" });
    await rotateKey(admin, { id, overlapHours: 0 });
    await revokeKey(admin, { id });
    await revokeKey(admin, { id });
    const { data } = await listAudit(admin, auditQuery.parse({ object: id }));
    expect(data.map(({ action }) => action).sort()).toEqual(
      ["key.created", "key.limits_changed", "key.revoked", "key.rotated", "key.updated"].sort(),
    );
    const limits = data.find(({ action }) => action === "key.limits_changed");
    expect(limits).toMatchObject({ before: { day: "5" }, after: { day: "9", total: "20" } });
    expect(limits).toMatchObject({ address: "203.0.113.7", agent: "test", object: { id, name: "seen" } });
    expect(limits?.actor).toMatchObject({
      type: "user",
      id: admin.actor.userId,
      name: expect.stringContaining("@keys"),
    });
    expect(JSON.stringify(data)).not.toContain("sk_");
    await expect(listAudit(await member("developer"), auditQuery.parse({}))).rejects.toMatchObject(forbidden);
  });

  it("has no row of a refused change", async () => {
    const admin = await member("admin");
    await expect(createKey(admin, { name: "k", ownerId: newId() })).rejects.toMatchObject({ status: 422 });
    const { data } = await listAudit(admin, auditQuery.parse({ actor: admin.actor.userId }));
    expect(data).toEqual([]);
  });

  it("is read page by page, and holds no credential", async () => {
    const admin = await member("admin");
    for (const name of ["a", "b", "c"]) await createKey({ ...admin, now: new Date() }, { name });
    const query = { actor: admin.actor.userId, limit: "2" };
    const first = await listAudit(admin, auditQuery.parse(query));
    const second = await listAudit(admin, auditQuery.parse({ ...query, cursor: first.nextCursor ?? "" }));
    const names = [...first.data, ...second.data].map(({ object }) => object.name);
    expect(names.sort()).toEqual(["a", "b", "c"]);
    expect(second.nextCursor).toBeNull();
    expect(await findKey(ctx.db, newToken("sk"))).toBeUndefined();
  });
});
