import type Stripe from "stripe";
import { cardLabel } from "../cards/card-label";
import { stripe } from "../provider/client";
import { isMissing, mapProviderErrors } from "../provider/provider-error";
import { type ProviderSubscription, subscriptionFrom } from "./subscription-object";

/** The invoices of a year of months and more. Older ones were read when they were new. */
const MOST_INVOICES = 24;

/** A subscription with its latest invoices, as they are now; null when the provider has none. Errors: upstream_failed. */
export async function readSubscription(id: string): Promise<ProviderSubscription | null> {
  try {
    const found = await stripe().subscriptions.retrieve(id);
    const { data } = await stripe().invoices.list({
      subscription: id,
      limit: MOST_INVOICES,
      expand: ["data.payments"],
    });
    return subscriptionFrom(found, data);
  } catch (error) {
    if (isMissing(error)) return null;
    return mapProviderErrors(() => Promise.reject(error));
  }
}

/** The payment method of an invoice, "Visa ···· 4242"; null if it is unknown. */
export async function readChargedCard(intent: string | null): Promise<string | null> {
  if (!intent) return null;
  try {
    const { latest_charge: charge } = await stripe().paymentIntents.retrieve(intent, { expand: ["latest_charge"] });
    const card = charge && typeof charge === "object" ? charge.payment_method_details?.card : undefined;
    return card ? cardLabel(card) : null;
  } catch {
    // The name of the card decorates a payment; it never holds one up.
    return null;
  }
}

export type PlanCheckout = { state: "open" | "complete" | "expired"; url: string | null; subscription: string | null };

/** Where a customer stands at the provider's page. Errors: upstream_failed. */
export async function readPlanCheckout(session: string): Promise<PlanCheckout> {
  return mapProviderErrors(async () => {
    const found: Stripe.Checkout.Session = await stripe().checkout.sessions.retrieve(session);
    const subscription = typeof found.subscription === "string" ? found.subscription : (found.subscription?.id ?? null);
    const state = (found.status ?? "open") as PlanCheckout["state"];
    return { state, url: found.url, subscription };
  });
}
