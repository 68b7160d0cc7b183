import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { organizationPublicId, tokenHash } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import type { PersonContext } from "@/lib/platform/context";
import { memberMost } from "../members/member-most";
import { readPerson } from "../members/person-store";
import { asMember } from "../permission";
import { type InvitationToken, invitationTokenSchema } from "../schema";
import { findInvitation, insertMembership } from "./invitation-store";

/**
 * Makes the signed-in user a member by their invitation; accepting it again answers the same. The verified address
 * must be the one that was invited.
 * Errors: forbidden (another address, or not verified), not_found, conflict (used, withdrawn, expired, a member
 * already), plan_limit_reached, validation_failed.
 */
export async function acceptInvitation(
  person: PersonContext,
  input: InvitationToken,
): Promise<{ id: string; organizationId: string; role: string }> {
  const { token } = checkInput(invitationTokenSchema, input);
  const { db, now, userId } = person;
  const hash = tokenHash(token);
  const [found, user] = await Promise.all([findInvitation(db, hash, now), readPerson(db, userId)]);
  if (!found) throw new TollgateError("not_found", "There is no such invitation.");
  if (user?.email !== found.email || !user.verified) {
    throw new TollgateError("forbidden", `This invitation is for ${found.email}. Sign in with that address.`);
  }
  const { organizationId, role } = found;
  const ctx = asMember(person, organizationId, role);
  const most = await memberMost(ctx);
  await audited(ctx, async (client) => {
    const joined = await insertMembership(client, organizationId, { hash, userId, most, now });
    const object = { type: "member", id: userId, name: user.email } as const;
    return { answer: undefined, audit: joined ? { action: "member.joined", object, after: { role } } : null };
  });
  return { id: organizationPublicId(organizationId), organizationId, role };
}
