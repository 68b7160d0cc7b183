import type Stripe from "stripe";
import { z } from "zod";
import { invalid } from "../fault";
import { voidInvoice } from "../invoice-end";
import { payInvoice } from "../invoice-payment";
import { finalize, markPaid, newInvoice, tiePayment } from "../invoices";
import { pageOf } from "../list";
import { currency, filled, flag, ignored, integer, metadata, paging, text } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import { searchRoute } from "../search";
import { idOf, type World } from "../world";
import { customerNamed } from "./customers";
import { invoiceNamed, lineOf } from "./invoice-items";
import { intentNamed } from "./payment-intents";

const creating = {
  customer: filled,
  currency: currency.optional(),
  description: text.optional(),
  footer: text.optional(),
  metadata: metadata.optional(),
  auto_advance: flag.optional(),
  collection_method: z.enum(["charge_automatically", "send_invoice"]).optional(),
  days_until_due: integer.optional(),
  due_date: integer.optional(),
  default_payment_method: filled.optional(),
  pending_invoice_items_behavior: z.enum(["include", "exclude"]).optional(),
  payment_settings: ignored,
  automatic_tax: ignored,
  custom_fields: ignored,
  rendering: ignored,
};

/** The customer's items that are on no invoice yet. */
function pending(world: World, customer: string, of: string): Stripe.InvoiceItem[] {
  return world.store
    .all("invoiceitem")
    .filter((item) => item.customer === customer && item.invoice === null && item.currency === of);
}

function create(params: z.output<z.ZodObject<typeof creating>>, world: World): Stripe.Invoice {
  const customer = customerNamed(world, params.customer, "customer");
  const of = params.currency ?? customer.currency ?? "usd";
  const items = params.pending_invoice_items_behavior === "include" ? pending(world, customer.id, of) : [];
  const invoice = newInvoice(
    world,
    {
      customer,
      currency: of,
      reason: "manual",
      description: params.description || null,
      footer: params.footer || null,
      metadata: params.metadata ?? {},
      method: params.default_payment_method ?? null,
      autoAdvance: params.auto_advance ?? false,
      collection: params.collection_method ?? "charge_automatically",
    },
    (id) => items.map((item) => lineOf(world, id, item)),
  );
  for (const item of items) world.store.put("invoiceitem", { ...item, invoice: invoice.id });
  return invoice;
}

const paying = { payment_method: filled.optional(), off_session: flag.optional(), paid_out_of_band: flag.optional() };

function pay(params: z.output<z.ZodObject<typeof paying>>, world: World, id: string): Stripe.Invoice {
  const invoice = invoiceNamed(world, id);
  if (invoice.status === "draft") finalize(world, invoice);
  if (params.paid_out_of_band) markPaid(world, invoice, invoice.amount_remaining);
  else if (invoiceNamed(world, id).status !== "paid") {
    const intent = payInvoice(world, invoice, {
      method: params.payment_method,
      offSession: params.off_session ?? true,
      returnUrl: null,
    });
    if (intent?.status === "requires_action")
      throw invalid(
        "This payment requires additional user action before it can be completed successfully.",
        "invoice_payment_intent_requires_action",
      );
  }
  return invoice;
}

function attachPayment(world: World, id: string, name: string | undefined): Stripe.Invoice {
  const invoice = invoiceNamed(world, id);
  if (!name) throw invalid("Missing required param: payment_intent.", "parameter_missing", "payment_intent");
  const intent = intentNamed(world, name, "payment_intent");
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalid(`You can only attach payments to open invoices. This invoice has a status of ${invoice.status}.`);
  if (world.store.all("invoice_payment").some((one) => one.payment.payment_intent === name))
    throw invalid(`The PaymentIntent ${name} is already attached to an invoice.`, undefined, "payment_intent");
  if (intent.currency !== invoice.currency || intent.customer !== invoice.customer)
    throw invalid("The PaymentIntent must have the invoice's customer and currency.", undefined, "payment_intent");
  tiePayment(world, invoice, intent, false);
  return invoice;
}

