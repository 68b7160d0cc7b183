import { audited } from "@/lib/audit";
import { checkInput } from "@/lib/kernel/input";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { requireKeyManager } from "../permission";
import { type UpdateKey, updateKeySchema } from "../schema";
import { keyAuditFields, requireListed } from "./key-audit-fields";
import { updateKeyFacts } from "./key-write-store";
import { noSuchKey, ownKey } from "./own-key";

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one) => b.includes(one));

/**
 * Replaces a key's name, owner, end and what it may call, from the next call on. A developer renames keys of their own
 * and ends them earlier; handing a key on, letting it live longer and what it may call are an admin's.
 * Errors: forbidden, not_found, conflict (a revoked key), validation_failed.
 */
export async function updateKey(ctx: Context, { id, ...input }: UpdateKey & { id: string }): Promise<void> {
  const { ownerId = null, expiresAt = null, ...facts } = checkInput(updateKeySchema, input);
  const now = await ownKey(ctx, id);
  requireKeyManager(ctx, now.ownerId);
  if (ownerId !== now.ownerId) requirePermission(ctx, "key.manage");
  const widened = now.expiresAt !== null && (expiresAt === null || expiresAt > now.expiresAt);
  const allowed = same(facts.endpoints, now.endpoints) && same(facts.models, now.models);
  if (widened || !allowed) requirePermission(ctx, "key.limit");
  if (!allowed) requireListed(facts);
  const kept = { ...facts, ownerId, expiresAt };
  await audited(ctx, async (client) => {
    const before = await updateKeyFacts(client, ctx.organizationId, now.keyId, kept);
    if (!before) throw noSuchKey();
    const object = { type: "key", id, name: facts.name } as const;
    return { answer: undefined, audit: { action: "key.updated", object, before, after: keyAuditFields(kept) } };
  });
}
