/** The parameters of a Checkout Session. */
import { z } from "zod";
import { currency, filled, flag, ignored, integer, listed, metadata, text } from "../params";

const recurring = z.strictObject({
  interval: z.enum(["day", "week", "month", "year"]),
  interval_count: integer.optional(),
});
const priceData = z.strictObject({
  currency,
  unit_amount: integer,
  product: filled.optional(),
  product_data: z
    .strictObject({
      name: filled,
      description: text.optional(),
      images: listed.optional(),
      metadata: metadata.optional(),
      tax_code: ignored,
    })
    .optional(),
  recurring: recurring.optional(),
  tax_behavior: text.optional(),
});
const line = z.strictObject({
  price: filled.optional(),
  price_data: priceData.optional(),
  quantity: integer.optional(),
  adjustable_quantity: ignored,
  metadata: metadata.optional(),
});
const future = z.enum(["off_session", "on_session"]);

export const creating = {
  mode: z.enum(["payment", "setup", "subscription"]),
  success_url: filled,
  cancel_url: filled.optional(),
  customer: filled.optional(),
  customer_email: filled.optional(),
  customer_creation: text.optional(),
  customer_update: ignored,
  client_reference_id: filled.optional(),
  currency: currency.optional(),
  line_items: z.array(line).optional(),
  metadata: metadata.optional(),
  payment_intent_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text.optional(),
      setup_future_usage: future.optional(),
      receipt_email: text.optional(),
      statement_descriptor: ignored,
      statement_descriptor_suffix: ignored,
    })
    .optional(),
  setup_intent_data: z.strictObject({ metadata: metadata.optional(), description: text.optional() }).optional(),
  subscription_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text.optional(),
      billing_mode: ignored,
      proration_behavior: ignored,
      invoice_settings: ignored,
    })
    .optional(),
  invoice_creation: z
    .strictObject({
      enabled: flag,
      invoice_data: z
        .strictObject({
          description: text.optional(),
          footer: text.optional(),
          metadata: metadata.optional(),
          custom_fields: ignored,
          rendering_options: ignored,
        })
        .optional(),
    })
    .optional(),
  allowed_payment_method_types: listed.optional(),
  payment_method_collection: ignored,
  payment_method_options: ignored,
  saved_payment_method_options: z
    .strictObject({
      payment_method_save: z.enum(["enabled", "disabled"]).optional(),
      payment_method_remove: ignored,
      allow_redisplay_filters: z.array(z.enum(["always", "limited", "unspecified"])).optional(),
    })
    .optional(),
  expires_at: integer.optional(),
  locale: text.optional(),
  submit_type: text.optional(),
  ui_mode: z.enum(["hosted_page"]).optional(),
  billing_address_collection: ignored,
  allow_promotion_codes: ignored,
  automatic_tax: ignored,
  tax_id_collection: ignored,
  phone_number_collection: ignored,
  consent_collection: ignored,
  custom_text: ignored,
  branding_settings: ignored,
};
export type Creating = z.output<z.ZodObject<typeof creating>>;
export type Line = z.output<typeof line>;
