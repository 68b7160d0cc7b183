import { audited } from "@/lib/audit";
import { newId, newToken, publicId, tokenHash, tokenHint } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { planLimits } from "@/lib/ledger";
import { may, requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { limitAuditFields } from "../limits/limit-fields";
import { requireKeyManager } from "../permission";
import { type CreateKey, createKeySchema } from "../schema";
import { keyAuditFields, requireListed } from "./key-audit-fields";
import { insertKey } from "./key-write-store";

/**
 * Makes an API key; only this answer ever holds the key itself. Limits are in minor units. A developer's key is
 * their own, and what it may call and spend is an admin's to say.
 * Errors: forbidden, not_found, plan_limit_reached, validation_failed (name, limits, an owner who is no member).
 */
export async function createKey(ctx: Context, input: CreateKey): Promise<{ id: string; key: string }> {
  const { limits, ownerId = null, expiresAt = null, ...facts } = checkInput(createKeySchema, input);
  requireKeyManager(ctx, ownerId);
  const limited =
    Object.keys(limitAuditFields(limits)).length > 0 || facts.endpoints.length > 0 || facts.models.length > 0;
  if (limited) requirePermission(ctx, "key.limit");
  requireListed(facts);
  // The operator may exceed a plan's limits.
  const most = may(ctx, "key.own") && ctx.actor.type === "user" ? ((await planLimits(ctx)).keys ?? null) : null;
  const id = newId(ctx.now);
  const key = newToken("sk");
  const kept = { ...facts, ownerId, expiresAt };
  return audited(ctx, async (client) => {
    const secret = { hash: tokenHash(key), hint: tokenHint(key) };
    await insertKey(client, ctx.organizationId, { id, ...kept, ...secret, limits, now: ctx.now, most });
    const object = { type: "key", id: publicId("key", ctx.organizationId, id), name: facts.name } as const;
    const after = { ...keyAuditFields(kept), limits: limitAuditFields(limits) };
    return { answer: { id: object.id, key }, audit: { action: "key.created", object, after } };
  });
}
