/** Invitations: by mail, once, for one address, within the plan; what two who come at once get, and what is written down. */

import { beforeAll, describe, expect, it } from "vitest";
import {
  acceptInvitation,
  inviteMember,
  listInvitations,
  listMembers,
  readInvitation,
  removeMember,
  revokeInvitation,
} from "@/lib/accounts";
import { refusal } from "@/lib/adapters/http/problem";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { newId, publicId } from "@/lib/kernel/ids";
import { subscribe } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { many, outcomes } from "../fixtures/call";
import { installation } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { memberOf, type Organization, organization, person } from "../fixtures/organization";

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

/** The token in the latest mail to an address: it is nowhere else. */
async function mailed(to: string): Promise<{ token: string; text: string; subject: string; html: string }> {
  const sql = "SELECT subject, text, html FROM mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1";
  const [mail] = await ownerRows<{ subject: string; text: string; html: string }>(sql, [to]);
  const text = mail?.text ?? "";
  const token = /\/invitations\/([\w-]{43})\s/.exec(text)?.[1] ?? "";
  return { token, text, subject: mail?.subject ?? "", html: mail?.html ?? "" };
}

async function invited(from: Context, role: "admin" | "developer" | "viewer" = "developer", email = address()) {
  const { id } = await inviteMember({ ...from, now: new Date() }, { email, role });
  return { id, email: email.toLowerCase(), token: (await mailed(email.toLowerCase())).token };
}
const address = () => `${newId()}@invited.example`;
const audits = async (object: string, of = owner) => (await listAudit(of, auditQuery.parse({ object }))).data;

