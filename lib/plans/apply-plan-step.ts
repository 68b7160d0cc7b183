/** What changes of the running plan without a payment: its next plan, an unpaid invoice, its end. */
import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { ownPaths } from "@/lib/kernel/own-paths";
import { ownerAddresses } from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { queueMail } from "@/lib/platform/mail";
import { pastDueMail } from "./plan-mail";
import { endPlan, schedulePlan, setPastDue, setPlanEnd } from "./plan-store";
import type { PlanStep } from "./plan-sync";

type StepOf<Do extends PlanStep["do"]> = Extract<PlanStep, { do: Do }>;

const object = (plan: string) =>
  ({ type: "subscription", name: currentCatalogue().catalogue.planIndex.get(plan)?.name ?? plan }) as const;

async function schedule(ctx: Context, providerId: string, { plan, to, next }: StepOf<"schedule">): Promise<void> {
  await audited(ctx, async (client) => {
    const begins = await schedulePlan(client, ctx, providerId, next);
    const after = { plan: to, from: next ? begins.toISOString() : null };
    return { answer: undefined, audit: { action: "plan.changed", object: object(plan), after } };
  });
}

/** Its owners get one mail, with the way to pay. */
async function pastDue(ctx: Context, providerId: string, step: StepOf<"set_past_due">): Promise<void> {
  const { plan, payUrl } = step;
  await audited(ctx, async (client) => {
    const changed = await setPastDue(client, ctx, providerId, step.pastDue);
    if (changed && step.pastDue) {
      const letter = pastDueMail({ plan: object(plan).name, url: payUrl, paths: ownPaths(ctx.organizationId) });
      for (const to of await ownerAddresses(client, ctx.organizationId))
        await queueMail(client, { to, ...letter, now: ctx.now });
    }
    const audit = { action: "plan.past_due", object: object(plan), after: { pastDue: step.pastDue } } as const;
    return { answer: undefined, audit: changed ? audit : null };
  });
}

async function setEnd(ctx: Context, providerId: string, { plan, ends }: StepOf<"set_end">): Promise<void> {
  await audited(ctx, async (client) => {
    const { endsAt, changed } = await setPlanEnd(client, ctx, providerId, ends);
    const action = ends ? "plan.canceled" : "plan.resumed";
    const audit = { action, object: object(plan), after: { endsAt: endsAt?.toISOString() ?? null } } as const;
    return { answer: undefined, audit: changed ? audit : null };
  });
}

async function end(ctx: Context, providerId: string, { plan, fallback }: StepOf<"end">): Promise<void> {
  const { mode } = currentCatalogue().catalogue.payg;
  await audited(ctx, async (client) => {
    const ended = await endPlan(client, ctx, providerId, { fallback, paygMode: mode });
    const audit = { action: "plan.ended", object: object(plan), after: { plan: fallback?.plan ?? null } } as const;
    return { answer: undefined, audit: ended ? audit : null };
  });
}

/** Errors: conflict (`other_plan`). */
export async function applyPlanStep(ctx: Context, providerId: string, step: PlanStep): Promise<void> {
  if (step.do === "schedule") return schedule(ctx, providerId, step);
  if (step.do === "set_past_due") return pastDue(ctx, providerId, step);
  if (step.do === "set_end") return setEnd(ctx, providerId, step);
  return end(ctx, providerId, step);
}
