import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { type ProviderSubscription, readSubscription, stopSubscription, syncCards } from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { applyInvoice } from "./apply-invoice";
import { applyPlanStep } from "./apply-plan-step";
import { mirrorInvoices } from "./invoice-mirror-store";
import { readSyncState } from "./plan-read-store";
import { planSync, type Step } from "./plan-sync";

function report(step: Extract<Step, { do: "report_late" | "report_unknown" }>, { id }: ProviderSubscription): void {
  const fields = { subscription: id, invoice: step.invoice };
  if (step.do === "report_unknown") log.warn(fields, "an invoice was paid that no payment here explains");
  else log.error(fields, "a deleted organization has paid for a plan: refund it at the provider");
}

async function applySteps(ctx: Context, found: ProviderSubscription, steps: Step[]): Promise<void> {
  const made = new Map<string, string>();
  // The ledger decides under its lock which plan runs; what is read before that may be out of date.
  let runs = true;
  for (const step of steps) {
    if (step.do === "start" || step.do === "renew" || step.do === "raise") {
      const applied = await applyInvoice(ctx, found, step);
      made.set(step.invoice.id, applied.paymentId);
      runs = applied.runs;
    } else if (step.do === "mirror") {
      const named = step.invoices.map((one) => ({ ...one, paymentId: one.paymentId ?? made.get(one.id) ?? null }));
      await mirrorInvoices(ctx, named);
    } else if (step.do === "sync_cards") await syncCards(ctx);
    else if (step.do === "stop") await stopSubscription(found.id);
    else if (step.do === "report_late" || step.do === "report_unknown") report(step, found);
    else if (runs) await applyPlanStep(ctx, found.id, step);
  }
}

/**
 * Reads a subscription with its invoices at the provider and makes our rows equal to it: a payment adds its credit
 * once, a change starts when it is due, an unpaid invoice is recorded, and the subscription of a deleted organization
 * ends. Page, webhook and job call this, in any order and at once. Errors: not_found (the provider has none, or it is
 * another organization's), upstream_failed, conflict.
 */
export async function syncSubscription(ctx: Context, providerId: string): Promise<void> {
  const found = await readSubscription(providerId);
  if (!found || found.organizationId !== ctx.organizationId) {
    throw new TollgateError("not_found", "There is no such subscription.");
  }
  const state = await readSyncState(ctx, found);
  await applySteps(ctx, found, planSync(found, state, currentCatalogue().catalogue));
}
