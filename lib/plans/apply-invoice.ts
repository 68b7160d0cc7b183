/**
 * Adds the credit of a paid invoice of a subscription once. It reads under the lock, so that duplicate or reordered
 * events change nothing.
 */
import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { readChargedCard, type SubscriptionInvoice, stopSubscription } from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { creditPlanPayment, otherPlan, type Paid, payCycles, raisePlan, startPaidPlan } from "./plan-store";
import type { InsteadCredit, InvoiceStep } from "./plan-sync";

const object = (name: string | undefined) => ({ type: "subscription", ...(name && { name }) }) as const;
const auditFields = ({ amount, currency, invoice }: Paid) => ({ amount: amount.toString(), currency, invoice });

async function paidOf(providerId: string, { id, intent, total }: SubscriptionInvoice): Promise<Paid> {
  const { amount, currency } = total;
  return { providerId, invoice: id, intent, amount, currency, card: await readChargedCard(intent) };
}

/** The paid plan is not the running plan: its money becomes purchased credit. */
async function creditInstead(ctx: Context, paid: Paid, instead: InsteadCredit, id: string | null): Promise<string> {
  const { version } = currentCatalogue();
  const { credit, plan, name, description } = instead;
  const given = await audited(ctx, async (client) => {
    const named = { id, credit, plan, description, catalogueVersion: version };
    const answer = await creditPlanPayment(client, ctx, { ...paid, ...named });
    const after = { ...auditFields(paid), credit: "purchased" };
    return { answer, audit: answer.replayed ? null : { action: "plan.paid", object: object(name), after } };
  });
  return given.id;
}

type Brought = { id: string; replayed: boolean };

async function bring(client: Client, ctx: Context, step: InvoiceStep, paid: Paid): Promise<Brought> {
  const { catalogue, version } = currentCatalogue();
  if (step.do === "renew") {
    return payCycles(client, ctx, { ...paid, description: step.description, catalogueVersion: version });
  }
  if (step.do === "raise") return { ...(await raisePlan(client, ctx, step.paymentId, paid)), id: step.paymentId };
  const beginning = { ...paid, anchor: step.invoice.periodStart, paygMode: catalogue.payg.mode };
  return { ...(await startPaidPlan(client, ctx, step.paymentId, beginning)), id: step.paymentId };
}

function auditOf(step: InvoiceStep, paid: Paid, tag: object | null) {
  const fields = auditFields(paid);
  if (step.do === "renew") return { action: "plan.paid", object: object(step.name), after: fields } as const;
  const after = step.do === "raise" ? { ...fields, plan: step.to } : { ...fields, ...tag };
  const action = step.do === "raise" ? "plan.changed" : "plan.started";
  return { action, object: object(step.name), after } as const;
}

export type AppliedInvoice = { paymentId: string /** The plan of the invoice runs. */; runs: boolean };

/**
 * Adds the credit of the invoice. If another plan runs, the invoice's subscription stops first and its money becomes
 * credit, which is not checked again. Errors: conflict (the amount differs from the payment's), upstream_failed.
 */
export async function applyInvoice(
  ctx: Context,
  { id, tag }: { id: string; tag: object | null },
  step: InvoiceStep,
): Promise<AppliedInvoice> {
  const paid = await paidOf(id, step.invoice);
  try {
    const { id: paymentId } = await audited(ctx, async (client) => {
      const brought = await bring(client, ctx, step, paid);
      return { answer: brought, audit: brought.replayed ? null : auditOf(step, paid, tag) };
    });
    return { paymentId, runs: true };
  } catch (error) {
    if (!otherPlan(error)) throw error;
    if (step.stop) {
      log.warn({ subscription: id }, "a plan that does not run here was paid; it is ended, its money is credit");
      await stopSubscription(id);
    }
    const paymentId = await creditInstead(ctx, paid, step.instead, step.do === "renew" ? null : step.paymentId);
    return { paymentId, runs: false };
  }
}
