/** An account that a gateway opened is claimed by a key of it. */
import { describe, expect, it } from "vitest";
import { claimOrganization, createKey, listMembers, revokeKey } from "@/lib/accounts";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { charge } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { outcomes, spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { keyOf, memberOf, organization, person } from "../fixtures/organization";

const ctx = await installation(creditCatalogue({ signup: '{ when: first_call, amount: "100" }' }));

/** An account that its first call opened, and a key that the operator made for it. */
async function opened() {
  const externalId = `account-${newId()}`;
  await charge(ctx, { ...spend({ id: externalId }, 1), idempotencyKey: newId() });
  const sql = "SELECT id FROM organization WHERE external_id = $1";
  const [row] = await ownerRows<{ id: string }>(sql.replace("$1", `'${externalId}'`));
  const own = { ...ctx, organizationId: row?.id ?? "" };
  return { own, key: await createKey(own, { name: "theirs" }) };
}

describe("an account without members", () => {
  it("becomes the user's who shows one of its keys, and the audit log says so", async () => {
    const { own, key } = await opened();
    const user = await person(ctx);
    const { organizationId } = await claimOrganization(user, { key: ` ${key.key} ` });
    expect(organizationId).toBe(own.organizationId);
    expect((await listMembers(own)).data).toMatchObject([{ userId: user.userId, role: "owner" }]);
    const owner = { ...own, actor: { type: "user", userId: user.userId, organizationId, role: "owner" } } as const;
    const { data } = await listAudit(owner, auditQuery.parse({ action: "organization.claimed" }));
    expect(data).toHaveLength(1);
  });

  it("goes to one of many users who claim it together", async () => {
    const { own, key } = await opened();
    const users = await Promise.all(Array.from({ length: 8 }, () => person(ctx)));
    const { answers, refused } = await outcomes(users.map((user) => claimOrganization(user, { key: key.key })));
    expect([answers.length, refused]).toEqual([1, Array(7).fill("conflict")]);
    expect((await listMembers(own)).data).toHaveLength(1);
  });

  it("is not claimed by a revoked, unknown or mistyped key", async () => {
    const { own, key } = await opened();
    await revokeKey(own, { id: key.id });
    const user = await person(ctx);
    for (const wrong of [key.key, `${key.key.slice(0, -1)}_`, "sk_nothing"])
      await expect(claimOrganization(user, { key: wrong })).rejects.toMatchObject({ code: "validation_failed" });
    expect((await listMembers(own)).data).toEqual([]);
  });
});

it("an organization with members is not claimed by its key", async () => {
  const team = await organization(ctx);
  await memberOf(team, "viewer");
  const { key } = await keyOf(team);
  await expect(claimOrganization(await person(ctx), { key })).rejects.toMatchObject({ code: "conflict" });
});