function end(world: World, id: string, status: "void" | "uncollectible"): Stripe.Invoice {
  const invoice = invoiceNamed(world, id);
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalid(`You can only pass in open invoices. This invoice isn't open.`);
  if (status === "void") voidInvoice(world, invoice);
  else {
    invoice.status = status;
    invoice.status_transitions.marked_uncollectible_at = world.now();
    world.store.put("invoice", invoice);
    world.emit("invoice.marked_uncollectible", invoice);
  }
  return invoice;
}

const filters = {
  ...paging,
  customer: filled.optional(),
  subscription: filled.optional(),
  status: z.enum(["draft", "open", "paid", "void", "uncollectible"]).optional(),
  collection_method: ignored,
};
const updating = {
  metadata: metadata.optional(),
  description: text.optional(),
  footer: text.optional(),
  auto_advance: flag.optional(),
  default_payment_method: text.optional(),
};

export const invoiceRoutes = [
  searchRoute("invoice", "/v1/invoices/search"),
  route("POST", "/v1/invoices", creating, (params, { world }) => create(params, world)),
  route(
    "GET",
    "/v1/invoices",
    filters,
    ({ customer, subscription, status, collection_method: _, ...page }, { world }) => {
      const invoices = world.store
        .all("invoice")
        .filter(
          (one) =>
            (customer === undefined || one.customer === customer) && (status === undefined || one.status === status),
        )
        .filter(
          (one) => subscription === undefined || idOf(one.parent?.subscription_details?.subscription) === subscription,
        );
      return pageOf(invoices, "/v1/invoices", page);
    },
  ),
  route("GET", "/v1/invoices/:id", {}, (_, { world, path }) => invoiceNamed(world, path.id ?? "")),
  route("POST", "/v1/invoices/:id", updating, (params, { world, path }) => {
    const invoice = invoiceNamed(world, path.id ?? "");
    if (params.metadata) invoice.metadata = merged(invoice.metadata, params.metadata);
    if (params.description !== undefined) invoice.description = params.description || null;
    if (params.footer !== undefined) invoice.footer = params.footer || null;
    if (params.auto_advance !== undefined) invoice.auto_advance = params.auto_advance;
    if (params.default_payment_method !== undefined)
      invoice.default_payment_method = params.default_payment_method || null;
    world.store.put("invoice", invoice);
    world.emit("invoice.updated", invoice);
    return invoice;
  }),
  route("DELETE", "/v1/invoices/:id", {}, (_, { world, path }) => {
    const invoice = invoiceNamed(world, path.id ?? "");
    if (invoice.status !== "draft") throw invalid("You can only delete draft invoices.");
    world.store.remove("invoice", invoice.id);
    return { id: invoice.id, object: "invoice", deleted: true };
  }),
  route("GET", "/v1/invoices/:id/lines", paging, (page, { world, path }) =>
    pageOf([...invoiceNamed(world, path.id ?? "").lines.data].reverse(), `/v1/invoices/${path.id}/lines`, page),
  ),
  route("POST", "/v1/invoices/:id/finalize", { auto_advance: flag.optional() }, (params, { world, path }) => {
    const invoice = invoiceNamed(world, path.id ?? "");
    if (params.auto_advance !== undefined) invoice.auto_advance = params.auto_advance;
    finalize(world, invoice);
    return invoice;
  }),
  route("POST", "/v1/invoices/:id/pay", paying, (params, { world, path }) => pay(params, world, path.id ?? "")),
  route("POST", "/v1/invoices/:id/attach_payment", { payment_intent: filled.optional() }, (params, { world, path }) =>
    attachPayment(world, path.id ?? "", params.payment_intent),
  ),
  route("POST", "/v1/invoices/:id/void", {}, (_, { world, path }) => end(world, path.id ?? "", "void")),
  route("POST", "/v1/invoices/:id/mark_uncollectible", {}, (_, { world, path }) =>
    end(world, path.id ?? "", "uncollectible"),
  ),
];
