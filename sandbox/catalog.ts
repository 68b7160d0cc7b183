/** Products and prices: made through the API, or along with a session's line. */
import type Stripe from "stripe";
import type { World } from "./world";

export type NewPrice = {
  currency: string;
  unitAmount: number;
  product: string;
  recurring?: { interval: "day" | "week" | "month" | "year"; interval_count?: number } | null;
  lookupKey?: string | null;
  nickname?: string | null;
  metadata?: Record<string, string>;
  active?: boolean;
};

/** The SDK reads such a field as a Decimal; over the wire it is text. */
export const decimalText = (amount: number) => String(amount) as unknown as Stripe.Decimal;

export function newProduct(
  world: World,
  of: { name: string; description?: string | null; metadata?: Record<string, string>; id?: string; active?: boolean },
): Stripe.Product {
  const product: Stripe.Product = {
    id: of.id ?? world.id("prod", 14),
    object: "product",
    active: of.active ?? true,
    created: world.now(),
    default_price: null,
    description: of.description ?? null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: of.metadata ?? {},
    name: of.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: world.now(),
    url: null,
  };
  world.store.put("product", product);
  world.emit("product.created", product);
  return product;
}

export function newPrice(world: World, of: NewPrice): Stripe.Price {
  const price: Stripe.Price = {
    id: world.id("price"),
    object: "price",
    active: of.active ?? true,
    billing_scheme: "per_unit",
    created: world.now(),
    currency: of.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: of.lookupKey ?? null,
    metadata: of.metadata ?? {},
    nickname: of.nickname ?? null,
    product: of.product,
    recurring: of.recurring
      ? {
          interval: of.recurring.interval,
          interval_count: of.recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: "licensed",
        }
      : null,
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: of.recurring ? "recurring" : "one_time",
    unit_amount: of.unitAmount,
    unit_amount_decimal: decimalText(of.unitAmount),
  };
  world.store.put("price", price);
  world.emit("price.created", price);
  return price;
}
