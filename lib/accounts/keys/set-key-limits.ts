import { audited } from "@/lib/audit";
import { checkInput } from "@/lib/kernel/input";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { limitAuditFields } from "../limits/limit-fields";
import { type KeyLimits, keyLimitsSchema } from "../schema";
import { updateKeyLimits } from "./key-write-store";
import { noSuchKey, ownKey } from "./own-key";

/**
 * Replaces the limits of a key, at once, with calls in flight; what is spent stays spent. One below what is spent only
 * refuses new calls. Errors: forbidden, not_found, validation_failed.
 */
export async function setKeyLimits(ctx: Context, input: { id: string; limits: KeyLimits }): Promise<void> {
  requirePermission(ctx, "key.limit");
  const limits = checkInput(keyLimitsSchema, input.limits);
  const { keyId } = await ownKey(ctx, input.id);
  await audited(ctx, async (client) => {
    const before = await updateKeyLimits(client, ctx.organizationId, keyId, limits);
    if (!before) throw noSuchKey();
    const object = { type: "key", id: input.id, name: before.name } as const;
    const fields = { before: limitAuditFields(before), after: limitAuditFields(limits) };
    return { answer: undefined, audit: { action: "key.limits_changed", object, ...fields } };
  });
}
