import type Stripe from "stripe";
import { audited } from "@/lib/audit";
import { databaseTime } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { readCustomer } from "../customers/customer-store";
import { stripe } from "../provider/client";
import { isMissing, mapProviderErrors } from "../provider/provider-error";
import { cardLabel } from "./card-label";
import { type Card, insertCard, keepCards, readCards } from "./card-store";

/** More than anyone has. */
const MOST = 100;

type AtProvider = { cards: Card[]; byDefault: string | null };

function cardOf({ id, card }: Stripe.PaymentMethod): Card[] {
  if (!card) return [];
  return [{ id, brand: card.brand, last4: card.last4, expMonth: card.exp_month, expYear: card.exp_year }];
}

/** Cards, the newest first. A customer who is gone has none. */
async function atProvider(customer: string): Promise<AtProvider> {
  try {
    const list = stripe().customers.listPaymentMethods(customer, { type: "card", limit: 100 });
    const methods = (await list.autoPagingToArray({ limit: MOST })).sort((a, b) => b.created - a.created);
    const cards = methods.flatMap(cardOf);
    const found = await stripe().customers.retrieve(customer);
    const chosen = found.deleted ? null : found.invoice_settings.default_payment_method;
    const id = typeof chosen === "string" ? chosen : (chosen?.id ?? null);
    return { cards, byDefault: cards.some((card) => card.id === id) ? id : null };
  } catch (error) {
    if (isMissing(error)) return { cards: [], byDefault: null };
    throw error;
  }
}

/**
 * Makes our rows of an organization's saved cards equal to the provider's. Where none is the default one there, the
 * newest becomes it. Errors: upstream_failed.
 */
export async function syncCards(ctx: Context): Promise<void> {
  const customer = await readCustomer(ctx);
  if (!customer) return;
  const readAt = await databaseTime(ctx.db);
  const { cards, byDefault } = await mapProviderErrors(() => atProvider(customer));
  const chosen = byDefault ?? cards[0]?.id ?? null;
  if (chosen && !byDefault) {
    const invoice_settings = { default_payment_method: chosen };
    await mapProviderErrors(() => stripe().customers.update(customer, { invoice_settings }));
  }
  const known = new Set((await readCards(ctx)).map(({ id }) => id));
  for (const card of cards.filter(({ id }) => !known.has(id))) {
    await audited(ctx, async (client) => {
      const added = await insertCard(client, ctx.organizationId, card);
      const object = { type: "card", id: card.id, name: cardLabel(card) } as const;
      return { answer: added, audit: added ? { action: "card.added", object } : null };
    });
  }
  await keepCards(ctx, { cards, byDefault: chosen, readAt });
}
