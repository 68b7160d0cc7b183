import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { checkInput } from "@/lib/kernel/input";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type MemberTarget, memberTargetSchema } from "../schema";
import { endMembership } from "./member-write-store";
import { noSuchMember } from "./no-such-member";

/**
 * Removes a member, and ends the keys that they own from the next call on. What they spent stays in the books.
 * Errors: forbidden, not_found, conflict (the owner, or oneself: one leaves).
 */
export async function removeMember(ctx: Context, input: MemberTarget): Promise<{ keysRevoked: number }> {
  requirePermission(ctx, "member.remove");
  const { userId } = checkInput(memberTargetSchema, input);
  if (ctx.actor.type === "user" && ctx.actor.userId === userId) {
    throw new TollgateError("conflict", "You cannot remove yourself. Leave the organization instead.");
  }
  return audited(ctx, async (client) => {
    const ended = await endMembership(client, ctx.organizationId, userId, ctx.now);
    if (!ended) throw noSuchMember();
    const { email, role, keys: keysRevoked } = ended;
    const object = { type: "member", id: userId, name: email } as const;
    const words = { before: { role }, after: { keysRevoked } };
    return { answer: { keysRevoked }, audit: { action: "member.removed", object, ...words } };
  });
}
