import { beforeAll, describe, expect, it } from "vitest";
import { newToken, parsePublicId, publicId } from "@/lib/kernel/ids";
import type { Actor, Context, InstallationContext } from "@/lib/platform/context";
import { presetInstallation } from "@/tests/fixtures/catalogue";
import {
  authenticateGateway,
  authenticateKey,
  createGatewaySecret,
  createKey,
  createOrganization,
  findKey,
  keySelf,
  listOrganizations,
  resolveOrganization,
  revokeGatewaySecret,
  revokeKey,
  setKeyLimits,
} from "./index";

const now = new Date("2026-11-21T10:00:00Z");
const ctx: InstallationContext = { ...(await presetInstallation("apertis")), now };
let one: Context;
let other: Context;

beforeAll(async () => {
  one = { ...ctx, organizationId: (await createOrganization(ctx, { name: "One" })).organizationId };
  other = { ...ctx, organizationId: (await createOrganization(ctx, { name: "Other" })).organizationId };
});

describe("an organization", () => {
  it("opens once for an external id, even when sixty calls arrive together", async () => {
    const made = await Promise.all(
      Array.from({ length: 60 }, () => createOrganization(ctx, { name: "Acme", externalId: "acme" })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    const { rows } = await ctx.db.operator.query("SELECT * FROM balance WHERE organization_id = $1", [
      made[0]?.organizationId,
    ]);
    expect(rows).toHaveLength(1);
    expect((await listOrganizations(ctx)).filter(({ externalId }) => externalId === "acme")).toHaveLength(1);
  });

  it("is found by its id and its external id", async () => {
    const made = await createOrganization(ctx, { name: "Found", externalId: "found", timeZone: "Asia/Kathmandu" });
    expect(await resolveOrganization(ctx, made.id)).toBe(made.organizationId);
    expect(await resolveOrganization(ctx, "found")).toBe(made.organizationId);
    expect(await resolveOrganization(ctx, "nobody")).toBeUndefined();
    expect(await resolveOrganization(ctx, "org_AAAAAAAAAAAAAAAAAAAAAA")).toBeUndefined();
  });

  it("refuses an unknown time zone and an empty name", async () => {
    await expect(createOrganization(ctx, { name: "X", timeZone: "Mars/Olympus" })).rejects.toMatchObject({
      status: 422,
    });
    // Known to the runtime, not to PostgreSQL.
    await expect(createOrganization(ctx, { name: "X", timeZone: "+05:45" })).rejects.toMatchObject({ status: 422 });
    await expect(createOrganization(ctx, { name: " " })).rejects.toMatchObject({ status: 422 });
    await expect(createOrganization(ctx, { name: "a\u0000b" })).rejects.toMatchObject({ status: 422 });
  });
});

describe("a gateway secret", () => {
  it("belongs to the installation, even where the caller names an organization", async () => {
    const { id, secret } = await createGatewaySecret(one, { name: "beside" });
    expect(await authenticateGateway(ctx.db, secret)).toEqual({ secretId: id });
    await revokeGatewaySecret(one, { id });
    expect(await authenticateGateway(ctx.db, secret)).toBeUndefined();
  });
});

describe("an API key", () => {
  it("authenticates until it is revoked, and for its organization only", async () => {
    const { id, key } = await createKey(one, { name: "server" });
    const identity = { organizationId: one.organizationId, keyId: parsePublicId(id, "key")?.id };
    expect(await authenticateKey(ctx.db, key)).toEqual(identity);
    expect(await authenticateKey(ctx.db, `${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`)).toBeUndefined();
    expect(await authenticateKey(ctx.db, newToken("sk"))).toBeUndefined();
    await expect(revokeKey(other, { id })).rejects.toMatchObject({ code: "not_found" });
    const { revokedAt } = await revokeKey(one, { id });
    expect(revokedAt).toEqual(now);
    const later = { ...one, now: new Date("2026-11-22T00:00:00Z") };
    expect((await revokeKey(later, { id })).revokedAt).toEqual(now);
    expect(await authenticateKey(ctx.db, key)).toBeUndefined();
    expect(await findKey(ctx.db, key)).toEqual({ ...identity, generation: 1, active: false });
  });

  it("stops at its expiry", async () => {
    const { key } = await createKey(one, { name: "short", expiresAt: new Date(Date.now() - 1000) });
    expect(await authenticateKey(ctx.db, key)).toBeUndefined();
  });

  it("reports itself by window, and an ended window counts nothing", async () => {
    const { id, key } = await createKey(one, { name: "limited", limits: { day: 1_000n, month: 9_000n } });
    const keyId = (await authenticateKey(ctx.db, key))?.keyId as string;
    await asOwner(
      `UPDATE key_usage SET total_spent = 70, day = '2026-11-20', day_spent = 7, week = '2026-11-16', week_spent = 20,
        month = '2026-11-01', month_spent = 30, month_held = 5 WHERE key_id = '${keyId}'`,
    );
    const self = await keySelf({ ...one, actor: { type: "key", organizationId: one.organizationId, keyId } });
    expect(self).toMatchObject({ id, name: "limited", hint: key.slice(-4), expiresAt: null });
    expect(self.windows).toEqual({
      total: { limit: null, spent: 70n, held: 0n, resetsAt: null },
      day: { limit: 1_000n, spent: 0n, held: 0n, resetsAt: new Date("2026-11-22T00:00:00Z") },
      week: { limit: null, spent: 20n, held: 0n, resetsAt: new Date("2026-11-23T00:00:00Z") },
      month: { limit: 9_000n, spent: 30n, held: 5n, resetsAt: new Date("2026-12-01T00:00:00Z") },
    });
    await setKeyLimits(one, { id, limits: { total: 5n } });
    const { windows } = await keySelf({ ...one, actor: { type: "key", organizationId: one.organizationId, keyId } });
    expect([windows.total.limit, windows.day.limit]).toEqual([5n, null]);
    await expect(setKeyLimits(other, { id, limits: {} })).rejects.toMatchObject({ code: "not_found" });
  });

  it("can be managed by owners and admins, while a developer makes own keys without limits", async () => {
    const { rows } = await asOwner(`INSERT INTO "user" (email) VALUES ('dev@example.com') RETURNING id`);
    const userId = rows[0].id as string;
    await asOwner(
      `INSERT INTO member (organization_id, user_id, role) VALUES ('${one.organizationId}', '${userId}', 'developer')`,
    );
    const as = (role: "developer" | "viewer" | "admin", organizationId = one.organizationId): Context => ({
      ...one,
      actor: { type: "user", userId, organizationId, role },
    });
    const own = await createKey(as("developer"), { name: "mine", ownerId: userId });
    await expect(createKey(as("developer"), { name: "free" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      createKey(as("developer"), { name: "mine", ownerId: userId, limits: { day: 1n } }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(setKeyLimits(as("developer"), { id: own.id, limits: {} })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(createKey(as("viewer"), { name: "x", ownerId: userId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(createKey(as("admin", other.organizationId), { name: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(createKey({ ...other }, { name: "x", ownerId: userId })).rejects.toMatchObject({ status: 422 });
    await revokeKey(as("developer"), { id: own.id });
    const random = publicId("key", one.organizationId, "01930000-0000-7000-8000-000000000000");
    await expect(revokeKey(one, { id: random })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a gateway secret of the operator", () => {
  it("authenticates until it is revoked", async () => {
    const { id, secret } = await createGatewaySecret(ctx, { name: "edge" });
    expect(await authenticateGateway(ctx.db, secret)).toEqual({ secretId: id });
    expect(await authenticateGateway(ctx.db, newToken("gw"))).toBeUndefined();
    await revokeGatewaySecret(ctx, { id });
    expect(await authenticateGateway(ctx.db, secret)).toBeUndefined();
    await expect(revokeGatewaySecret(ctx, { id: one.organizationId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("can be managed by the operator only", async () => {
    const actor: Actor = { type: "gateway", secretId: one.organizationId };
    await expect(createGatewaySecret({ ...ctx, actor }, { name: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(listOrganizations({ ...ctx, actor })).rejects.toMatchObject({ code: "forbidden" });
  });
});

/** As the database's owner: what only the gate writes, and users, are seeded here. */
async function asOwner(text: string) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
