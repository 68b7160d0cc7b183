import type Stripe from "stripe";
import { missing } from "../fault";
import { pageOf } from "../list";
import { filled, metadata, paging, text } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import { searchRoute } from "../search";
import { idOf, type World } from "../world";

export function chargeNamed(world: World, id: string, param?: string): Stripe.Charge {
  const charge = world.store.get("charge", id);
  if (!charge) throw missing("charge", id, param);
  return charge;
}

export const chargeRoutes = [
  searchRoute("charge", "/v1/charges/search"),
  route(
    "GET",
    "/v1/charges",
    { ...paging, customer: filled.optional(), payment_intent: filled.optional() },
    ({ customer, payment_intent, ...page }, { world }) => {
      const charges = world.store
        .all("charge")
        .filter(
          (one) =>
            (customer === undefined || idOf(one.customer) === customer) &&
            (payment_intent === undefined || idOf(one.payment_intent) === payment_intent),
        );
      return pageOf(charges, "/v1/charges", page);
    },
  ),
  route("GET", "/v1/charges/:id", {}, (_, { world, path }) => chargeNamed(world, path.id ?? "")),
  route(
    "POST",
    "/v1/charges/:id",
    { metadata: metadata.optional(), description: text.optional() },
    (params, { world, path }) => {
      const charge = chargeNamed(world, path.id ?? "");
      if (params.metadata) charge.metadata = merged(charge.metadata, params.metadata);
      if (params.description !== undefined) charge.description = params.description || null;
      world.store.put("charge", charge);
      world.emit("charge.updated", charge);
      return charge;
    },
  ),
];
