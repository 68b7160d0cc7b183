import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { requireKeyManager } from "./permission";
import { endKey, readKeyOwner } from "./store";

/**
 * Ends a key for ever, from the next call on; ending it again answers the same. Errors: forbidden, not_found.
 */
export async function revokeKey(ctx: Context, input: { id: string }): Promise<{ id: string; revokedAt: Date }> {
  const { organizationId, id } = requirePublicId(input.id, "key");
  const key = organizationId === ctx.organizationId ? await readKeyOwner(ctx.db, organizationId, id) : null;
  if (!key) throw new TollgateError("not_found", "There is no object with this id.");
  requireKeyManager(ctx, key.ownerId, "revoke this key");
  return { id: input.id, revokedAt: await endKey(ctx.db, organizationId, id, ctx.now) };
}
