import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount } from "@/lib/kernel/money";
import { requirePermission } from "@/lib/platform/authorize";
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
  requirePermission(ctx, "billing.manage");
  const { scale } = currentCatalogue().catalogue.unit;
  const words = (on: boolean, most: bigint | null) => ({
    enabled: on,
    limit: most === null ? null : formatAmount(most, scale),
  });
  await audited(ctx, async (client) => {
    const old = await switchPayg(client, ctx.organizationId, enabled, limit);
    if (!old)
      throw new TollgateError("conflict", "There is no active subscription, so prepaid credit pays for every call.");
    const before = words(old.enabled, old.limit);
    const object = { type: "subscription" } as const;
    return { answer: undefined, audit: { action: "payg.changed", object, before, after: words(enabled, limit) } };
  });
}