describe("an invitation", () => {
  it("arrives by mail, can be read by its link, and makes the owner of the address a member, once", async () => {
    const email = address();
    const { id, token } = await invited(owner, "developer", email.toUpperCase());
    const { text, subject, html } = await mailed(email);
    expect(subject).toBe("You are invited to an organization at Calls");
    expect(text).toContain("invites you to join Customer");
    expect(text).toContain("as a developer");
    expect(html).toContain(`href="http://localhost:3000/invitations/${token}"`);
    expect(await readInvitation(ctx, { token })).toMatchObject({ organization: "Customer", email, state: "open" });
    const [guest, stranger] = [await person(ctx, email.replace("@i", "@I")), await person(ctx)];
    await expect(acceptInvitation(stranger, { token })).rejects.toMatchObject(forbidden);
    const { rows } = await ctx.db.operator.query(`INSERT INTO "user" (email) VALUES ($1) RETURNING id`, [email]);
    await expect(acceptInvitation({ ...guest, userId: rows[0].id }, { token })).rejects.toMatchObject(forbidden);
    const joined = await acceptInvitation(guest, { token });
    expect(joined).toEqual({ id: who.id, organizationId: who.organizationId, role: "developer" });
    expect(await acceptInvitation(guest, { token })).toEqual(joined);
    expect((await readInvitation(ctx, { token })).state).toBe("accepted");
    await expect(revokeInvitation(owner, { id })).rejects.toMatchObject(conflict);
    expect(await audits(guest.userId)).toMatchObject([{ action: "member.joined", after: { role: "developer" } }]);
    await removeMember(owner, { userId: guest.userId });
    await expect(acceptInvitation(guest, { token })).rejects.toMatchObject(conflict);
  });

  it("makes one member of sixty accepts at once", async () => {
    const { email, token } = await invited(owner);
    const guest = await person(ctx, email);
    const { answers, refused } = await outcomes(many(60, () => acceptInvitation(guest, { token })));
    expect(answers.length).toBeGreaterThan(0);
    expect(refused).not.toContain("conflict");
    expect(await audits(guest.userId)).toHaveLength(1);
    const { data } = await listMembers(owner);
    expect(data.filter(({ userId }) => userId === guest.userId)).toHaveLength(1);
  });

  it("ends when it is withdrawn, replaced or too old, and is not found by others", async () => {
    const first = await invited(owner);
    const second = await invited(owner, "viewer", first.email);
    expect((await readInvitation(ctx, { token: first.token })).state).toBe("revoked");
    const guest = await person(ctx, first.email);
    await expect(acceptInvitation(guest, { token: first.token })).rejects.toMatchObject(conflict);
    const late = new Date(ctx.now.getTime() + 7 * DAY_MS + 60_000);
    expect((await readInvitation({ ...ctx, now: late }, { token: second.token })).state).toBe("expired");
    await expect(acceptInvitation({ ...guest, now: late }, { token: second.token })).rejects.toMatchObject(conflict);
    await expect(revokeInvitation(other.ctx, { id: second.id })).rejects.toMatchObject(notFound);
    await revokeInvitation(owner, { id: second.id });
    await revokeInvitation(owner, { id: second.id });
    await expect(acceptInvitation(guest, { token: second.token })).rejects.toMatchObject(conflict);
    expect((await audits(second.id)).map(({ action }) => action).sort()).toEqual([
      "invitation.created",
      "invitation.revoked",
    ]);
    const { data } = await listInvitations(owner);
    expect(data.find(({ id }) => id === second.id)).toMatchObject({ state: "revoked", role: "viewer" });
    expect((await listInvitations(other.ctx)).data).toEqual([]);
    for (const token of ["", "x".repeat(43)]) {
      await expect(readInvitation(ctx, { token })).rejects.toMatchObject(notFound);
      await expect(acceptInvitation(guest, { token })).rejects.toMatchObject(notFound);
    }
    const nobody = publicId("inv", who.organizationId, newId());
    for (const id of [nobody, "inv_x"]) await expect(revokeInvitation(owner, { id })).rejects.toMatchObject(notFound);
  });

  it("is refused for a member, a wrong address and ownership, and sends no mail then", async () => {
    const email = address();
    await memberOf(who, "viewer", email.toUpperCase());
    await expect(inviteMember(owner, { email, role: "viewer" })).rejects.toMatchObject(conflict);
    for (const wrong of ["nobody", "a@b", "a@b.example\nBcc: c@d.example"]) {
      await expect(inviteMember(owner, { email: wrong, role: "viewer" })).rejects.toMatchObject({ status: 422 });
    }
    await expect(inviteMember(owner, { email: address(), role: "owner" as "admin" })).rejects.toMatchObject({
      status: 422,
    });
    expect(await ownerRows("SELECT 1 FROM mail WHERE recipient = $1", [email])).toEqual([]);
  });

  it("keeps to the plan's members, open invitations included, even when many are made and accepted at once", async () => {
    const team = await organization(ctx, { plan: "discounted" }); // three members
    const head = await memberOf(team, "owner");
    const full = { code: "plan_limit_reached", status: 403 };
    const { refused } = await outcomes(many(10, () => inviteMember(head, { email: address(), role: "viewer" })));
    expect(refused).toEqual(many(8, () => "plan_limit_reached"));
    const [one, two] = (await listInvitations(head)).data;
    await invited(head, "admin", one?.email); // Replaces, so it takes no further place.
    await memberOf(team, "viewer"); // Somebody came by another way: one place is left for two invitations.
    const guests = await Promise.all([one, two].map((invitation) => person(ctx, invitation?.email)));
    const tokens = await Promise.all(
      [one, two].map(async (invitation) => (await mailed(invitation?.email ?? "")).token),
    );
    const accepted = await outcomes(guests.map((guest, at) => acceptInvitation(guest, { token: tokens[at] ?? "" })));
    expect(accepted.refused).toEqual([full.code]);
    expect((await listMembers(head)).data).toHaveLength(3);
    await expect(inviteMember(head, { email: address(), role: "viewer" })).rejects.toMatchObject(full);
    await inviteMember(team.ctx, { email: address(), role: "viewer" }); // The operator helps beyond the plan.
    const free = await organization(ctx);
    await subscribe(free.ctx, { plan: "monthly", idempotencyKey: "plan" });
    await inviteMember(await memberOf(free, "owner"), { email: address(), role: "viewer" });
  });

  it("can be sent a hundred times a day by one organization at most", async () => {
    const team = await organization(ctx);
    const sql = `INSERT INTO invitation (organization_id, id, email, role, hash, expires_at, created_at)
      SELECT $1, gen_random_uuid(), 'x' || n, 'viewer', sha256((gen_random_uuid() || '')::bytea), now(), now()
      FROM generate_series(1, 100) AS n`;
    await ownerRows(sql, [team.organizationId]);
    const head = { ...(await memberOf(team, "owner")), now: new Date() };
    const refused = inviteMember(head, { email: address(), role: "viewer" });
    await expect(refused).rejects.toMatchObject({ code: "rate_limited", details: { retryAfter: 86_400 } });
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(refusal(error, undefined)).toMatchObject({ status: 429, headers: { "retry-after": "86400" } });
  });
});
