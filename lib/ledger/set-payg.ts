import { TollgateError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/platform/context";
import { switchPayg } from "./write-store";

/**
 * Switches PAYG fallback on or off and sets its limit per cycle, at once, with calls in flight: null is no limit, zero
 * is off. Money is the owner's affair. Errors: forbidden, conflict (no running subscription).
 */
export async function setPayg(
  ctx: Context,
  { enabled, limit }: { enabled: boolean; limit: bigint | null },
): Promise<void> {
  const { actor, organizationId } = ctx;
  const owner = actor.type === "user" && actor.role === "owner" && actor.organizationId === organizationId;
  if (actor.type !== "operator" && !owner) throw new TollgateError("forbidden", "Only the owner sets PAYG fallback.");
  if (!(await switchPayg(ctx, enabled, limit))) {
    throw new TollgateError("conflict", "There is no running subscription, so prepaid credit pays every call.");
  }
}
