import { audited } from "@/lib/audit";
import type { Context } from "@/lib/platform/context";
import { requireMember } from "../permission";
import { endMembership } from "./member-write-store";
import { noSuchMember } from "./no-such-member";

/**
 * Ends the signed-in user's own membership, and their keys from the next call on. The owner hands the organization
 * over first. Errors: forbidden, not_found, conflict (the owner).
 */
export async function leaveOrganization(ctx: Context): Promise<void> {
  const { userId } = requireMember(ctx);
  await audited(ctx, async (client) => {
    const ended = await endMembership(client, ctx.organizationId, userId, ctx.now);
    if (!ended) throw noSuchMember();
    const { email, role, keys } = ended;
    const object = { type: "member", id: userId, name: email } as const;
    const words = { before: { role }, after: { keysRevoked: keys } };
    return { answer: undefined, audit: { action: "member.left", object, ...words } };
  });
}
