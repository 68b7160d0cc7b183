import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { stripe } from "../provider/client";
import { isMissing, mapProviderErrors } from "../provider/provider-error";
import type { CardAnswer } from "../schema";
import { noSuchCard } from "./add-card";
import { cardLabel } from "./card-label";
import { readCards, removeCardRow } from "./card-store";
import { syncCards } from "./sync-cards";

const USES = { auto_top_up: "auto top-up", subscription: "the subscription" };

async function detach(id: string): Promise<void> {
  try {
    await stripe().paymentMethods.detach(id);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function requireConfirmed({ usedBy }: CardAnswer, confirmed: boolean): void {
  if (confirmed || usedBy.length === 0) return;
  const uses = usedBy.map((use) => USES[use]).join(" and ");
  throw new TollgateError("conflict", `This card pays for ${uses}. Confirm that you want to remove it.`, {
    usedBy,
  });
}

/**
 * Removes a saved card at the provider and here. One that auto top-up or a subscription charges is removed only when that
 * was said first. Errors: forbidden, not_found, conflict (in use and not confirmed), upstream_failed.
 */
export async function removeCard(
  ctx: Context,
  { id, confirmed = false }: { id: string; confirmed?: boolean },
): Promise<void> {
  requirePermission(ctx, "billing.manage");
  const card = (await readCards(ctx)).find((one) => one.id === id);
  if (!card) throw noSuchCard();
  requireConfirmed(card, confirmed);
  await mapProviderErrors(() => detach(id));
  await audited(ctx, async (client) => {
    await removeCardRow(client, ctx.organizationId, id, ctx.now);
    const object = { type: "card", id, name: cardLabel(card) } as const;
    return { answer: undefined, audit: { action: "card.removed", object } };
  });
  // Another card becomes the default one; the provider's event does the same later when this fails.
  await syncCards(ctx).catch((error) => log.warn({ err: (error as Error).message }, "cards were not read this time"));
}
