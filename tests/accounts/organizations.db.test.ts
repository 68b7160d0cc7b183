/** Organizations of people: the first and further ones, changes, and the end of one, whose books stay. */
import { describe, expect, it } from "vitest";
import {
  acceptInvitation,
  authenticateKey,
  createGatewaySecret,
  createKey,
  createOrganization,
  createOwnOrganization,
  deleteOrganization,
  inviteMember,
  listMembers,
  listMemberships,
  listOrganizations,
  openFirstOrganization,
  readInvitation,
  resolveOrganization,
  setKeyLimits,
  updateOrganization,
} from "@/lib/accounts";
import { MOST_OWNED } from "@/lib/accounts/schema";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import { charge, type GateContext, hold, refund, release, settle } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { balance, grant, listGrants, listTransactions, subscribe } from "@/lib/ledger";
import { transactionsQuery } from "@/lib/ledger/schema";
import type { Context, PersonContext } from "@/lib/platform/context";
import { many, outcomes, spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows } from "../fixtures/ledger";
import { keyOf, memberOf, organization, person } from "../fixtures/organization";

const conflict = { code: "conflict" };
const notFound = { code: "not_found" };
const signup = '{ when: signup, amount: "7" }';

const ctx = await installation(creditCatalogue({ signup }));

const within = (one: PersonContext, organizationId: string): Context => ({
  ...one,
  organizationId,
  actor: { type: "user", userId: one.userId, organizationId, role: "owner" },
});
const dayFrom = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
async function welcomes(how: string): Promise<void> {
  await applyCatalogue(ctx, { text: creditCatalogue({ signup: how }), fileName: "calls" });
  await startCatalogue(ctx.db);
}
const sound = async () => expect(await brokenInvariants(ctx)).toEqual([]);
const actions = async (of: Context) => (await listAudit(of, auditQuery.parse({}))).data.map(({ action }) => action);

