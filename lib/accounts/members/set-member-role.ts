import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { checkInput } from "@/lib/kernel/input";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type SetMemberRole, setMemberRoleSchema } from "../schema";
import { updateRole } from "./member-write-store";
import { noSuchMember } from "./no-such-member";

/**
 * Changes what a member may do, from their next request on; ownership is handed over by another verb.
 * Errors: forbidden, not_found, conflict (the owner, or oneself), validation_failed (role).
 */
export async function setMemberRole(ctx: Context, input: SetMemberRole): Promise<void> {
  requirePermission(ctx, "member.role");
  const { userId, role } = checkInput(setMemberRoleSchema, input);
  if (ctx.actor.type === "user" && ctx.actor.userId === userId) {
    throw new TollgateError("conflict", "You cannot change your own role. Ask another admin.");
  }
  await audited(ctx, async (client) => {
    const before = await updateRole(client, ctx.organizationId, userId, role);
    if (!before) throw noSuchMember();
    const object = { type: "member", id: userId, name: before.email } as const;
    const words = { before: { role: before.role }, after: { role } };
    return {
      answer: undefined,
      audit: before.role === role ? null : { action: "member.role_changed", object, ...words },
    };
  });
}
