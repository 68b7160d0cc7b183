import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { isUuid } from "@/lib/kernel/ids";
import { requireOperator } from "@/lib/platform/authorize";
import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import { endGatewaySecret } from "../organizations/organization-store";

/** Revokes a gateway secret permanently. Revoking it again returns the same. Errors: forbidden, not_found. */
export async function revokeGatewaySecret(
  ctx: InstallationContext,
  { id }: { id: string },
): Promise<{ id: string; revokedAt: Date }> {
  requireOperator(ctx.actor, "revoke gateway secrets");
  return audited(aboveOrganizations(ctx), async (client) => {
    const ended = isUuid(id) ? await endGatewaySecret(client, id, ctx.now) : undefined;
    if (!ended) throw new TollgateError("not_found", "There is no gateway secret with this id.");
    const object = { type: "gateway_secret", id, name: ended.name } as const;
    const audit = { action: "gateway_secret.revoked", object } as const;
    return { answer: { id, revokedAt: ended.at }, audit: ended.changed ? audit : null };
  });
}
