import type Stripe from "stripe";
import { moveDispute } from "../disputes";
import { missing } from "../fault";
import { pageOf } from "../list";
import { filled, flag, ignored, metadata, paging } from "../params";
import { merged } from "../patch";
import { route } from "../route";
import type { World } from "../world";

export function disputeNamed(world: World, id: string): Stripe.Dispute {
  const found = world.store.get("dispute", id);
  if (!found) throw missing("dispute", id);
  return found;
}

export const disputeRoutes = [
  route(
    "GET",
    "/v1/disputes",
    { ...paging, charge: filled.optional(), payment_intent: filled.optional() },
    ({ charge, payment_intent, ...page }, { world }) => {
      const disputes = world.store
        .all("dispute")
        .filter(
          (one) =>
            (charge === undefined || one.charge === charge) &&
            (payment_intent === undefined || one.payment_intent === payment_intent),
        );
      return pageOf(disputes, "/v1/disputes", page);
    },
  ),
  route("GET", "/v1/disputes/:id", {}, (_, { world, path }) => disputeNamed(world, path.id ?? "")),
  route(
    "POST",
    "/v1/disputes/:id",
    { metadata: metadata.optional(), evidence: ignored, submit: flag.optional() },
    (params, { world, path }) => {
      const found = disputeNamed(world, path.id ?? "");
      if (params.metadata) found.metadata = merged(found.metadata, params.metadata);
      if (params.evidence === undefined) return world.store.put("dispute", found);
      found.evidence_details = {
        ...found.evidence_details,
        has_evidence: true,
        submission_count: found.evidence_details.submission_count + 1,
      };
      return moveDispute(world, found, found.status.startsWith("warning_") ? "warning_under_review" : "under_review");
    },
  ),
  route("POST", "/v1/disputes/:id/close", {}, (_, { world, path }) =>
    moveDispute(world, disputeNamed(world, path.id ?? ""), "lost"),
  ),
];
