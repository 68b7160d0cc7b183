/** The life of an invoice: draft, open, paid; its lines, its number and its payments. */
import type Stripe from "stripe";
import { decimalText } from "./catalog";
import { invalid } from "./fault";
import { listOf } from "./list";
import { idOf, type World } from "./world";

export type NewInvoice = {
  customer: Stripe.Customer;
  currency: string;
  reason: Stripe.Invoice.BillingReason;
  description?: string | null;
  footer?: string | null;
  metadata?: Record<string, string>;
  method?: string | null;
  autoAdvance?: boolean;
  collection?: Stripe.Invoice.CollectionMethod;
  period?: { start: number; end: number };
  subscription?: { id: string; metadata: Record<string, string>; prorationDate?: number };
};

export type NewLine = {
  amount: number;
  currency: string;
  description: string | null;
  quantity?: number;
  price?: Stripe.Price | null;
  metadata?: Record<string, string>;
  period?: { start: number; end: number };
  parent?: Stripe.InvoiceLineItem.Parent | null;
  subscription?: string | null;
};

export function newLine(world: World, invoice: string | null, of: NewLine): Stripe.InvoiceLineItem {
  const now = world.now();
  return {
    id: world.id("il"),
    object: "line_item",
    amount: of.amount,
    currency: of.currency,
    description: of.description,
    discount_amounts: [],
    discountable: of.amount >= 0,
    discounts: [],
    invoice,
    livemode: false,
    metadata: of.metadata ?? {},
    parent: of.parent ?? null,
    period: of.period ?? { start: now, end: now },
    pretax_credit_amounts: [],
    pricing: of.price
      ? {
          type: "price_details",
          price_details: { price: of.price.id, product: idOf(of.price.product) ?? "" },
          unit_amount_decimal: of.price.unit_amount_decimal,
        }
      : null,
    quantity: of.quantity ?? 1,
    quantity_decimal: decimalText(of.quantity ?? 1),
    subscription: of.subscription ?? null,
    subtotal: of.amount,
    taxes: [],
  };
}

/** `credit` is the customer's credit from earlier invoices, as a negative number. */
function moneyOf(lines: readonly Stripe.InvoiceLineItem[], paid: number, credit: number) {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const due = Math.max(0, total + credit);
  return {
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
    amount_due: due,
    amount_paid: Math.min(paid, due),
    amount_overpaid: 0,
    amount_remaining: Math.max(0, due - paid),
  };
}

/** Fields that Tollgate does not use: null or empty, as Stripe answers them. */
const UNUSED = {
  account_tax_ids: null,
  application: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  automatically_finalizes_at: null,
  custom_fields: null,
  customer_account: null,
  customer_shipping: null,
  default_source: null,
  due_date: null,
  effective_at: null,
  ending_balance: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  last_finalization_error: null,
  latest_revision: null,
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  statement_descriptor: null,
  test_clock: null,
  webhooks_delivered_at: null,
} as const;

/** Not kept: a preview is one of these, too. */
export function draftInvoice(
  world: World,
  of: NewInvoice,
  lines: (invoice: string) => Stripe.InvoiceLineItem[],
): Stripe.Invoice {
  const id = world.id("in");
  const data = lines(id);
  // A single payment has its own amount: credit only lowers the price of a subscription.
  const credit = of.subscription ? Math.min(0, of.customer.balance) : 0;
  const now = world.now();
  return {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Tollgate sandbox",
    ...structuredClone(UNUSED),
    ...moneyOf(data, 0, credit),
    amount_shipping: 0,
    attempt_count: 0,
    attempted: false,
    auto_advance: of.autoAdvance ?? false,
    billing_reason: of.reason,
    collection_method: of.collection ?? "charge_automatically",
    created: now,
    currency: of.currency,
    customer: of.customer.id,
    customer_address: of.customer.address ?? null,
    customer_email: of.customer.email,
    customer_name: of.customer.name ?? null,
    customer_phone: of.customer.phone ?? null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: of.method ?? null,
    default_tax_rates: [],
    description: of.description ?? null,
    discounts: [],
    footer: of.footer ?? null,
    issuer: { type: "self" },
    lines: listOf(data, `/v1/invoices/${id}/lines`),
    livemode: false,
    metadata: of.metadata ?? {},
    parent: of.subscription
      ? {
          type: "subscription_details",
          quote_details: null,
          subscription_details: {
            metadata: of.subscription.metadata,
            subscription: of.subscription.id,
            ...(of.subscription.prorationDate !== undefined && {
              subscription_proration_date: of.subscription.prorationDate,
            }),
          },
        }
      : null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: of.period?.end ?? now,
    period_start: of.period?.start ?? now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    starting_balance: credit,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    total_taxes: [],
  };
}