describe("a person's organization", () => {
  it("opens at the first sign-in, once for sixty at once, with the signup grant", async () => {
    const one = await person(ctx);
    const opened = await Promise.all(many(60, () => openFirstOrganization(one)));
    const id = opened[0] as string;
    expect(new Set(opened).size).toBe(1);
    const own = within(one, id);
    expect((await balance(own)).available).toBe(7n);
    const { data } = await listMemberships(own);
    expect(data).toMatchObject([{ role: "owner", name: expect.stringMatching(/'s organization$/) }]);
    expect(await actions(own)).toEqual(["organization.created"]);
    expect((await listGrants(own)).data).toHaveLength(1);
  });

  it("does not open for a person who is not verified, is a member already, or is invited", async () => {
    const one = await person(ctx);
    await ownerRows(`UPDATE "user" SET email_verified = NULL WHERE id = $1`, [one.userId]);
    expect(await openFirstOrganization(one)).toBeUndefined();
    const team = await organization(ctx);
    const member = await memberOf(team, "viewer");
    expect(await openFirstOrganization({ ...one, userId: member.actor.userId })).toBeUndefined();
    const email = `${newId()}@people.example`;
    const guest = await person(ctx, email);
    await inviteMember(await memberOf(team, "owner"), { email, role: "viewer" });
    expect(await openFirstOrganization(guest)).toBeUndefined();
    const late = new Date(ctx.now.getTime() + 8 * 86_400_000);
    expect(await openFirstOrganization({ ...guest, now: late })).toBeDefined();
  });

  it("has no signup grant when it is a further one, even after the first was deleted, and one person owns at most twenty", async () => {
    const one = await person(ctx);
    const first = within(one, (await openFirstOrganization(one)) as string);
    const further = await createOwnOrganization(one, { name: " Second ", timeZone: "Asia/Kathmandu" });
    const second = within(one, further.organizationId);
    expect((await balance(second)).available).toBe(0n);
    expect(await actions(second)).toEqual(["organization.created"]);
    await deleteOrganization(first, { forfeit: true });
    await deleteOrganization(second);
    const again = within(one, (await openFirstOrganization(one)) as string);
    expect(again.organizationId).not.toBe(first.organizationId);
    expect((await balance(again)).available).toBe(0n);
    expect(await openFirstOrganization(one)).toBeUndefined();
    const { answers, refused } = await outcomes(
      many(MOST_OWNED + 5, (at) => createOwnOrganization(one, { name: `No. ${at}` })),
    );
    expect([answers.length, new Set(refused)]).toEqual([MOST_OWNED - 1, new Set(["conflict"])]);
    await expect(createOwnOrganization(one, { name: "" })).rejects.toMatchObject({ status: 422 });
    const zone = { name: "x", timeZone: "Mars/Olympus" };
    await expect(createOwnOrganization(one, zone)).rejects.toMatchObject({ status: 422 });
  });

  it("gives its first call the allowance once for each person, where the catalogue grants at the first call", async () => {
    await welcomes('{ when: first_call, amount: "9" }');
    const one = await person(ctx);
    const first = within(one, (await openFirstOrganization(one)) as string);
    const further = within(one, (await createOwnOrganization(one, { name: "Further" })).organizationId);
    const call = async (of: Context) => {
      const { key } = await createKey({ ...of, actor: { type: "operator" } }, { name: "k" });
      return charge(ctx, { ...spend({ id: "", key }, 4), idempotencyKey: newId() });
    };
    expect((await balance(first)).available).toBe(0n);
    expect((await call(first)).available).toBe("5");
    await expect(call(further)).rejects.toMatchObject({ code: "insufficient_credits" });
    await welcomes(signup);
  });
});

describe("an organization", () => {
  it("can be renamed, and a change of nothing is not logged", async () => {
    const team = await organization(ctx);
    const head = await memberOf(team, "admin");
    await updateOrganization(head, { name: "New", timeZone: "UTC" });
    await updateOrganization(head, { name: "New", timeZone: "UTC" });
    const { data } = await listAudit(team.ctx, auditQuery.parse({ action: "organization.updated" }));
    expect(data).toMatchObject([{ before: { name: "Customer", timeZone: "UTC" }, after: { name: "New" } }]);
    for (const timeZone of ["Mars/Olympus", "+05:45"]) {
      await expect(updateOrganization(head, { name: "x", timeZone })).rejects.toMatchObject({ status: 422 });
    }
    const nowhere = { ...ctx, organizationId: newId() };
    await expect(updateOrganization(nowhere, { name: "x", timeZone: "UTC" })).rejects.toMatchObject(notFound);
  });

  it("has no name that reads as an address or hides letters, nor has a key, while an identifier may be an address", async () => {
    const head = await memberOf(await organization(ctx), "owner");
    for (const name of ["https://evil.example", "evil.com", "www.evil", "a\u202Eb", "a\u200Bb", "a\u0000b"]) {
      const wrong = { code: "validation_failed", message: expect.stringMatching(/must not/) };
      await expect(updateOrganization(head, { name, timeZone: "UTC" }), name).rejects.toMatchObject(wrong);
      await expect(createOwnOrganization(await person(ctx), { name })).rejects.toMatchObject(wrong);
      await expect(createKey(head, { name })).rejects.toMatchObject(wrong);
      await expect(createGatewaySecret(ctx, { name })).rejects.toMatchObject(wrong);
    }
    const made = await createOrganization(ctx, { name: "Cafe\u0301 Nord", externalId: "nord.example" });
    expect(await resolveOrganization(ctx, "nord.example")).toBe(made.organizationId);
    const [row] = await ownerRows<{ name: string }>("SELECT name FROM organization WHERE id = $1", [
      made.organizationId,
    ]);
    expect(row?.name).toBe("Café Nord");
  });

  it("gets a plain name when its owner's own name is an address", async () => {
    const one = await person(ctx, `${newId()}@people.example`);
    await ownerRows(`UPDATE "user" SET name = $2 WHERE id = $1`, [one.userId, "\u202Ewww.evil.com"]);
    const id = (await openFirstOrganization(one)) as string;
    const [row] = await ownerRows<{ name: string }>("SELECT name FROM organization WHERE id = $1", [id]);
    expect(row?.name).toBe("www evil com's organization");
  });

  it("keeps what its keys have spent in the running windows when its time zone changes", async () => {
    // Two days that begin with today: the open hold must not be overdue by the database's clock.
    const [first, second] = [0, 1].map((days) => dayFrom(ctx.now, days)) as [string, string];
    const at = (time: string): GateContext => ({ ...ctx, simulatedAt: new Date(time) });
    const team = await organization(at(`${first}T00:00:00Z`), { credit: 1_000n, timeZone: "UTC" });
    const { key, id } = await keyOf(team, { limits: { day: 10n } });
    const call = (time: string, credits: number) =>
      charge(at(time), { ...spend({ id: team.id, key }, credits), idempotencyKey: newId() });
    const reserve = (time: string, credits: number) =>
      hold(at(time), { ...spend({ id: team.id, key }, credits), expiresIn: 86_400, idempotencyKey: newId() });
    await call(`${first}T03:00:00Z`, 1); // the day before in New York, the first in Tokyo
    const back = await call(`${first}T16:00:00Z`, 2); // the first, the second in Tokyo
    const old = await reserve(`${first}T23:00:00Z`, 4); // the same
    await call(`${second}T01:00:00Z`, 8); // the second, still the first in New York
    const spent = async () => {
      const [row] = await ownerRows<{ spent: string; held: string; day: string }>(
        `SELECT day_spent AS spent, day_held AS held, day::text AS day FROM key_usage WHERE organization_id = $1`,
        [team.organizationId],
      );
      return [row?.day, row?.spent, row?.held];
    };
    const move = (timeZone: string, time: string) =>
      updateOrganization({ ...team.ctx, now: new Date(time) }, { name: "Customer", timeZone });
    expect(await spent()).toEqual([second, "8", "0"]);
    await move("America/New_York", `${second}T02:00:00Z`);
    expect(await spent()).toEqual([first, "10", "4"]);
    await sound();
    await expect(call(`${second}T02:01:00Z`, 1)).rejects.toMatchObject({ code: "key_limit_exceeded" });
    await move("Asia/Tokyo", `${second}T02:02:00Z`);
    expect(await spent()).toEqual([second, "10", "4"]);
    await setKeyLimits({ ...team.ctx }, { id, limits: { day: 20n } });
    await settle(at(`${second}T02:03:00Z`), { id: old.id, quantities: { credit: 3n }, idempotencyKey: newId() });
    await refund(at(`${second}T02:04:00Z`), { id: back.id, reason: "r", idempotencyKey: newId() });
    expect(await spent()).toEqual([second, "11", "0"]);
    await move("UTC", `${second}T02:05:00Z`);
    expect(await spent()).toEqual([second, "8", "0"]);
    await sound();
  });
});

describe("a deleted organization", () => {
  it("needs its calls ended, its credit spent or forfeited, and its debt paid", async () => {
    const team = await organization(ctx, { credit: 20n, plan: "monthly" });
    const open = await hold(ctx, { ...spend(team, 5), idempotencyKey: newId() });
    await expect(deleteOrganization(team.ctx, { forfeit: true })).rejects.toMatchObject(conflict);
    await release(ctx, { id: open.id, idempotencyKey: newId() });
    await expect(deleteOrganization(team.ctx)).rejects.toMatchObject(conflict);
    const head = await memberOf(team, "owner");
    const was = await memberOf(team, "admin");
    const stale = { ...was, actor: { ...was.actor, role: "owner" as const } };
    await expect(deleteOrganization(stale, { forfeit: true })).rejects.toMatchObject(conflict);
    // 7 at sign-up, 20 bought, 100 of the plan.
    expect(await deleteOrganization(head, { forfeit: true })).toEqual({ forfeited: "127" });
    await expect(deleteOrganization(team.ctx)).rejects.toMatchObject(notFound);
    const indebted = await organization(ctx, { credit: 20n });
    await ownerRows("UPDATE balance SET debt = 1 WHERE organization_id = $1", [indebted.organizationId]);
    await expect(deleteOrganization(indebted.ctx, { forfeit: true })).rejects.toMatchObject(conflict);
    await ownerRows("UPDATE balance SET debt = 0 WHERE organization_id = $1", [indebted.organizationId]);
    await sound();
  });

  it("disappears at the next call, keeps its books, and frees its external id", async () => {
    const made = await createOrganization(ctx, { name: "Acme", externalId: "acme" });
    const team = { ...made, ctx: { ...ctx, organizationId: made.organizationId } };
    await grant(team.ctx, { amount: 50n, reason: "r", idempotencyKey: "g" });
    await subscribe(team.ctx, { plan: "monthly", idempotencyKey: "p" });
    const head = await memberOf(team, "owner");
    const { key } = await keyOf(team, { ownerId: head.actor.userId });
    const email = `${newId()}@people.example`;
    await inviteMember(head, { email, role: "viewer" });
    const [mail] = await ownerRows<{ text: string }>("SELECT text FROM mail WHERE recipient = $1", [email]);
    const token = /invitations\/([\w-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
    const body = { ...spend({ id: team.id, key }, 3), idempotencyKey: "one" };
    const paid = await charge(ctx, body);
    await charge(ctx, { ...spend({ id: "acme" }, 3), idempotencyKey: newId() });
    const running = outcomes(many(30, () => charge(ctx, { ...spend({ id: "acme" }, 1), idempotencyKey: newId() })));
    await deleteOrganization(head, { forfeit: true });
    expect(new Set((await running).refused)).toEqual(new Set((await running).refused.map(() => "not_found")));

    expect(await authenticateKey(ctx.db, key)).toBeUndefined();
    await expect(charge(ctx, { ...body, idempotencyKey: newId() })).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await charge(ctx, body)).toEqual(paid); // What was answered is answered again.
    for (const organization of ["acme", team.id]) {
      const call = { ...spend({ id: organization }, 1), idempotencyKey: newId() };
      await expect(charge(ctx, call)).rejects.toMatchObject(notFound);
      expect(await resolveOrganization(ctx, organization)).toBeUndefined();
    }
    for (const verb of [
      () => grant(team.ctx, { amount: 1n, reason: "r", idempotencyKey: "late" }),
      () => subscribe(team.ctx, { plan: "monthly", idempotencyKey: "late" }),
      () => createKey(team.ctx, { name: "k" }),
      () => refund(ctx, { id: paid.id, reason: "r", idempotencyKey: "late" }),
      () => updateOrganization(team.ctx, { name: "x", timeZone: "UTC" }),
    ]) {
      await expect(verb()).rejects.toMatchObject(notFound);
    }
    expect((await listMembers(team.ctx)).data).toEqual([]);
    expect((await listMemberships(head)).data).toEqual([]);
    expect((await listOrganizations(ctx)).map(({ id }) => id)).not.toContain(team.id);
    expect((await readInvitation(ctx, { token })).state).toBe("revoked");
    await expect(acceptInvitation(await person(ctx, email), { token })).rejects.toMatchObject(notFound);

    const { data } = await listTransactions(team.ctx, transactionsQuery.parse({ limit: "100" }));
    expect(data.filter(({ type }) => type === "expiry")).toHaveLength(3);
    expect((await balance(team.ctx)).available).toBe(0n);
    const [deleted] = (await listAudit(team.ctx, auditQuery.parse({ action: "organization.deleted" }))).data;
    expect(deleted).toMatchObject({ object: { id: team.id, name: "Acme" }, before: { externalId: "acme" } });
    const again = await createOrganization(ctx, { name: "Acme", externalId: "acme" });
    expect([again.created, again.id === team.id]).toEqual([true, false]);
    expect(await resolveOrganization(ctx, "acme")).toBe(again.organizationId);
    await sound();
  });
});
