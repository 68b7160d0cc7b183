/** The provider's subscriptions and their invoices as the rest of the program sees them. */
import type Stripe from "stripe";
import type { Money } from "@/lib/kernel/minor-units";

/** The metadata of a price at the provider. */
export type PlanTag = { plan: string; interval: "month" | "year" };

export type SubscriptionInvoice = {
  id: string;
  number: string | null;
  state: "draft" | "open" | "paid" | "void" | "uncollectible";
  /** Why it was made: the first one, the next period's, a change in between. */
  reason: "create" | "cycle" | "update" | "other";
  total: Money;
  /** The card's charge: less than the total if credit at the provider paid a part. */
  charged: bigint;
  intent: string | null;
  /** When the period started that it pays. */
  periodStart: Date;
  /** Where its payer can pay it, or confirm the payment. */
  payUrl: string | null;
  createdAt: Date;
  paidAt: Date | null;
};

export type ProviderSubscription = {
  id: string;
  organizationId: string | null;
  /** The payment with which it was bought. */
  paymentId: string | null;
  state: "starting" | "active" | "past_due" | "ended";
  /** Null when someone else made its price. */
  tag: PlanTag | null;
  item: string;
  periodStart: Date;
  periodEnd: Date;
  cancelsAtEnd: boolean;
  /** A change that waits for its payment. */
  pending: boolean;
  /** The invoice of a new period is made and not paid yet: the card is charged for it. */
  owing: boolean;
  /** Oldest first. */
  invoices: SubscriptionInvoice[];
};

const STATES: Record<string, ProviderSubscription["state"]> = {
  incomplete: "starting",
  trialing: "active",
  active: "active",
  past_due: "past_due",
  unpaid: "past_due",
  paused: "past_due",
};
const REASONS: Record<string, SubscriptionInvoice["reason"]> = {
  subscription_create: "create",
  subscription_cycle: "cycle",
  subscription_update: "update",
};

const idOf = (of: string | { id: string } | null | undefined) => (typeof of === "string" ? of : (of?.id ?? null));
const time = (seconds: number) => new Date(seconds * 1000);

function tagOf(price: Stripe.Price | undefined): PlanTag | null {
  const plan = price?.metadata.plan;
  const interval = price?.recurring?.interval;
  if (!plan || (interval !== "month" && interval !== "year")) return null;
  return { plan, interval: interval as PlanTag["interval"] };
}

/** The start of the latest billed period, prorations excluded; else its creation time. */
function periodStart({ lines, created }: Stripe.Invoice): Date {
  const starts = lines.data
    .filter(({ parent }) => parent?.subscription_item_details && !parent.subscription_item_details.proration)
    .map(({ period }) => period.start);
  return time(starts.length > 0 ? Math.max(...starts) : created);
}

export function invoiceFrom(invoice: Stripe.Invoice): SubscriptionInvoice {
  const payments = invoice.payments?.data ?? [];
  const paying = payments.find(({ status }) => status === "paid") ?? payments[0];
  const paidAt = invoice.status_transitions.paid_at;
  return {
    id: invoice.id,
    number: invoice.number,
    state: (invoice.status ?? "draft") as SubscriptionInvoice["state"],
    reason: REASONS[invoice.billing_reason ?? ""] ?? "other",
    total: { amount: BigInt(Math.max(0, invoice.total)), currency: invoice.currency.toUpperCase() },
    charged: BigInt(invoice.amount_paid),
    intent: idOf(paying?.payment.payment_intent),
    periodStart: periodStart(invoice),
    payUrl: invoice.hosted_invoice_url ?? null,
    createdAt: time(invoice.created),
    paidAt: paidAt === null ? null : time(paidAt),
  };
}

export function subscriptionFrom(of: Stripe.Subscription, invoices: Stripe.Invoice[]): ProviderSubscription {
  const [item] = of.items.data;
  const read = invoices.map(invoiceFrom).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return {
    id: of.id,
    organizationId: of.metadata.organization ?? null,
    paymentId: of.metadata.payment ?? null,
    state: STATES[of.status] ?? "ended",
    tag: tagOf(item?.price),
    item: item?.id ?? "",
    periodStart: time(item?.current_period_start ?? of.created),
    periodEnd: time(item?.current_period_end ?? of.created),
    cancelsAtEnd: of.cancel_at_period_end || of.cancel_at !== null,
    pending: of.pending_update !== null,
    owing: read.some(({ reason, state }) => reason === "cycle" && (state === "draft" || state === "open")),
    invoices: read,
  };
}
