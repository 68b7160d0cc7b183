import { audited } from "@/lib/audit";
import type { Context } from "@/lib/platform/context";
import { requireKeyManager } from "../permission";
import { endKey } from "./key-write-store";
import { noSuchKey, ownKey } from "./own-key";

/**
 * Revokes a key permanently, from the next call on. Revoking it again returns the same. Errors: forbidden, not_found.
 */
export async function revokeKey(ctx: Context, { id }: { id: string }): Promise<{ id: string; revokedAt: Date }> {
  const { keyId, ownerId } = await ownKey(ctx, id);
  requireKeyManager(ctx, ownerId);
  return audited(ctx, async (client) => {
    const ended = await endKey(client, ctx.organizationId, keyId, ctx.now);
    if (!ended) throw noSuchKey();
    const audit = { action: "key.revoked", object: { type: "key", id, name: ended.name } } as const;
    return { answer: { id, revokedAt: ended.at }, audit: ended.changed ? audit : null };
  });
}
