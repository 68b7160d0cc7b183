import { audited } from "@/lib/audit";
import { checkInput } from "@/lib/kernel/input";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { type Place, placeSchema } from "./place-schema";
import { deletePlace } from "./place-store";

/**
 * Frees the place of an unused agent or workspace. Its usage stays on record. Freeing it again returns the same.
 * Errors: forbidden, conflict (a call of it is in flight), validation_failed.
 */
export async function freePlace(ctx: Context, input: Place): Promise<{ freed: boolean }> {
  requirePermission(ctx, "place.free");
  const place = checkInput(placeSchema, input);
  return audited(ctx, async (client) => {
    const freed = (await deletePlace(client, ctx.organizationId, place, ctx.now)) === true;
    const object = { type: "place", id: null, name: `${place.tag} ${place.value}` } as const;
    return { answer: { freed }, audit: freed ? { action: "place.freed", object, before: place, after: null } : null };
  });
}
