import type Stripe from "stripe";
import { z } from "zod";
import { methodNamed } from "../bank";
import { missing } from "../fault";
import { pageOf } from "../list";
import { ignored, listed, metadata, paging, text } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import { randomText, type World } from "../world";

const fields = {
  name: text.optional(),
  email: text.optional(),
  phone: text.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  address: ignored,
  shipping: ignored,
  preferred_locales: listed.optional(),
  tax_exempt: text.optional(),
  invoice_settings: z.strictObject({ default_payment_method: text.optional(), footer: text.optional() }).optional(),
  business_name: text.optional(),
  individual_name: text.optional(),
};
type Fields = z.output<z.ZodObject<typeof fields>>;

/** Errors: resource_missing, 400 when a parameter names it. */
export function customerNamed(world: World, id: string, param?: string): Stripe.Customer {
  const customer = world.store.get("customer", id);
  if (!customer || (param && "deleted" in customer && customer.deleted)) throw missing("customer", id, param);
  return customer;
}

function apply(world: World, customer: Stripe.Customer, params: Fields): void {
  for (const name of ["name", "email", "phone", "description"] as const) {
    const value = params[name];
    if (value !== undefined) customer[name] = value === "" ? null : value;
  }
  if (params.metadata) customer.metadata = merged(customer.metadata, params.metadata);
  const method = params.invoice_settings?.default_payment_method;
  if (method === undefined) return;
  if (
    method !== "" &&
    methodNamed(world, method, "invoice_settings[default_payment_method]").customer !== customer.id
  ) {
    throw missing("PaymentMethod", method, "invoice_settings[default_payment_method]");
  }
  customer.invoice_settings.default_payment_method = method === "" ? null : method;
}

function create(params: Fields, world: World): Stripe.Customer {
  const customer: Stripe.Customer = {
    id: world.id("cus", 14),
    object: "customer",
    address: null,
    balance: 0,
    created: world.now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: params.preferred_locales ?? [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
  apply(world, customer, params);
  world.store.put("customer", customer);
  world.emit("customer.created", customer);
  return customer;
}

export const customerRoutes = [
  route("POST", "/v1/customers", fields, (params, { world }) => create(params, world)),
  route("GET", "/v1/customers", { ...paging, email: text.optional() }, ({ email, ...page }, { world }) =>
    pageOf(
      world.store.all("customer").filter((one) => !("deleted" in one) && (email === undefined || one.email === email)),
      "/v1/customers",
      page,
    ),
  ),
  route("GET", "/v1/customers/:id", {}, (_, { world, path }) => customerNamed(world, path.id ?? "")),
  route("POST", "/v1/customers/:id", fields, (params, { world, path }) => {
    const customer = customerNamed(world, path.id ?? "");
    if ("deleted" in customer) throw missing("customer", customer.id);
    apply(world, customer, params);
    world.store.put("customer", customer);
    world.emit("customer.updated", customer);
    return customer;
  }),
  route("DELETE", "/v1/customers/:id", {}, (_, { world, path }) => {
    const customer = customerNamed(world, path.id ?? "");
    const gone = { id: customer.id, object: "customer", deleted: true } as const;
    world.emit("customer.deleted", customer);
    world.store.put("customer", gone as unknown as Stripe.Customer);
    for (const method of world.store.all("payment_method")) {
      if (method.customer === gone.id) world.store.put("payment_method", { ...method, customer: null });
    }
    return gone;
  }),
];
