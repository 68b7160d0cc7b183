import { audited } from "@/lib/audit";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { ensureCustomer } from "../customers/ensure-customer";
import { stripe } from "../provider/client";
import { mapProviderErrors } from "../provider/provider-error";
import { noSuchCard } from "./add-card";
import { cardLabel } from "./card-label";
import { readCards, setDefaultRow } from "./card-store";

/** A subscription keeps the card that bought it, whatever its customer's default card is. */
async function chargeSubscriptions(customer: string, id: string): Promise<void> {
  const { data } = await stripe().subscriptions.list({ customer });
  for (const { id: subscription, default_payment_method: own } of data) {
    if (own !== null && own !== id) await stripe().subscriptions.update(subscription, { default_payment_method: id });
  }
}

/** Makes a saved card the one that is charged where no other is named, also for the plan. Errors: forbidden, not_found, upstream_failed. */
export async function setDefaultCard(ctx: Context, { id }: { id: string }): Promise<void> {
  requirePermission(ctx, "billing.manage");
  const cards = await readCards(ctx);
  const card = cards.find((one) => one.id === id);
  if (!card) throw noSuchCard();
  if (card.isDefault) return;
  const customer = await ensureCustomer(ctx);
  const invoice_settings = { default_payment_method: id };
  await mapProviderErrors(async () => {
    await stripe().customers.update(customer, { invoice_settings });
    await chargeSubscriptions(customer, id);
  });
  const before = cards.find(({ isDefault }) => isDefault);
  await audited(ctx, async (client) => {
    await setDefaultRow(client, ctx, id);
    const object = { type: "card", id, name: cardLabel(card) } as const;
    const was = before ? { card: cardLabel(before) } : null;
    const audit = { action: "card.default_changed", object, before: was, after: { card: cardLabel(card) } } as const;
    return { answer: undefined, audit };
  });
}
