import type Stripe from "stripe";
import { z } from "zod";
import { invalid, missing } from "../fault";
import { pageOf } from "../list";
import { filled, ignored, integer, metadata, paging } from "../params";
import { merged } from "../patch";
import { moveRefund, refund } from "../refunds";
import { route } from "../route";
import { idOf, type World } from "../world";
import { chargeNamed } from "./charges";
import { intentNamed } from "./payment-intents";

function refundNamed(world: World, id: string): Stripe.Refund {
  const found = world.store.get("refund", id);
  if (!found) throw missing("refund", id);
  return found;
}

function chargeOf(world: World, params: { charge?: string; payment_intent?: string }): Stripe.Charge {
  if (params.charge) return chargeNamed(world, params.charge, "charge");
  if (!params.payment_intent)
    throw invalid(
      "One of the following params should be provided for this request: payment_intent or charge.",
      "parameter_missing",
    );
  const intent = intentNamed(world, params.payment_intent, "payment_intent");
  const charge = idOf(intent.latest_charge);
  if (intent.status !== "succeeded" || !charge) {
    throw invalid(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      "payment_intent_unexpected_state",
      "payment_intent",
    );
  }
  return chargeNamed(world, charge);
}

export const refundRoutes = [
  route(
    "POST",
    "/v1/refunds",
    {
      charge: filled.optional(),
      payment_intent: filled.optional(),
      amount: integer.optional(),
      reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
      metadata: metadata.optional(),
      instructions_email: ignored,
    },
    (params, { world }) => refund(world, chargeOf(world, params), params),
  ),
  route(
    "GET",
    "/v1/refunds",
    { ...paging, charge: filled.optional(), payment_intent: filled.optional() },
    ({ charge, payment_intent, ...page }, { world }) => {
      const refunds = world.store
        .all("refund")
        .filter(
          (one) =>
            (charge === undefined || one.charge === charge) &&
            (payment_intent === undefined || one.payment_intent === payment_intent),
        );
      return pageOf(refunds, "/v1/refunds", page);
    },
  ),
  route("GET", "/v1/refunds/:id", {}, (_, { world, path }) => refundNamed(world, path.id ?? "")),
  route("POST", "/v1/refunds/:id", { metadata: metadata.optional() }, (params, { world, path }) => {
    const found = refundNamed(world, path.id ?? "");
    if (params.metadata) found.metadata = merged(found.metadata, params.metadata);
    world.store.put("refund", found);
    world.emit("refund.updated", found);
    return found;
  }),
  route("POST", "/v1/refunds/:id/cancel", {}, (_, { world, path }) => {
    const found = refundNamed(world, path.id ?? "");
    if (found.status !== "pending") throw invalid(`You cannot cancel a refund with a status of ${found.status}.`);
    return moveRefund(world, found, "canceled");
  }),
];
