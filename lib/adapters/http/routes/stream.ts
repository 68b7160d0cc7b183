import { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";
import { organizationPublicId } from "@/lib/kernel/ids";
import { filterText } from "@/lib/kernel/wire";
import { authenticate } from "../authenticate";
import { balanceStream } from "../balance-stream";
import { defineRoute } from "../route";

defineRoute({
  method: "GET",
  path: "/v1/balance/stream",
  tag: "Balance",
  summary: "Stream the balance",
  description:
    "Server-sent events named `balance`. The data is the response of `GET /v1/balance`. One event follows immediately, then one for each change (checked twice a second).",
  auth: "session",
  query: z.strictObject({
    organization: filterText.optional().meta({
      description: "The `org_…` id of the key's own organization. The portal's pages must name the one that they show.",
    }),
  }),
  answer: { description: "The stream.", type: "text/event-stream" },
  errors: ["not_found", "organization_mismatch", "overloaded"],
  async handler({ actor: { organizationId }, query: { organization }, request }) {
    if (organization !== undefined && organization !== organizationPublicId(organizationId)) {
      throw new TollgateError("not_found", "There is no such organization.");
    }
    const allowed = () =>
      authenticate(request, "session", false).then(
        (actor) => actor.type !== "gateway" && actor.organizationId === organizationId,
        (error) => (error as { code?: string }).code !== "unauthenticated",
      );
    const stream = await balanceStream({ organizationId, allowed });
    return new Response(stream, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
    });
  },
});
