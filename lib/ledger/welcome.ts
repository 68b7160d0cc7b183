import { currentCatalogue } from "@/lib/catalogue";
import { requestHash } from "@/lib/kernel/request-hash";
import type { Context } from "@/lib/platform/context";
import { subscribe } from "./subscribe";
import { give, isFurther } from "./write-store";

const DAY_MS = 86_400_000;

/**
 * What the catalogue gives a new organization: the signup grant and the default plan, each once however often this
 * runs. The grant is once per person, so their further organizations have the plan only. Errors: not_found.
 */
export async function welcome(ctx: Context): Promise<void> {
  const { signup, defaultPlan } = currentCatalogue().catalogue;
  if (signup.when !== "never" && signup.amount > 0n && !(await isFurther(ctx))) {
    const days = signup.expiresAfterDays;
    await give(ctx.db.operator, ctx, {
      type: "grant",
      kind: "promotional",
      amount: signup.amount,
      priority: 0,
      expiresAt: days === null ? null : new Date(ctx.now.getTime() + days * DAY_MS),
      source: signup.when,
      reference: null,
      scope: "welcome",
      idempotencyKey: "welcome",
      // The amount may be another one when this runs again under a newer catalogue: the first one stands.
      requestHash: requestHash("welcome"),
      description: "Welcome credit",
    });
  }
  if (defaultPlan !== null) await startDefaultPlan(ctx, defaultPlan);
}

async function startDefaultPlan(ctx: Context, plan: string): Promise<void> {
  try {
    await subscribe({ ...ctx, actor: { type: "job" } }, { plan, idempotencyKey: "welcome" });
  } catch (error) {
    // A plan that runs already is not replaced.
    if ((error as { code?: string }).code !== "conflict") throw error;
  }
}
