import type Stripe from "stripe";
import { z } from "zod";
import { newPrice, newProduct } from "../catalog";
import { invalid, missing } from "../fault";
import { pageOf } from "../list";
import { currency, filled, flag, ignored, integer, listed, metadata, paging, text } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import { searchRoute } from "../search";
import { idOf, type World } from "../world";

const recurring = z.strictObject({
  interval: z.enum(["day", "week", "month", "year"]),
  interval_count: integer.optional(),
  usage_type: z.enum(["licensed"]).optional(),
});
const creating = {
  currency,
  unit_amount: integer,
  product: filled.optional(),
  product_data: z
    .strictObject({ id: filled.optional(), name: filled, metadata: metadata.optional(), active: flag.optional() })
    .optional(),
  recurring: recurring.optional(),
  lookup_key: filled.optional(),
  transfer_lookup_key: flag.optional(),
  nickname: text.optional(),
  metadata: metadata.optional(),
  active: flag.optional(),
  tax_behavior: ignored,
  billing_scheme: ignored,
};

function productNamed(world: World, id: string, param?: string): Stripe.Product {
  const product = world.store.get("product", id);
  if (!product) throw missing("product", id, param);
  return product;
}

function priceNamed(world: World, id: string): Stripe.Price {
  const price = world.store.get("price", id);
  if (!price) throw missing("price", id);
  return price;
}

/** A key names one active price. Errors: resource_already_exists unless it is moved. */
function freeKey(world: World, key: string | undefined, moves: boolean | undefined): void {
  const holder = key && world.store.all("price").find((price) => price.lookup_key === key);
  if (!holder) return;
  if (!moves)
    throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, "resource_already_exists", "lookup_key");
  world.store.put("price", { ...holder, lookup_key: null });
}

function create(params: z.output<z.ZodObject<typeof creating>>, world: World): Stripe.Price {
  if (params.unit_amount < 0)
    throw invalid("This value must be greater than or equal to 0.", "parameter_invalid_integer", "unit_amount");
  if (params.product) productNamed(world, params.product, "product");
  freeKey(world, params.lookup_key, params.transfer_lookup_key);
  const product = params.product ?? (params.product_data && newProduct(world, params.product_data).id);
  if (!product) throw invalid("Missing required param: product.", "parameter_missing", "product");
  return newPrice(world, {
    currency: params.currency,
    unitAmount: params.unit_amount,
    product,
    recurring: params.recurring ?? null,
    lookupKey: params.lookup_key ?? null,
    nickname: params.nickname || null,
    metadata: params.metadata ?? {},
    active: params.active ?? true,
  });
}

const updating = {
  active: flag.optional(),
  nickname: text.optional(),
  metadata: metadata.optional(),
  lookup_key: text.optional(),
  transfer_lookup_key: flag.optional(),
  tax_behavior: ignored,
};
const productFields = {
  name: filled.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  active: flag.optional(),
  default_price: filled.optional(),
  unit_label: ignored,
  tax_code: ignored,
  statement_descriptor: ignored,
  images: ignored,
  url: ignored,
  type: ignored,
  shippable: ignored,
};

export const priceRoutes = [
  searchRoute("price", "/v1/prices/search"),
  route("POST", "/v1/prices", creating, (params, { world }) => create(params, world)),
  route(
    "GET",
    "/v1/prices",
    {
      ...paging,
      active: flag.optional(),
      currency: currency.optional(),
      product: filled.optional(),
      lookup_keys: listed.optional(),
      type: z.enum(["one_time", "recurring"]).optional(),
      recurring: ignored,
    },
    ({ active, currency: of, product, lookup_keys, type, recurring: _, ...page }, { world }) => {
      const prices = world.store
        .all("price")
        .filter(
          (one) =>
            (active === undefined || one.active === active) &&
            (of === undefined || one.currency === of) &&
            (type === undefined || one.type === type),
        )
        .filter(
          (one) =>
            (product === undefined || idOf(one.product) === product) &&
            (!lookup_keys || lookup_keys.includes(one.lookup_key ?? "")),
        );
      return pageOf(prices, "/v1/prices", page);
    },
  ),
  route("GET", "/v1/prices/:id", {}, (_, { world, path }) => priceNamed(world, path.id ?? "")),
  route("POST", "/v1/prices/:id", updating, (params, { world, path }) => {
    const price = priceNamed(world, path.id ?? "");
    if (params.lookup_key)
      freeKey(
        world,
        params.lookup_key === price.lookup_key ? undefined : params.lookup_key,
        params.transfer_lookup_key,
      );
    if (params.lookup_key !== undefined) price.lookup_key = params.lookup_key || null;
    if (params.active !== undefined) price.active = params.active;
    if (params.nickname !== undefined) price.nickname = params.nickname || null;
    if (params.metadata) price.metadata = merged(price.metadata, params.metadata);
    world.store.put("price", price);
    world.emit("price.updated", price);
    return price;
  }),
  route(
    "POST",
    "/v1/products",
    { ...productFields, name: filled, id: filled.optional(), default_price_data: ignored },
    (params, { world }) => {
      if (params.id && world.store.get("product", params.id))
        throw invalid("Product already exists.", "resource_already_exists", "id");
      const { id, name, description, metadata: pairs, active } = params;
      return newProduct(world, {
        name,
        ...(id && { id }),
        ...(description && { description }),
        ...(pairs && { metadata: pairs }),
        ...(active !== undefined && { active }),
      });
    },
  ),
  route(
    "GET",
    "/v1/products",
    { ...paging, active: flag.optional(), ids: listed.optional() },
    ({ active, ids, ...page }, { world }) =>
      pageOf(
        world.store
          .all("product")
          .filter((one) => (active === undefined || one.active === active) && (!ids || ids.includes(one.id))),
        "/v1/products",
        page,
      ),
  ),
  route("GET", "/v1/products/:id", {}, (_, { world, path }) => productNamed(world, path.id ?? "")),
  route("POST", "/v1/products/:id", productFields, (params, { world, path }) => {
    const product = productNamed(world, path.id ?? "");
    if (params.name) product.name = params.name;
    if (params.description !== undefined) product.description = params.description || null;
    if (params.active !== undefined) product.active = params.active;
    if (params.default_price) product.default_price = params.default_price;
    if (params.metadata) product.metadata = merged(product.metadata, params.metadata);
    product.updated = world.now();
    world.store.put("product", product);
    world.emit("product.updated", product);
    return product;
  }),
];
