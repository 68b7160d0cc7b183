/**
 * The steps that make our rows equal to a subscription at the provider, from rows that were read once. Pure; amounts
 * are bigint minor units.
 */
import type { Catalogue } from "@/lib/catalogue/schema";
import type { ProviderSubscription, SubscriptionInvoice } from "@/lib/payments";
import type { Mirrored } from "./invoice-mirror-store";
import { cyclesOf, planTitle } from "./plan-catalogue";
import type { InvoicePayment, OpenPlanPayment, RunningPlan, SyncState } from "./plan-read-store";
import type { Next } from "./plan-store";
import type { Interval } from "./schema";

/** The credit of an invoice whose plan does not run. */
export type InsteadCredit = { credit: bigint; plan: string | null; name: string | undefined; description: string };
/** `stop`: the provider would charge for a plan that does not run here. */
type Paying = { invoice: SubscriptionInvoice; name: string | undefined; instead: InsteadCredit; stop: boolean };
/** `plan` is the name of the running plan. */
type Running = { plan: string };

export type InvoiceStep =
  | (Paying & { do: "start"; paymentId: string })
  | (Paying & { do: "raise"; paymentId: string; to: string })
  | (Paying & { do: "renew"; description: string });
export type PlanStep =
  | (Running & { do: "schedule"; to: string; next: Next | null })
  | (Running & { do: "set_past_due"; pastDue: boolean; payUrl: string | null })
  | (Running & { do: "set_end"; ends: boolean })
  | (Running & { do: "end"; fallback: { plan: string; allowance: bigint } | null });
export type Step =
  | InvoiceStep
  | PlanStep
  | { do: "stop" }
  /** The operator refunds it. */
  | { do: "report_late"; invoice: string }
  /** Paid at the provider, and no payment here explains it. */
  | { do: "report_unknown"; invoice: string }
  | { do: "mirror"; invoices: Mirrored[] }
  | { do: "sync_cards" };

/** The running plan after the steps so far. */
type After = Pick<RunningPlan, "plan" | "interval" | "providerId" | "endsAt" | "pastDueSince" | "nextPlan">;
type Bill = { found: ProviderSubscription; invoice: SubscriptionInvoice; catalogue: Catalogue };

function paying({ found, invoice, catalogue }: Bill, name: string | undefined): Paying {
  const { tag } = found;
  const plan = tag && catalogue.planIndex.get(tag.plan);
  const instead = {
    credit: plan ? plan.allowance * BigInt(cyclesOf(tag.interval)) : 0n,
    plan: tag?.plan ?? null,
    name: plan?.name,
    description: plan ? planTitle(plan.name, tag.interval) : "Plan",
  };
  return { invoice, name, instead, stop: found.state !== "ended" };
}

function titleOf({ tag }: ProviderSubscription, { planIndex }: Catalogue): string {
  return tag ? planTitle(planIndex.get(tag.plan)?.name ?? tag.plan, tag.interval) : "Plan";
}

const started = ({ found }: Bill, { plan, interval }: { plan: string; interval: Interval | null }): After => ({
  ...{ plan, interval, providerId: found.id, endsAt: null, pastDueSince: null, nextPlan: null },
});

/**
 * The payment of a change that an owner made and that this invoice charges: linked to it, or the latest of its
 * amount.
 */
function changeOf(open: OpenPlanPayment[], { invoice }: Bill, used: ReadonlySet<string>): OpenPlanPayment | undefined {
  const free = open.filter(({ session, id }) => session === null && !used.has(id));
  return (
    free.find((one) => one.invoice === invoice.id) ??
    free.find((one) => one.invoice === null && one.amount === invoice.total.amount)
  );
}

type Planned = { step: Step; after: After | undefined };

function planFirst(bill: Bill, bought: SyncState["bought"], before: After | undefined): Planned {
  const { found, invoice, catalogue } = bill;
  if (!bought) return { step: { do: "report_unknown", invoice: invoice.id }, after: before };
  const name = catalogue.planIndex.get(found.tag?.plan ?? "")?.name;
  return { step: { do: "start", paymentId: bought.id, ...paying(bill, name) }, after: started(bill, bought) };
}

function planRenewal(bill: Bill, before: After | undefined): Planned {
  const { found, catalogue } = bill;
  const name = found.tag ? (catalogue.planIndex.get(found.tag.plan)?.name ?? found.tag.plan) : "Plan";
  const step: Step = { do: "renew", description: titleOf(found, catalogue), ...paying(bill, name) };
  return { step, after: before && { ...before, pastDueSince: null } };
}

