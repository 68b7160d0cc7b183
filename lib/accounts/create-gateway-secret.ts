import { newId, newToken, tokenHash, tokenHint } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { checkInput } from "./input";
import { requireOperator } from "./permission";
import { createGatewaySecretSchema } from "./schema";
import { insertGatewaySecret } from "./store";

/** Makes a gateway secret; only this answer ever holds the secret itself. Errors: forbidden, validation_failed. */
export async function createGatewaySecret(
  ctx: InstallationContext,
  input: { name: string },
): Promise<{ id: string; secret: string }> {
  requireOperator(ctx.actor, "make gateway secrets");
  const { name } = checkInput(createGatewaySecretSchema, input);
  const id = newId(ctx.now);
  const secret = newToken("gw");
  await insertGatewaySecret(ctx.db, { id, name, hash: tokenHash(secret), hint: tokenHint(secret), now: ctx.now });
  return { id, secret };
}
