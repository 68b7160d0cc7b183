/** The items of invoices, and their payments. */
import type Stripe from "stripe";
import { z } from "zod";
import { invalid, missing } from "../fault";
import { addLines, newLine } from "../invoices";
import { pageOf } from "../list";
import { currency, filled, flag, integer, metadata, paging, text } from "../params";
import { route } from "../route";
import { idOf, type World } from "../world";
import { customerNamed } from "./customers";

export function invoiceNamed(world: World, id: string): Stripe.Invoice {
  const invoice = world.store.get("invoice", id);
  if (!invoice) throw missing("invoice", id);
  return invoice;
}

export function lineOf(world: World, invoice: string, item: Stripe.InvoiceItem): Stripe.InvoiceLineItem {
  return newLine(world, invoice, {
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    quantity: item.quantity,
    metadata: item.metadata ?? {},
    period: item.period,
    parent: {
      type: "invoice_item_details",
      subscription_item_details: null,
      invoice_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details: null,
        subscription: null,
      },
    },
  });
}

const itemCreating = {
  customer: filled.optional(),
  invoice: filled.optional(),
  amount: integer.optional(),
  currency: currency.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  quantity: integer.optional(),
  pricing: z.strictObject({ price: filled }).optional(),
  period: z.strictObject({ start: integer, end: integer }).optional(),
};

function createItem(params: z.output<z.ZodObject<typeof itemCreating>>, world: World): Stripe.InvoiceItem {
  const invoice = params.invoice ? invoiceNamed(world, params.invoice) : undefined;
  const owner = params.customer ?? idOf(invoice?.customer);
  if (!owner) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  customerNamed(world, owner, "customer");
  const price = params.pricing && world.store.get("price", params.pricing.price);
  if (params.pricing && !price) throw missing("price", params.pricing.price, "pricing[price]");
  const quantity = params.quantity ?? 1;
  const amount = params.amount ?? (price ? (price.unit_amount ?? 0) * quantity : undefined);
  if (amount === undefined) throw invalid("Missing required param: amount.", "parameter_missing", "amount");
  const of = params.currency ?? price?.currency ?? invoice?.currency ?? "usd";
  if (invoice && of !== invoice.currency)
    throw invalid(`The currency of the invoice is ${invoice.currency}.`, undefined, "currency");
  const now = world.now();
  const item = {
    id: world.id("ii"),
    object: "invoiceitem",
    amount,
    currency: of,
    customer: owner,
    customer_account: null,
    date: now,
    description: params.description || null,
    discountable: true,
    discounts: [],
    invoice: invoice?.id ?? null,
    livemode: false,
    metadata: params.metadata ?? {},
    net_amount: amount,
    parent: null,
    period: params.period ?? { start: now, end: now },
    pricing: null,
    proration: false,
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: null,
  } as unknown as Stripe.InvoiceItem;
  if (invoice) addLines(world, invoice, [lineOf(world, invoice.id, item)]);
  world.store.put("invoiceitem", item);
  world.emit("invoiceitem.created", item);
  if (invoice) world.emit("invoice.updated", invoice);
  return item;
}

export const invoiceItemRoutes = [
  route("POST", "/v1/invoiceitems", itemCreating, (params, { world }) => createItem(params, world)),
  route(
    "GET",
    "/v1/invoiceitems",
    { ...paging, customer: filled.optional(), invoice: filled.optional(), pending: flag.optional() },
    ({ customer, invoice, pending: free, ...page }, { world }) => {
      const items = world.store
        .all("invoiceitem")
        .filter(
          (one) =>
            (customer === undefined || one.customer === customer) && (invoice === undefined || one.invoice === invoice),
        )
        .filter((one) => free === undefined || (one.invoice === null) === free);
      return pageOf(items, "/v1/invoiceitems", page);
    },
  ),
  route("GET", "/v1/invoiceitems/:id", {}, (_, { world, path }) => {
    const item = world.store.get("invoiceitem", path.id ?? "");
    if (!item) throw missing("invoiceitem", path.id ?? "");
    return item;
  }),
  route(
    "GET",
    "/v1/invoice_payments",
    {
      ...paging,
      invoice: filled.optional(),
      status: filled.optional(),
      payment: z.strictObject({ type: filled, payment_intent: filled.optional() }).optional(),
    },
    ({ invoice, status, payment, ...page }, { world }) => {
      const payments = world.store
        .all("invoice_payment")
        .filter(
          (one) =>
            (invoice === undefined || one.invoice === invoice) && (status === undefined || one.status === status),
        )
        .filter(
          (one) => payment?.payment_intent === undefined || one.payment.payment_intent === payment.payment_intent,
        );
      return pageOf(payments, "/v1/invoice_payments", page);
    },
  ),
  route("GET", "/v1/invoice_payments/:id", {}, (_, { world, path }) => {
    const payment = world.store.get("invoice_payment", path.id ?? "");
    if (!payment) throw missing("invoice_payment", path.id ?? "");
    return payment;
  }),
];
