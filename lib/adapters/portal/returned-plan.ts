import { parsePublicId } from "@/lib/kernel/ids";
import { settlePlanPayment } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";

export type ReturnedPlan = { state: "succeeded" | "open" | "ended"; plan: string };

/** The result of the plan's payment that the reader returns from; null if the address names none of theirs. */
export async function returnedPlan(ctx: Context, publicId: string): Promise<ReturnedPlan | null> {
  const found = parsePublicId(publicId, "pay");
  if (found?.organizationId !== ctx.organizationId) return null;
  try {
    const { state, description } = await settlePlanPayment(ctx, found.id);
    return { state: state === "succeeded" || state === "open" ? state : "ended", plan: description };
  } catch (error) {
    // The job settles it; the page is shown either way.
    log.warn({ err: (error as Error).message }, "a plan's payment was not settled on the way back");
    return { state: "open", plan: "" };
  }
}
