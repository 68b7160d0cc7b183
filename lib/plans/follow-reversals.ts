import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { ownPaths } from "@/lib/kernel/own-paths";
import { ownerAddresses, readSubscription, setSubscriptionEnd, stopSubscription } from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { queueMail } from "@/lib/platform/mail";
import { fallbackPlan } from "./plan-catalogue";
import { planReversedMail } from "./plan-mail";
import { type RunningPlan, readRunningPlan } from "./plan-read-store";
import { endPlan } from "./plan-store";
import { markChoicesApplied, type PlanReversals, readReversals } from "./reversal-store";
import { syncSubscription } from "./sync-subscription";

type Running = RunningPlan & { providerId: string };
type Step = "keep" | "end_now" | "end_at_period_end";

/** The step that the reversals require of the running plan. Pure. */
function planStep({ choices, lostWhole, suspended }: PlanReversals, endsAt: Date | null): Step {
  if (lostWhole || choices.includes("end_now")) return "end_now";
  const ends = choices.includes("end_at_period_end") || suspended;
  return ends && endsAt === null ? "end_at_period_end" : "keep";
}

const nameOf = (plan: string) => currentCatalogue().catalogue.planIndex.get(plan)?.name ?? plan;

/** The card is no longer charged, not even for an unpaid invoice. No further period follows. */
async function stopRenewal(ctx: Context, { providerId }: Running): Promise<void> {
  const found = await readSubscription(providerId);
  if (found?.owing) await stopSubscription(providerId);
  else if (found && found.state !== "ended") await setSubscriptionEnd(providerId, true);
  await syncSubscription(ctx, providerId);
}

async function endNow(ctx: Context, running: Running, reason: "refund" | "dispute"): Promise<void> {
  await stopSubscription(running.providerId);
  const plan = fallbackPlan();
  const { mode } = currentCatalogue().catalogue.payg;
  await audited(ctx, async (client) => {
    const fallback = plan && { plan: plan.id, allowance: plan.allowance };
    const ended = await endPlan(client, ctx, running.providerId, { fallback, paygMode: mode, atOnce: true });
    const object = { type: "subscription", name: nameOf(running.plan) } as const;
    const audit = { action: "plan.ended", object, after: { plan: plan?.id ?? null, reason } } as const;
    return { answer: undefined, audit: ended ? audit : null };
  });
}

/** Marks the choices as applied and queues the owners' mails in one transaction. */
async function tellOwners(ctx: Context, { plan }: Running, reversals: PlanReversals, step: Step): Promise<void> {
  const after = (await readRunningPlan(ctx))?.endsAt ?? null;
  await audited(ctx, async (client) => {
    const marked = await markChoicesApplied(client, ctx);
    // Owners get a mail when a dispute opens, and when its loss ends the plan.
    if (step === "end_now" || (step === "end_at_period_end" && marked > 0)) {
      const reason = reversals.lostWhole ? "dispute" : "refund";
      const mail = planReversedMail({
        ...{ plan: nameOf(plan), reason, afterwards: fallbackPlan()?.name ?? null },
        endsAt: step === "end_now" ? null : after,
        timeZone: reversals.timeZone,
        paths: ownPaths(ctx.organizationId),
      });
      for (const to of await ownerAddresses(client, ctx.organizationId))
        await queueMail(client, { to, ...mail, now: ctx.now });
    }
    return { answer: undefined, audit: null };
  });
}

/**
 * Makes the plan follow the refunds and disputes of its payments: a dispute stops its renewal, one that is lost for the
 * whole payment of the running period ends it, and a refund applies its choice. Safe to repeat. Errors: not_found,
 * upstream_failed.
 */
export async function followReversals(ctx: Context): Promise<void> {
  const reversals = await readReversals(ctx);
  const running = await readRunningPlan(ctx);
  if (!reversals || (reversals.choices.length === 0 && !reversals.lostWhole && !reversals.suspended)) return;
  if (!running?.providerId) {
    await discardChoices(ctx);
    return;
  }
  const own = { ...running, providerId: running.providerId };
  const step = planStep(reversals, running.endsAt);
  if (step === "end_now") await endNow(ctx, own, reversals.lostWhole ? "dispute" : "refund");
  if (step === "end_at_period_end") await stopRenewal(ctx, own);
  if (step !== "keep" || reversals.choices.length > 0) await tellOwners(ctx, own, reversals, step);
}

/** No plan is running, so the choices are marked as applied and change nothing. */
async function discardChoices(ctx: Context): Promise<void> {
  await audited(ctx, async (client) => {
    await markChoicesApplied(client, ctx);
    return { answer: undefined, audit: null };
  });
}
