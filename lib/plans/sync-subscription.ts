import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { ownPaths } from "@/lib/kernel/own-paths";
import {
  ownerAddresses,
  type ProviderSubscription,
  readSubscription,
  stopSubscription,
  syncCards,
} from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { queueMail } from "@/lib/platform/mail";
import { applyInvoice } from "./apply-invoice";
import { type Mirrored, mirrorInvoices } from "./invoice-mirror-store";
import { pastDueMail } from "./plan-mail";
import { type RunningPlan, readDeletedAt, readRunningPlan } from "./plan-read-store";
import { endPlan, schedulePlan, setPastDue, setPlanEnd } from "./plan-store";
import { fallbackPlan, planTitle } from "./plan-words";

function titleOf({ tag }: ProviderSubscription): string {
  if (!tag) return "Plan";
  return planTitle(currentCatalogue().catalogue.planIndex.get(tag.plan)?.name ?? tag.plan, tag.interval);
}

async function applyInvoices(ctx: Context, found: ProviderSubscription): Promise<void> {
  const mirrored: Mirrored[] = [];
  const began = (await readRunningPlan(ctx))?.providerId !== found.id;
  for (const invoice of found.invoices) {
    const paymentId = await applyInvoice(ctx, found, invoice);
    mirrored.push({ ...invoice, paymentId, description: titleOf(found) });
  }
  await mirrorInvoices(ctx, mirrored);
  // The card that bought the plan is saved: it may be used for more.
  if (began && found.state === "active") await syncCards(ctx);
}

const object = (plan: string) =>
  ({ type: "subscription", name: currentCatalogue().catalogue.planIndex.get(plan)?.name ?? plan }) as const;

/** Its owners are told once, with the way to pay. */
async function applyPastDue(ctx: Context, found: ProviderSubscription, running: RunningPlan): Promise<void> {
  const pastDue = found.state === "past_due";
  if (pastDue === (running.pastDueSince !== null)) return;
  await audited(ctx, async (client) => {
    const changed = await setPastDue(client, ctx, found.id, pastDue);
    const unpaid = found.invoices.findLast(({ state }) => state === "open");
    if (changed && pastDue) {
      const letter = pastDueMail({
        plan: object(running.plan).name,
        url: unpaid?.payUrl ?? null,
        paths: ownPaths(ctx.organizationId),
      });
      for (const to of await ownerAddresses(client, ctx.organizationId))
        await queueMail(client, { to, ...letter, now: ctx.now });
    }
    const audit = { action: "plan.past_due", object: object(running.plan), after: { pastDue } } as const;
    return { answer: undefined, audit: changed ? audit : null };
  });
}

async function applyEnd(ctx: Context, found: ProviderSubscription, running: RunningPlan): Promise<void> {
  const ends = found.cancelsAtEnd || found.state === "ended";
  if (ends || running.endsAt !== null) {
    await audited(ctx, async (client) => {
      const { endsAt, changed } = await setPlanEnd(client, ctx, found.id, ends);
      const action = ends ? "plan.canceled" : "plan.resumed";
      const audit = { action, object: object(running.plan), after: { endsAt: endsAt?.toISOString() ?? null } } as const;
      return { answer: undefined, audit: changed ? audit : null };
    });
  }
  if (found.state !== "ended") return;
  const plan = fallbackPlan();
  const { mode } = currentCatalogue().catalogue.payg;
  await audited(ctx, async (client) => {
    const fallback = plan && { plan: plan.id, allowance: plan.allowance };
    const ended = await endPlan(client, ctx, found.id, { fallback, paygMode: mode });
    const audit = { action: "plan.ended", object: object(running.plan), after: { plan: plan?.id ?? null } } as const;
    return { answer: undefined, audit: ended ? audit : null };
  });
}

/** The price at the provider is what the next period costs: another plan's begins then. */
async function applyNext(ctx: Context, found: ProviderSubscription, running: RunningPlan): Promise<void> {
  const { tag } = found;
  if (!tag || found.pending || found.state === "ended" || tag.interval !== running.interval) return;
  if (tag.plan === (running.nextPlan ?? running.plan)) return;
  const plan = currentCatalogue().catalogue.planIndex.get(tag.plan);
  const back = tag.plan === running.plan;
  if (!back && !plan) return;
  await audited(ctx, async (client) => {
    const next =
      back || !plan ? null : { plan: plan.id, allowance: plan.allowance, discountPercent: plan.discountPercent };
    const begins = await schedulePlan(client, ctx, found.id, next);
    const after = { plan: tag.plan, from: back ? null : begins.toISOString() };
    return { answer: undefined, audit: { action: "plan.changed", object: object(running.plan), after } };
  });
}

/** Nobody is there for what it brings: it charges nothing more. What it took since then is for the operator to give back. */
async function stopOfDeleted({ id, state, invoices }: ProviderSubscription, deletedAt: Date): Promise<void> {
  const late = invoices.filter(({ paidAt }) => paidAt !== null && paidAt > deletedAt);
  for (const { id: invoice } of late)
    log.error({ subscription: id, invoice }, "a deleted organization has paid for a plan: refund it at the provider");
  if (state !== "ended") await stopSubscription(id);
}

/**
 * Reads a subscription with its invoices at the provider and makes our rows equal to it: what is paid is given once, a
 * change begins when it is due, what is unpaid is said; a deleted organization's is ended. Page, webhook and job call
 * this, in any order and at once.
 * Errors: not_found (the provider has none, or it is another organization's), upstream_failed, conflict.
 */
export async function syncSubscription(ctx: Context, providerId: string): Promise<void> {
  const found = await readSubscription(providerId);
  if (!found || found.organizationId !== ctx.organizationId) {
    throw new TollgateError("not_found", "There is no such subscription.");
  }
  const deletedAt = await readDeletedAt(ctx);
  if (deletedAt) return stopOfDeleted(found, deletedAt);
  await applyInvoices(ctx, found);
  const running = await readRunningPlan(ctx);
  if (running?.providerId !== providerId) return;
  await applyNext(ctx, found, running);
  await applyPastDue(ctx, found, running);
  await applyEnd(ctx, found, running);
}