export function newInvoice(
  world: World,
  of: NewInvoice,
  lines: (invoice: string) => Stripe.InvoiceLineItem[] = () => [],
): Stripe.Invoice {
  const invoice = world.store.put("invoice", draftInvoice(world, of, lines));
  world.emit("invoice.created", invoice);
  return invoice;
}

export function addLines(world: World, invoice: Stripe.Invoice, lines: Stripe.InvoiceLineItem[]): void {
  if (invoice.status !== "draft")
    throw invalid("Finalized invoices can't be updated in this way", "invoice_not_editable");
  invoice.lines.data.push(...lines);
  Object.assign(invoice, moneyOf(invoice.lines.data, invoice.amount_paid, invoice.starting_balance));
  world.store.put("invoice", invoice);
}

/** Gives the invoice its number. An invoice over zero is paid immediately. Errors: invoice_not_editable. */
export function finalize(world: World, invoice: Stripe.Invoice): void {
  if (invoice.status !== "draft")
    throw invalid(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
      "invoice_not_editable",
    );
  const customer = world.store.get("customer", idOf(invoice.customer) ?? "");
  const sequence = customer?.next_invoice_sequence ?? 1;
  invoice.number = `${customer?.invoice_prefix ?? "SANDBOX"}-${String(sequence).padStart(4, "0")}`;
  invoice.ending_balance = Math.min(0, invoice.starting_balance + invoice.total);
  if (customer) {
    const balance = invoice.parent ? invoice.ending_balance : customer.balance;
    world.store.put("customer", Object.assign(customer, { next_invoice_sequence: sequence + 1, balance }));
  }
  invoice.status = "open";
  invoice.effective_at = world.now();
  invoice.status_transitions.finalized_at = world.now();
  world.store.put("invoice", invoice);
  world.emit("invoice.finalized", invoice);
  if (invoice.amount_due === 0) markPaid(world, invoice, 0);
}

export function markPaid(world: World, invoice: Stripe.Invoice, amount: number): void {
  Object.assign(invoice, moneyOf(invoice.lines.data, invoice.amount_paid + amount, invoice.starting_balance));
  if (invoice.amount_remaining > 0) {
    world.store.put("invoice", invoice);
    return;
  }
  Object.assign(invoice, {
    status: "paid",
    attempted: true,
    next_payment_attempt: null,
    auto_advance: false,
  } satisfies Partial<Stripe.Invoice>);
  invoice.status_transitions.paid_at = world.now();
  world.store.put("invoice", invoice);
  world.emit("invoice.paid", invoice);
  world.emit("invoice.payment_succeeded", invoice);
  for (const listener of world.invoicePaid) listener(invoice);
}

/** Ties a payment to an invoice: when the payment succeeds, or has succeeded, the invoice is paid by it. */
export function tiePayment(
  world: World,
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent,
  isDefault: boolean,
): Stripe.InvoicePayment {
  const payment: Stripe.InvoicePayment = {
    id: world.id("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: intent.amount,
    created: world.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: isDefault,
    livemode: false,
    payment: { type: "payment_intent", payment_intent: intent.id },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
  world.store.put("invoice_payment", payment);
  if (intent.status === "succeeded") settlePayments(world, intent);
  return payment;
}

/** Marks the intent's invoice as paid; called when any intent has succeeded. */
export function settlePayments(world: World, intent: Stripe.PaymentIntent): void {
  for (const payment of world.store.all("invoice_payment")) {
    if (payment.payment.payment_intent !== intent.id || payment.status !== "open") continue;
    payment.status = "paid";
    payment.amount_paid = intent.amount;
    payment.status_transitions.paid_at = world.now();
    world.store.put("invoice_payment", payment);
    world.emit("invoice_payment.paid", payment);
    const invoice = world.store.get("invoice", idOf(payment.invoice) ?? "");
    if (invoice && (invoice.status === "open" || invoice.status === "uncollectible"))
      markPaid(world, invoice, intent.amount);
  }
}
