import { audited } from "@/lib/audit";
import { checkInput } from "@/lib/kernel/input";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { limitAuditFields } from "../limits/limit-fields";
import { type SetMemberLimits, setMemberLimitsSchema } from "../schema";
import { updateMemberLimits } from "./member-write-store";
import { noSuchMember } from "./no-such-member";

/**
 * Replaces what a member may spend over all their keys, in minor units, at once, with calls in flight. What is
 * spent stays spent; a limit below that only refuses new calls. Errors: forbidden, not_found, validation_failed.
 */
export async function setMemberLimits(ctx: Context, input: SetMemberLimits): Promise<void> {
  requirePermission(ctx, "member.limit");
  const { userId, limits } = checkInput(setMemberLimitsSchema, input);
  await audited(ctx, async (client) => {
    const before = await updateMemberLimits(client, ctx.organizationId, userId, limits);
    if (!before) throw noSuchMember();
    const object = { type: "member", id: userId, name: before.email } as const;
    const fields = { before: limitAuditFields(before), after: limitAuditFields(limits) };
    return { answer: undefined, audit: { action: "member.limits_changed", object, ...fields } };
  });
}