function planChanged(bill: Bill, openPayment: OpenPlanPayment | undefined, before: After | undefined): Planned {
  const { found, invoice, catalogue } = bill;
  if (!openPayment) return { step: { do: "report_unknown", invoice: invoice.id }, after: before };
  if (openPayment.interval !== before?.interval) {
    const name = catalogue.planIndex.get(found.tag?.plan ?? "")?.name;
    return {
      step: { do: "start", paymentId: openPayment.id, ...paying(bill, name) },
      after: started(bill, openPayment),
    };
  }
  const to = paying(bill, catalogue.planIndex.get(openPayment.plan)?.name);
  const step: Step = { do: "raise", paymentId: openPayment.id, to: openPayment.plan, ...to, stop: false };
  return { step, after: { ...before, plan: openPayment.plan, nextPlan: null } };
}

const idOf = (step: Step) => ("paymentId" in step ? step.paymentId : null);

function planInvoices(found: ProviderSubscription, state: SyncState, catalogue: Catalogue) {
  const steps: Step[] = [];
  const mirrored: Mirrored[] = [];
  const used = new Set<string>();
  let after: After | undefined = state.running;
  const apply = (invoice: SubscriptionInvoice, known: InvoicePayment | undefined): string | null => {
    if (invoice.state !== "paid" || known?.settled) return known?.id ?? null;
    if (invoice.reason === "other") return null;
    const bill = { found, invoice, catalogue };
    const planned = {
      create: () => planFirst(bill, state.bought, after),
      cycle: () => planRenewal(bill, after),
      update: () => planChanged(bill, changeOf(state.open, bill, used), after),
    }[invoice.reason]();
    steps.push(planned.step);
    ({ after } = planned);
    const id = idOf(planned.step);
    if (id) used.add(id);
    return id;
  };
  for (const invoice of found.invoices) {
    const paymentId = apply(invoice, state.payments.get(invoice.id));
    mirrored.push({ ...invoice, paymentId, description: titleOf(found, catalogue) });
  }
  return { steps: [...steps, { do: "mirror" as const, invoices: mirrored }], after };
}

/** The provider's price is the next period's price: a change to it starts with that period. */
function planNext({ tag, pending, state }: ProviderSubscription, after: After, catalogue: Catalogue): Step[] {
  if (!tag || pending || state === "ended" || tag.interval !== after.interval) return [];
  if (tag.plan === (after.nextPlan ?? after.plan)) return [];
  const running = { plan: after.plan };
  if (tag.plan === after.plan) return [{ do: "schedule", ...running, to: tag.plan, next: null }];
  const plan = catalogue.planIndex.get(tag.plan);
  if (!plan) return [];
  const { id, allowance, discountPercent } = plan;
  return [{ do: "schedule", ...running, to: tag.plan, next: { plan: id, allowance, discountPercent } }];
}

function planEnd(found: ProviderSubscription, after: After, { defaultPlan, planIndex }: Catalogue): Step[] {
  const running = { plan: after.plan };
  const ends = found.cancelsAtEnd || found.state === "ended";
  const steps: Step[] = ends || after.endsAt !== null ? [{ do: "set_end", ...running, ends }] : [];
  if (found.state !== "ended") return steps;
  const next = defaultPlan ? planIndex.get(defaultPlan) : undefined;
  const fallback = next ? { plan: next.id, allowance: next.allowance } : null;
  return [...steps, { do: "end", ...running, fallback }];
}

function planDue({ state, invoices }: ProviderSubscription, after: After): Step[] {
  const pastDue = state === "past_due";
  if (pastDue === (after.pastDueSince !== null)) return [];
  const payUrl = invoices.findLast((invoice) => invoice.state === "open")?.payUrl ?? null;
  return [{ do: "set_past_due", plan: after.plan, pastDue, payUrl }];
}

/** No organization uses it, so it ends at the provider. */
function planDeleted({ invoices, state }: ProviderSubscription, deletedAt: Date): Step[] {
  const late = invoices.filter(({ paidAt }) => paidAt !== null && paidAt > deletedAt);
  const reports = late.map(({ id: invoice }): Step => ({ do: "report_late", invoice }));
  return state === "ended" ? reports : [...reports, { do: "stop" }];
}

/**
 * The steps that make our rows equal to the provider's subscription, in order. The ledger may still find that another
 * plan runs: then the money is credit, and the steps of the running plan are left out.
 */
export function planSync(found: ProviderSubscription, state: SyncState, catalogue: Catalogue): Step[] {
  if (state.deletedAt) return planDeleted(found, state.deletedAt);
  const { steps, after } = planInvoices(found, state, catalogue);
  // The card that bought the plan is saved: it may be used for more.
  const began = state.running?.providerId !== found.id && found.state === "active";
  const cards: Step[] = began ? [{ do: "sync_cards" }] : [];
  if (after?.providerId !== found.id) return [...steps, ...cards];
  return [
    ...[...steps, ...cards, ...planNext(found, after, catalogue)],
    ...[...planDue(found, after), ...planEnd(found, after, catalogue)],
  ];
}
