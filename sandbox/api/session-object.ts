import type Stripe from "stripe";
import { invalid } from "../fault";
import type { World } from "../world";
import type { Creating } from "./session-params";

const ID_LENGTH = 58;
const DAY = 86_400;
const LEAST_LIFE = 30 * 60;

type Of = { params: Creating; customer: Stripe.Customer | undefined; total: number; currency: string | null };

function endOf(world: World, asked: number | undefined): number {
  const now = world.now();
  if (asked === undefined) return now + DAY;
  if (asked < now + LEAST_LIFE - 60 || asked > now + DAY + 60) {
    throw invalid(
      "The `expires_at` timestamp must be between 30 minutes and 24 hours after Checkout Session creation.",
      undefined,
      "expires_at",
    );
  }
  return asked;
}

function invoiceCreation(of: Creating["invoice_creation"]): Stripe.Checkout.Session.InvoiceCreation {
  const data = of?.invoice_data;
  return {
    enabled: of?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: data?.description || null,
      footer: data?.footer || null,
      issuer: null,
      metadata: data?.metadata ?? {},
      rendering_options: null,
    },
  };
}

/** Fields that Tollgate does not use. */
const UNUSED = {
  after_expiration: null,
  allow_promotion_codes: null,
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  customer_account: null,
  integration_identifier: null,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_configuration_details: null,
  payment_method_options: null,
  permissions: null,
  recovered_from: null,
  shipping_address_collection: null,
  shipping_cost: null,
  wallet_options: null,
} as const;

export function blankSession(world: World, { params, customer, total, currency }: Of): Stripe.Checkout.Session {
  const saved = params.saved_payment_method_options;
  const pays = params.mode !== "setup";
  const email = customer?.email ?? params.customer_email ?? null;
  return {
    id: world.id("cs_test", ID_LENGTH),
    object: "checkout.session",
    ...UNUSED,
    adaptive_pricing: { enabled: false },
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: pays ? total : null,
    amount_total: pays ? total : null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    created: world.now(),
    currency,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: customer?.id ?? null,
    customer_creation: customer ? null : "if_required",
    customer_details: email
      ? {
          address: null,
          business_name: null,
          email,
          individual_name: null,
          name: customer?.name ?? null,
          phone: null,
          tax_exempt: "none",
          tax_ids: null,
        }
      : null,
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: endOf(world, params.expires_at),
    invoice: null,
    invoice_creation: params.mode === "payment" ? invoiceCreation(params.invoice_creation) : null,
    livemode: false,
    locale: params.locale || null,
    metadata: params.metadata ?? {},
    mode: params.mode,
    payment_intent: null,
    payment_method_collection: params.mode === "setup" ? "always" : "if_required",
    payment_method_types: ["card"],
    payment_status: pays ? "unpaid" : "no_payment_required",
    saved_payment_method_options: customer
      ? {
          allow_redisplay_filters: saved?.allow_redisplay_filters ?? ["always"],
          payment_method_remove: "disabled",
          payment_method_save: saved?.payment_method_save ?? null,
        }
      : null,
    setup_intent: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type || null,
    subscription: null,
    success_url: params.success_url,
    total_details: pays ? { amount_discount: 0, amount_shipping: 0, amount_tax: 0 } : null,
    ui_mode: "hosted_page",
    url: null,
  };
}
