import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { requestHash } from "@/lib/kernel/request-hash";
import type { Context } from "@/lib/platform/context";
import { startPlan } from "./write-store";

/**
 * Starts a plan of the catalogue for an organization, also in place of a free one: its first cycle starts now, and its
 * allowance is there at once. Errors: forbidden, not_found, validation_failed (unknown plan), conflict (this plan is
 * running, or one that is paid for).
 */
export async function subscribe(
  ctx: Context,
  input: { plan: string; idempotencyKey: string },
): Promise<{ version: number }> {
  const { actor } = ctx;
  if (actor.type !== "operator" && actor.type !== "job" && actor.type !== "gateway") {
    throw new TollgateError("forbidden", "Only the operator can start a plan.");
  }
  const { catalogue } = currentCatalogue();
  const plan = catalogue.planIndex.get(input.plan);
  if (!plan) {
    const names = [...catalogue.planIndex.keys()].join(", ") || "none";
    throw new TollgateError("validation_failed", `There is no plan "${input.plan}". Plans: ${names}.`, {
      field: "plan",
    });
  }
  return audited(ctx, async (client) => {
    const version = await startPlan(client, ctx, {
      plan: plan.id,
      allowance: plan.allowance,
      discountPercent: plan.discountPercent,
      free: plan.free,
      paygMode: catalogue.payg.mode,
      idempotencyKey: input.idempotencyKey,
      requestHash: requestHash({ plan: plan.id }),
    });
    const audit = {
      action: "plan.started",
      object: { type: "subscription", name: plan.name },
      after: { plan: plan.id },
    } as const;
    return { answer: { version }, audit };
  });
}
