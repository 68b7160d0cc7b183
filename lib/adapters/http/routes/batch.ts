/** Many gate operations in one request. Each is checked, decided and answered by itself; nothing is atomic. */
import type { z } from "zod";
import { batch } from "@/lib/gate";
import { type BatchItem, type BatchOutcome, batchAnswer, batchItem, batchRequest } from "@/lib/gate/schema";
import { refusal } from "../problem";
import { defineRoute } from "../route";
import { invalid } from "../validation";

/** Wrong items take their refusal, the others the verb's outcomes in their order. */
function weave(checked: readonly z.ZodSafeParseResult<BatchItem>[], decided: readonly BatchOutcome[]): BatchOutcome[] {
  let next = 0;
  return checked.map((result) => {
    if (!result.success) return { error: invalid(result.error, "item") };
    const outcome = decided[next++];
    if (!outcome) throw new Error("the batch returned fewer outcomes than items");
    return outcome;
  });
}

defineRoute({
  method: "POST",
  path: "/v1/batch",
  tag: "Gate",
  summary: "Run up to 1,000 operations",
  description:
    "Each item is the body of the single route, with `operation`, its own `idempotencyKey` and, where the route has one, `id`. Items of one organization are decided in their order. Each has its own result; the whole answers 200 and is not atomic. A refused item's body is the one that the single route would have answered.",
  auth: "gateway",
  body: batchRequest,
  answer: { description: "One result per item, in their order.", schema: batchAnswer },
  async handler({ body, context, request }) {
    const checked = body.items.map((item) => batchItem.safeParse(item));
    const valid = checked.flatMap((result) => (result.success ? [result.data] : []));
    const decided = valid.length === 0 ? [] : await batch(context, { items: valid });
    const accept = request.header("accept");
    const results = weave(checked, decided).map((outcome) => {
      if (!("error" in outcome)) return outcome;
      const { status, text } = refusal(outcome.error, { accept });
      return { status, body: JSON.parse(text) as unknown };
    });
    return { results };
  },
});
