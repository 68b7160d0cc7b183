/**
 * Changes of members, by functions that take the lock under which the gate decides. Each answers nothing for a
 * stranger.
 */
import type { MemberRole } from "@/lib/kernel/permissions";
import type { Client } from "@/lib/platform/db";
import { one } from "../function-store";
import { type LimitTexts, limitValues } from "../limits/limit-values";
import type { GivenRole, KeyLimits } from "../schema";

/** Address and role before. Errors: conflict (the owner). */
export async function updateRole(client: Client, organizationId: string, userId: string, role: GivenRole) {
  const sql = "SELECT ledger.set_member_role($1, $2, $3) AS answer";
  return one<{ email: string; role: MemberRole }>(client, sql, [organizationId, userId, role]);
}

/** Address and limits before, in steps. */
export async function updateMemberLimits(client: Client, organizationId: string, userId: string, limits: KeyLimits) {
  const sql = "SELECT ledger.set_member_limits($1, $2, $3, $4, $5, $6) AS answer";
  return one<LimitTexts & { email: string }>(client, sql, [organizationId, userId, ...limitValues(limits)]);
}

/** Ends the membership and the keys that the member owns. Errors: conflict (the owner). */
export async function endMembership(client: Client, organizationId: string, userId: string, now: Date) {
  const sql = "SELECT ledger.remove_member($1, $2, $3) AS answer";
  return one<{ email: string; role: MemberRole; keys: number }>(client, sql, [organizationId, userId, now]);
}

/** Makes an address a member, and a user when it is none. Returns the user's id. Errors: conflict. */
export async function insertMember(
  client: Client,
  organizationId: string,
  { email, role, now }: { email: string; role: MemberRole; now: Date },
) {
  const sql = `WITH found AS (SELECT id FROM "user" WHERE lower(email) = $1 LIMIT 1),
      made AS (INSERT INTO "user" (email) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM found) RETURNING id)
    SELECT id AS answer FROM found UNION ALL SELECT id FROM made`;
  const userId = await one<string>(client, sql, [email]);
  await one(client, "SELECT ledger.add_member($1, $2, $3, $4) AS answer", [organizationId, userId, role, now]);
  return userId as string;
}
