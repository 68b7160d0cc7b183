import { audited } from "@/lib/audit";
import { newId, newToken, tokenHash, tokenHint } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { requireOperator } from "@/lib/platform/authorize";
import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import { insertGatewaySecret } from "../organizations/organization-store";
import { createGatewaySecretSchema } from "../schema";

/** Makes a gateway secret; only this answer ever holds the secret itself. Errors: forbidden, validation_failed. */
export async function createGatewaySecret(
  ctx: InstallationContext,
  input: { name: string },
): Promise<{ id: string; secret: string }> {
  requireOperator(ctx.actor, "make gateway secrets");
  const { name } = checkInput(createGatewaySecretSchema, input);
  const id = newId(ctx.now);
  const secret = newToken("gw");
  return audited(aboveOrganizations(ctx), async (client) => {
    await insertGatewaySecret(client, { id, name, hash: tokenHash(secret), hint: tokenHint(secret), now: ctx.now });
    const object = { type: "gateway_secret", id, name } as const;
    return { answer: { id, secret }, audit: { action: "gateway_secret.created", object } };
  });
}
