import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { organizationPublicId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { formatAmount } from "@/lib/kernel/money";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type DeleteOrganization, deleteOrganizationSchema } from "../schema";
import { endOrganization } from "./organization-write-store";
import { forgetOrganization } from "./resolve-organization";

/**
 * Ends an organization for everyone: its keys, invitations, members and plan. Its books stay, and its external id may
 * be used again. `forfeit` writes off the credit that is left. Errors: forbidden, not_found, conflict (credit is left
 * and not forfeited, calls are running, a payment is open, or it owes).
 */
export async function deleteOrganization(ctx: Context, input: DeleteOrganization = {}): Promise<{ forfeited: string }> {
  requirePermission(ctx, "organization.delete");
  const { forfeit } = checkInput(deleteOrganizationSchema, input);
  const by = ctx.actor.type === "user" ? ctx.actor.userId : null;
  const id = organizationPublicId(ctx.organizationId);
  const { externalId, forfeited } = await audited(ctx, async (client) => {
    const ended = await endOrganization(client, ctx.organizationId, { by, forfeit, now: ctx.now });
    const amount = formatAmount(ended.forfeited, currentCatalogue().catalogue.unit.scale);
    const object = { type: "organization", id, name: ended.name } as const;
    const words = { before: { externalId: ended.externalId }, after: { forfeited: amount } };
    return {
      answer: { externalId: ended.externalId, forfeited: amount },
      audit: { action: "organization.deleted", object, ...words },
    };
  });
  forgetOrganization(ctx.db, id, externalId);
  return { forfeited };
}
