/** How an object is shown: a copy, with the parts that Stripe shows only when they are requested (`expand[]`). */
import type Stripe from "stripe";
import { invalid } from "./fault";
import type { Kind } from "./kinds";
import { listOf } from "./list";
import type { Store } from "./store";

type Shown = Record<string, unknown>;
export type Anything = { id: string; object: string };
/** The parts of the world that a page needs. */
export type Shelf = { readonly store: Store; pagesFor: () => string };

const KIND_OF: Readonly<Record<string, Kind>> = {
  cus: "customer",
  pm: "payment_method",
  pi: "payment_intent",
  seti: "setup_intent",
  ch: "charge",
  re: "refund",
  du: "dispute",
  cs: "checkout.session",
  prod: "product",
  price: "price",
  sub: "subscription",
  in: "invoice",
  ii: "invoiceitem",
  inpay: "invoice_payment",
};

export function findAny(world: Shelf, id: string): Anything | undefined {
  const kind = KIND_OF[id.slice(0, id.indexOf("_"))];
  return kind && (world.store.get(kind, id) as Anything | undefined);
}

/** Parts that are left out unless they are requested, by the object's kind. */
const PARTS: Readonly<Record<string, (world: Shelf, id: string) => unknown>> = {
  "checkout.session.line_items": (world, id) =>
    listOf(world.store.get("desk", id)?.lines ?? [], `/v1/checkout/sessions/${id}/line_items`),
  "invoice.payments": (world, id) =>
    listOf(
      world.store.all("invoice_payment").filter(({ invoice }) => invoice === id),
      "/v1/invoice_payments",
    ),
  "charge.refunds": (world, id) =>
    listOf(
      world.store
        .all("refund")
        .filter(({ charge }) => charge === id)
        .reverse(),
      `/v1/charges/${id}/refunds`,
    ),
  "customer.subscriptions": (world, id) =>
    listOf(
      world.store.all("subscription").filter(({ customer, status }) => customer === id && status !== "canceled"),
      `/v1/customers/${id}/subscriptions`,
    ),
};

function withAddresses(world: Shelf, invoice: Stripe.Invoice): void {
  if (invoice.status === "draft" || !invoice.number) return;
  const base = `${world.pagesFor()}/sandbox/invoices/${invoice.id}`;
  invoice.hosted_invoice_url = base;
  invoice.invoice_pdf = `${base}/pdf`;
}

function copyOf(world: Shelf, object: Anything): Anything {
  const copy = structuredClone(object);
  // Their origin may have changed since they were made: the portal's port, or its public address.
  if (copy.object === "invoice") withAddresses(world, copy as Stripe.Invoice);
  return copy;
}

function grow(world: Shelf, at: unknown, path: string[], whole: string): void {
  if (Array.isArray(at)) {
    for (const item of at) grow(world, item, path, whole);
    return;
  }
  const [name, ...rest] = path;
  if (typeof at !== "object" || at === null || name === undefined) return;
  const holder = at as Shown;
  const part = PARTS[`${String(holder.object)}.${name}`];
  if (part && holder[name] === undefined) {
    holder[name] = structuredClone(part(world, String(holder.id)));
  }
  const value = holder[name];
  if (typeof value === "string") {
    const found = findAny(world, value);
    if (!found) throw invalid(`This property cannot be expanded (${whole}).`, undefined, "expand");
    holder[name] = copyOf(world, found);
  }
  if (value === undefined) throw invalid(`This property cannot be expanded (${whole}).`, undefined, "expand");
  grow(world, holder[name], rest, whole);
}

/** Errors: invalid_request_error for a path that leads nowhere. */
export function present<Shape extends object>(world: Shelf, object: Shape, expand: readonly string[] = []): Shape {
  const isList = "object" in object && object.object === "list" && "data" in object && Array.isArray(object.data);
  const copy: object = isList
    ? { ...object, data: (object.data as Anything[]).map((item) => copyOf(world, item)) }
    : copyOf(world, object as Anything);
  for (const path of expand) grow(world, copy, path.split("."), path);
  return copy as Shape;
}
