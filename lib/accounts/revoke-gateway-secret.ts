import { TollgateError } from "@/lib/kernel/errors";
import { isUuid } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { requireOperator } from "./permission";
import { endGatewaySecret } from "./store";

/** Ends a gateway secret for ever; ending it again answers the same. Errors: forbidden, not_found. */
export async function revokeGatewaySecret(
  ctx: InstallationContext,
  { id }: { id: string },
): Promise<{ id: string; revokedAt: Date }> {
  requireOperator(ctx.actor, "revoke gateway secrets");
  const revokedAt = isUuid(id) ? await endGatewaySecret(ctx.db, id, ctx.now) : undefined;
  if (!revokedAt) throw new TollgateError("not_found", "There is no gateway secret with this id.");
  return { id, revokedAt };
}
