import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { endInvitation } from "./invitation-store";

const noSuchInvitation = () => new TollgateError("not_found", "There is no object with this id.");

/**
 * Withdraws an invitation: its link stops. A repeat returns the same.
 * Errors: forbidden, not_found, conflict (it was accepted).
 */
export async function revokeInvitation(ctx: Context, input: { id: string }): Promise<void> {
  requirePermission(ctx, "member.invite");
  const { organizationId, id } = requirePublicId(input.id, "inv");
  if (organizationId !== ctx.organizationId) throw noSuchInvitation();
  await audited(ctx, async (client) => {
    const ended = await endInvitation(client, organizationId, id, ctx.now);
    if (!ended) throw noSuchInvitation();
    const object = { type: "invitation", id: input.id, name: ended.email } as const;
    const audit = { action: "invitation.revoked", object, before: { role: ended.role } } as const;
    return { answer: undefined, audit: ended.changed ? audit : null };
  });
}
