import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { checkInput } from "./input";
import { requireLimitSetter } from "./permission";
import { type KeyLimits, keyLimitsSchema } from "./schema";
import { updateKeyLimits } from "./store";

/**
 * Replaces the limits of a key, at once, with calls in flight. One below what is spent only refuses new calls.
 * Errors: forbidden, not_found, validation_failed.
 */
export async function setKeyLimits(ctx: Context, input: { id: string; limits: KeyLimits }): Promise<void> {
  requireLimitSetter(ctx);
  const limits = checkInput(keyLimitsSchema, input.limits);
  const { organizationId, id } = requirePublicId(input.id, "key");
  const found = organizationId === ctx.organizationId && (await updateKeyLimits(ctx.db, organizationId, id, limits));
  if (!found) throw new TollgateError("not_found", "There is no object with this id.");
}
