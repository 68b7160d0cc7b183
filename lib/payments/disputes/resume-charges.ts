import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { liftSuspension } from "./dispute-store";

/**
 * Allows automatic charges again after a dispute has stopped them: auto top-up continues by its rule, and is checked
 * immediately. A plan that was canceled in the meantime stays so until it is resumed itself. Only an owner decides
 * that, also not the operator. Errors: forbidden, not_found, conflict (nothing is stopped).
 */
export async function resumeCharges(ctx: Context): Promise<void> {
  const { actor } = ctx;
  requirePermission(ctx, "billing.manage");
  if (actor.type !== "user") throw new TollgateError("forbidden", "Only an owner can allow automatic charges again.");
  await audited(ctx, async (client) => {
    const disputes = await liftSuspension(client, ctx, actor.userId);
    if (disputes === 0) throw new TollgateError("conflict", "Automatic charges are not stopped. Reload the page.");
    const object = { type: "organization" } as const;
    return { answer: undefined, audit: { action: "charges.resumed", object, after: { disputes } } };
  });
}
