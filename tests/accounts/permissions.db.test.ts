/** The table of permissions, each with each role, asked of a verb that stands behind it. */
import { describe, expect, it } from "vitest";
import {
  createKey,
  deleteOrganization,
  freePlace,
  inviteMember,
  removeMember,
  revokeInvitation,
  revokeKey,
  rotateKey,
  setKeyLimits,
  setMemberLimits,
  setMemberRole,
  transferOrganization,
  updateKey,
  updateOrganization,
} from "@/lib/accounts";
import { auditCsv, listAudit } from "@/lib/audit";
import { auditCsvQuery, auditQuery } from "@/lib/audit/schema";
import { newId } from "@/lib/kernel/ids";
import { allows, PERMISSIONS, type Permission, ROLES } from "@/lib/kernel/permissions";
import { setPayg } from "@/lib/ledger";
import { installation } from "../fixtures/catalogue";
import { keyOf, type MemberContext, memberOf, type Organization, organization } from "../fixtures/organization";

const ctx = await installation();

type Case = (who: MemberContext, team: Organization) => Promise<unknown>;
const another = async (team: Organization) => (await memberOf(team, "viewer")).actor.userId;
/** A key of their own, where they may own one. */
const owned = async ({ actor }: MemberContext, team: Organization) => {
  const inside = actor.type === "user" && actor.organizationId === team.organizationId;
  return (await keyOf(team, inside ? { ownerId: actor.userId } : {})).id;
};
const shared = async (team: Organization) => (await keyOf(team)).id;
const mail = () => `${newId()}@people.example`;

/** Verbs that need the permission and nothing else; each is asked in an organization of its own. */
const VERBS: Record<Permission, Case[]> = {
  "billing.manage": [(who) => setPayg(who, { enabled: true, limit: null })],
  "organization.update": [(who) => updateOrganization(who, { name: "New", timeZone: "UTC" })],
  "organization.transfer": [async (who, team) => transferOrganization(who, { userId: await another(team) })],
  "organization.delete": [(who) => deleteOrganization(who, { forfeit: true })],
  "member.invite": [
    (who) => inviteMember(who, { email: mail(), role: "viewer" }),
    async (who, team) => revokeInvitation(who, await inviteMember(team.ctx, { email: mail(), role: "viewer" })),
  ],
  "member.role": [async (who, team) => setMemberRole(who, { userId: await another(team), role: "admin" })],
  "member.limit": [async (who, team) => setMemberLimits(who, { userId: await another(team), limits: { day: 1n } })],
  "member.remove": [async (who, team) => removeMember(who, { userId: await another(team) })],
  "key.own": [
    (who) => createKey(who, { name: "k", ownerId: who.actor.userId }),
    async (who, team) => {
      const ownerId = who.actor.userId;
      const id = await owned(who, team);
      await updateKey(who, { id, name: "n", ownerId });
      await rotateKey(who, { id });
      await revokeKey(who, { id });
    },
  ],
  "key.manage": [
    (who) => createKey(who, { name: "k" }),
    async (who, team) => rotateKey(who, { id: await shared(team) }),
    async (who, team) => revokeKey(who, { id: await shared(team) }),
    async (who, team) => updateKey(who, { id: await shared(team), name: "n" }),
  ],
  "place.free": [(who) => freePlace(who, { tag: "agent", value: "a" })],
  "key.limit": [
    async (who, team) => setKeyLimits(who, { id: await shared(team), limits: { day: 1n } }),
    async (who, team) => {
      const ownerId = who.actor.userId;
      const id = await owned(who, team);
      await updateKey(who, { id, name: "n", ownerId, endpoints: ["call"] });
    },
  ],
  "audit.read": [
    (who) => listAudit(who, auditQuery.parse({})),
    async (who) => {
      for await (const _ of auditCsv(who, auditCsvQuery.parse({})).text) break;
    },
  ],
};

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: { code?: string }) => error.code ?? String(error),
  );
}

const pairs = Object.keys(PERMISSIONS).flatMap((name) => ROLES.map((role) => [name as Permission, role] as const));

describe.each(pairs)("the permission %s of the role %s", (permission, role) => {
  it.each(VERBS[permission].map((verb, at) => [at + 1, verb] as const))("decides about verb %i", async (_, verb) => {
    const team = await organization(ctx, { plan: "monthly" });
    const expected = allows(role, permission) ? "done" : "forbidden";
    const who = await memberOf(team, role);
    if (role !== "owner") await memberOf(team, "owner");
    expect(await codeOf(verb(who, team))).toBe(expected);
  });
});

describe.each(Object.keys(PERMISSIONS) as Permission[])("the permission %s", (permission) => {
  it("belongs to no actor from outside: no owner of another organization, no key and no gateway", async () => {
    const [team, elsewhere] = [await organization(ctx), await organization(ctx)];
    const stranger = await memberOf(elsewhere, "owner");
    const { keyId } = await keyOf(team);
    const { organizationId } = team;
    const actors = [
      stranger.actor,
      { type: "key", organizationId, keyId },
      { type: "gateway", secretId: newId() },
      { type: "job" },
    ] as const;
    for (const actor of actors) {
      const who = { ...team.ctx, actor: { ...actor, userId: stranger.actor.userId } } as unknown as MemberContext;
      for (const verb of VERBS[permission]) expect(["forbidden", "not_found"]).toContain(await codeOf(verb(who, team)));
    }
  });
});
