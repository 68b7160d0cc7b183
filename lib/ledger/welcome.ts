import { currentCatalogue } from "@/lib/catalogue";
import { requestHash } from "@/lib/kernel/request-hash";
import type { Context } from "@/lib/platform/context";
import { subscribe } from "./subscribe";
import { type Caller, give, isFurther, startPlan } from "./write-store";

const DAY_MS = 86_400_000;

async function giveSignup(client: Caller, ctx: Context): Promise<void> {
  const { signup, labels } = currentCatalogue().catalogue;
  if (signup.when === "never" || signup.amount === 0n || (await isFurther(ctx))) return;
  const days = signup.expiresAfterDays;
  await give(client, ctx, {
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
    description: labels.promotional,
  });
}

/**
 * What the catalogue gives a new organization: the signup grant and the default plan, each once however often this
 * runs. The grant is once per person, so their further organizations have the plan only. Errors: not_found.
 */
export async function welcome(ctx: Context): Promise<void> {
  const { defaultPlan } = currentCatalogue().catalogue;
  await giveSignup(ctx.db.operator, ctx);
  if (defaultPlan !== null) await startDefaultPlan(ctx, defaultPlan);
}

/** The same within a transaction that is rolled back, so nothing of it is recorded. `subscribed`: a plan runs. */
export async function rehearseWelcome(client: Caller, ctx: Context, subscribed: boolean): Promise<void> {
  const { defaultPlan, planIndex, payg } = currentCatalogue().catalogue;
  await giveSignup(client, ctx);
  const plan = defaultPlan === null || subscribed ? undefined : planIndex.get(defaultPlan);
  if (!plan) return;
  const { id, allowance, discountPercent, free } = plan;
  const once = { idempotencyKey: "welcome", requestHash: requestHash({ plan: id }) };
  await startPlan(client, ctx, { plan: id, allowance, discountPercent, free, paygMode: payg.mode, ...once });
}

async function startDefaultPlan(ctx: Context, plan: string): Promise<void> {
  try {
    await subscribe({ ...ctx, actor: { type: "job" } }, { plan, idempotencyKey: "welcome" });
  } catch (error) {
    // A plan that runs already is not replaced.
    if ((error as { code?: string }).code !== "conflict") throw error;
  }
}
