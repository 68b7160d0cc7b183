import { audited } from "@/lib/audit";
import { organizationPublicId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type UpdateOrganization, updateOrganizationSchema } from "../schema";
import { updateFacts } from "./organization-write-store";

/**
 * Changes an organization's name and time zone, at once. In another zone days start elsewhere: what keys have spent in
 * theirs is recalculated; the current cycle keeps its end. Errors: forbidden, not_found, validation_failed.
 */
export async function updateOrganization(ctx: Context, input: UpdateOrganization): Promise<void> {
  requirePermission(ctx, "organization.update");
  const facts = checkInput(updateOrganizationSchema, input);
  await audited(ctx, async (client) => {
    const before = await updateFacts(client, ctx.organizationId, facts, ctx.now);
    const changed = before.name !== facts.name || before.timeZone !== facts.timeZone;
    const object = { type: "organization", id: organizationPublicId(ctx.organizationId), name: facts.name } as const;
    return {
      answer: undefined,
      audit: changed ? { action: "organization.updated", object, before, after: facts } : null,
    };
  });
}
