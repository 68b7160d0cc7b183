/** The bench's baseline for the gate: reads the same body, checks it by the same schema, and answers. */
import { holdRequest } from "@/lib/gate/schema";
import { defineRoute } from "../route";

export function defineEcho(): void {
  defineRoute({
    method: "POST",
    path: "/v1/echo",
    tag: "Operation",
    summary: "Checks a hold's body and answers it; exists for measurements only",
    auth: "none",
    body: holdRequest,
    answer: { description: "The body." },
    async handler({ body }) {
      return { key: body.key, endpoint: body.endpoint, model: body.model, meters: Object.keys(body.quantities) };
    },
  });
}
