/** What a paid invoice of a subscription brings, once: found under the lock, so that duplicates and order do not matter. */
import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import {
  type ProviderSubscription,
  readChargedCard,
  readPayment,
  type SubscriptionInvoice,
  stopSubscription,
} from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { type OpenPlanPayment, readInvoicePayment, readOpenPayments, readRunningPlan } from "./plan-read-store";
import { creditPlanPayment, otherPlan, type Paid, payCycles, raisePlan, startPaidPlan } from "./plan-store";
import { cyclesOf, planTitle } from "./plan-words";

type Bill = { subscription: ProviderSubscription; invoice: SubscriptionInvoice; paid: Paid };

const words = ({ invoice, paid }: Bill) => ({
  amount: paid.amount.toString(),
  currency: paid.currency,
  invoice: invoice.id,
});
const object = (name: string | undefined) => ({ type: "subscription", ...(name && { name }) }) as const;

/** The plan that was paid is not the one that runs, so what it would bring is given as bought credit. */
async function creditInstead(ctx: Context, bill: Bill, paymentId: string | null): Promise<string> {
  const { subscription, paid } = bill;
  const { catalogue, version } = currentCatalogue();
  const { tag } = subscription;
  const plan = tag && catalogue.planIndex.get(tag.plan);
  const credit = plan && tag ? plan.allowance * BigInt(cyclesOf(tag.interval)) : 0n;
  const description = plan && tag ? planTitle(plan.name, tag.interval) : "Plan";
  const { id } = await audited(ctx, async (client) => {
    const named = { id: paymentId, credit, plan: tag?.plan ?? null, description, catalogueVersion: version };
    const given = await creditPlanPayment(client, ctx, { ...paid, ...named });
    const after = { ...words(bill), credit: "purchased" };
    return { answer: given, audit: given.replayed ? null : { action: "plan.paid", object: object(plan?.name), after } };
  });
  return id;
}

/**
 * A plan that does not run here charges nothing more: of two that were bought at once the second. Before its money is
 * credit, because what is credited is not looked at again.
 */
async function stopOther(ctx: Context, { subscription }: Bill): Promise<void> {
  const running = await readRunningPlan(ctx);
  if (running?.providerId === subscription.id || subscription.state === "ended") return;
  log.warn(
    { subscription: subscription.id },
    "a plan that does not run here was paid; it is ended, its money is credit",
  );
  await stopSubscription(subscription.id);
}

async function start(ctx: Context, bill: Bill, paymentId: string): Promise<string> {
  const { subscription, invoice, paid } = bill;
  const { catalogue } = currentCatalogue();
  const name = catalogue.planIndex.get(subscription.tag?.plan ?? "")?.name;
  try {
    await audited(ctx, async (client) => {
      const beginning = { ...paid, anchor: invoice.periodStart, paygMode: catalogue.payg.mode };
      const { replayed } = await startPaidPlan(client, ctx, paymentId, beginning);
      const after = { ...words(bill), ...subscription.tag };
      return { answer: undefined, audit: replayed ? null : { action: "plan.started", object: object(name), after } };
    });
  } catch (error) {
    if (!otherPlan(error)) throw error;
    await stopOther(ctx, bill);
    await creditInstead(ctx, bill, paymentId);
  }
  return paymentId;
}

async function renew(ctx: Context, bill: Bill): Promise<string> {
  const { catalogue, version } = currentCatalogue();
  const { tag } = bill.subscription;
  const name = tag ? (catalogue.planIndex.get(tag.plan)?.name ?? tag.plan) : "Plan";
  const description = tag ? planTitle(name, tag.interval) : name;
  try {
    return await audited(ctx, async (client) => {
      const { id, replayed } = await payCycles(client, ctx, { ...bill.paid, description, catalogueVersion: version });
      const audit = replayed ? null : ({ action: "plan.paid", object: object(name), after: words(bill) } as const);
      return { answer: id, audit };
    });
  } catch (error) {
    if (!otherPlan(error)) throw error;
    await stopOther(ctx, bill);
    return creditInstead(ctx, bill, null);
  }
}

/** The change that was asked for and that this invoice charges: linked to it, or the latest of the same amount. */
function askedFor(open: OpenPlanPayment[], { invoice, paid }: Bill): OpenPlanPayment | undefined {
  const free = open.filter(({ session }) => session === null);
  return (
    free.find((one) => one.invoice === invoice.id) ??
    free.find((one) => one.invoice === null && one.amount === paid.amount)
  );
}

async function change(ctx: Context, bill: Bill): Promise<string | null> {
  const asked = askedFor(await readOpenPayments(ctx, bill.invoice.id), bill);
  if (!asked) {
    log.warn({ invoice: bill.invoice.id }, "a change of plan that nobody here asked for was paid");
    return null;
  }
  const running = await readRunningPlan(ctx);
  if (asked.interval !== running?.interval) return start(ctx, bill, asked.id);
  const name = currentCatalogue().catalogue.planIndex.get(asked.plan)?.name;
  try {
    await audited(ctx, async (client) => {
      const { replayed } = await raisePlan(client, ctx, asked.id, bill.paid);
      const after = { ...words(bill), plan: asked.plan };
      return { answer: undefined, audit: replayed ? null : { action: "plan.changed", object: object(name), after } };
    });
  } catch (error) {
    if (!otherPlan(error)) throw error;
    await creditInstead(ctx, bill, asked.id);
  }
  return asked.id;
}

async function first(ctx: Context, bill: Bill): Promise<string | null> {
  const { paymentId } = bill.subscription;
  const payment = paymentId && (await readPayment(ctx, paymentId));
  if (payment && payment.purpose === "plan") return start(ctx, bill, payment.id);
  log.warn({ subscription: bill.subscription.id }, "a subscription that nobody here asked for was paid");
  return null;
}

/**
 * Applies one invoice of a subscription, paid or not. Answers the payment that it belongs to, null when there is none.
 * Errors: conflict (another amount was paid than was asked), upstream_failed.
 */
export async function applyInvoice(
  ctx: Context,
  subscription: ProviderSubscription,
  invoice: SubscriptionInvoice,
): Promise<string | null> {
  const known = await readInvoicePayment(ctx, invoice.id);
  if (invoice.state !== "paid" || known?.settled) return known?.id ?? null;
  const paid: Paid = {
    providerId: subscription.id,
    invoice: invoice.id,
    intent: invoice.intent,
    amount: invoice.total.amount,
    currency: invoice.total.currency,
    card: await readChargedCard(invoice.intent),
  };
  const bill = { subscription, invoice, paid };
  if (invoice.reason === "create") return first(ctx, bill);
  if (invoice.reason === "cycle") return renew(ctx, bill);
  if (invoice.reason === "update") return change(ctx, bill);
  return null;
}
