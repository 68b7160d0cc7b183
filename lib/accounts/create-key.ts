import { newId, newToken, publicId, tokenHash, tokenHint } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { checkInput } from "./input";
import { requireKeyManager, requireLimitSetter } from "./permission";
import { type CreateKey, createKeySchema } from "./schema";
import { insertKey } from "./store";

/**
 * Makes an API key; only this answer ever holds the key itself. Limits are in steps of the unit.
 * Errors: forbidden, not_found, validation_failed (name, limits, an owner who is no member).
 */
export async function createKey(ctx: Context, input: CreateKey): Promise<{ id: string; key: string }> {
  const { name, limits, ownerId, expiresAt } = checkInput(createKeySchema, input);
  requireKeyManager(ctx, ownerId ?? null, "make this key");
  if (Object.values(limits).some((limit) => limit !== null && limit !== undefined)) requireLimitSetter(ctx);
  const id = newId(ctx.now);
  const key = newToken("sk");
  const credential = { id, name, hash: tokenHash(key), hint: tokenHint(key), now: ctx.now };
  await insertKey(ctx.db, ctx.organizationId, {
    ...credential,
    limits,
    ownerId: ownerId ?? null,
    expiresAt: expiresAt ?? null,
  });
  return { id: publicId("key", ctx.organizationId, id), key };
}
