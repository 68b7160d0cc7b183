import { audited } from "@/lib/audit";
import { organizationPublicId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { noSuchMember } from "../members/no-such-member";
import { type MemberTarget, memberTargetSchema } from "../schema";
import { replaceOwner } from "./organization-write-store";

/**
 * Hands an organization over to another member: they are the owner from now on, and the owner before is an admin.
 * Errors: forbidden, not_found (no member), conflict (the owner already, or someone else is by now).
 */
export async function transferOrganization(ctx: Context, input: MemberTarget): Promise<void> {
  requirePermission(ctx, "organization.transfer");
  const { userId } = checkInput(memberTargetSchema, input);
  const from = ctx.actor.type === "user" ? ctx.actor.userId : null;
  await audited(ctx, async (client) => {
    const moved = await replaceOwner(client, ctx.organizationId, { from, to: userId, now: ctx.now });
    if (!moved) throw noSuchMember();
    const object = { type: "organization", id: organizationPublicId(ctx.organizationId), name: moved.name } as const;
    const words = { before: { owner: moved.from }, after: { owner: moved.to } };
    return { answer: undefined, audit: { action: "organization.transferred", object, ...words } };
  });
}
