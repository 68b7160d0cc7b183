import type { Money } from "@/lib/kernel/minor-units";
import { stripe } from "../provider/client";
import { mapProviderErrors } from "../provider/provider-error";

/** The offer of a plan: its name on the invoice, its interval and its price. */
export type PlanOffer = { catalogue: string; plan: string; name: string; interval: "month" | "year"; money: Money };

/** A price never changes at the provider: another amount has another key, so running subscriptions keep theirs. */
const keyOf = ({ catalogue, plan, interval, money }: PlanOffer) =>
  [catalogue, plan, interval, money.amount, money.currency].join(":");

/** The provider's price of an offer, made on first use. Errors: upstream_failed. */
export async function ensurePlanPrice(offer: PlanOffer): Promise<string> {
  const key = keyOf(offer);
  return mapProviderErrors(async () => {
    const { data } = await stripe().prices.list({ lookup_keys: [key], active: true, limit: 1 });
    if (data[0]) return data[0].id;
    const { catalogue, plan, interval, name, money } = offer;
    const made = await stripe().prices.create(
      {
        currency: money.currency.toLowerCase(),
        unit_amount: Number(money.amount),
        recurring: { interval },
        product_data: { name },
        lookup_key: key,
        metadata: { catalogue, plan, interval },
      },
      { idempotencyKey: `price:${key}` },
    );
    return made.id;
  });
}
