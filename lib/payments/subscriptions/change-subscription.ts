/** Requests to the provider about subscriptions: start one, change it, end it with its paid period. */
import type Stripe from "stripe";
import type { Money } from "@/lib/kernel/minor-units";
import type { OrganizationDb } from "@/lib/platform/context";
import { withCustomer } from "../customers/ensure-customer";
import { stripe } from "../provider/client";
import { isMissing, mapProviderErrors, toTollgateError } from "../provider/provider-error";

type Labels = { paymentId: string; plan: string; interval: "month" | "year" };

/**
 * The provider's page on which a plan is paid for. The same payment again is the same page.
 * Errors: upstream_failed.
 */
export async function openPlanCheckout(
  ctx: OrganizationDb,
  { price, labels, success, cancel }: { price: string; labels: Labels; success: string; cancel: string },
): Promise<{ id: string; url: string }> {
  const { organizationId: organization } = ctx;
  const { paymentId: payment, plan, interval } = labels;
  const session = await mapProviderErrors(() =>
    withCustomer(ctx, (customer) =>
      stripe().checkout.sessions.create(
        {
          mode: "subscription",
          customer,
          line_items: [{ price, quantity: 1 }],
          success_url: success,
          cancel_url: cancel,
          metadata: { organization, payment },
          subscription_data: { metadata: { organization, plan, interval, payment } },
        },
        { idempotencyKey: `${payment}:${customer}` },
      ),
    ),
  );
  return { id: session.id, url: session.url ?? success };
}

/** Closes the payment page of a plan that is no longer wanted. A closed page stays closed. */
export async function closePlanCheckout(session: string): Promise<void> {
  await stripe()
    .checkout.sessions.expire(session)
    .catch(() => undefined);
}

type Change = { subscription: string; item: string; price: string; prorationDate: Date };
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** The exact charge of a change now, in minor units. The same date gives the same charge. */
export async function previewSubscription({ subscription, item, price, prorationDate }: Change): Promise<Money> {
  const invoice = await mapProviderErrors(() =>
    stripe().invoices.createPreview({
      subscription,
      subscription_details: {
        items: [{ id: item, price }],
        proration_behavior: "always_invoice",
        proration_date: seconds(prorationDate),
      },
    }),
  );
  return { amount: BigInt(Math.max(0, invoice.total)), currency: invoice.currency.toUpperCase() };
}

/** The charge of the next period; null if there is none. Errors: upstream_failed. */
export async function previewRenewal(subscription: string): Promise<Money | null> {
  const invoice = await mapProviderErrors(() => stripe().invoices.createPreview({ subscription }));
  return { amount: BigInt(Math.max(0, invoice.total)), currency: invoice.currency.toUpperCase() };
}

export type Changed = { invoice: string | null; paid: boolean; payUrl: string | null };

/**
 * Changes the price now and charges the difference at once. Nothing is changed until that is paid: where the card asks
 * for a confirmation, or is declined, `payUrl` is where its holder continues. Errors: payment_required,
 * upstream_failed.
 */
export async function upgradeSubscription(change: Change & { paymentId: string }): Promise<Changed> {
  const { subscription, item, price, prorationDate, paymentId } = change;
  const updated = await mapProviderErrors(() =>
    stripe().subscriptions.update(
      subscription,
      {
        items: [{ id: item, price }],
        proration_behavior: "always_invoice",
        proration_date: seconds(prorationDate),
        payment_behavior: "pending_if_incomplete",
        expand: ["latest_invoice"],
      },
      { idempotencyKey: paymentId },
    ),
  );
  const invoice = updated.latest_invoice as Stripe.Invoice | null;
  return {
    invoice: invoice?.id ?? null,
    paid: updated.pending_update === null && invoice?.status === "paid",
    payUrl: invoice?.hosted_invoice_url ?? null,
  };
}

/** Another price from the next period on; nothing is charged or given back now. Errors: upstream_failed. */
export async function repriceSubscription(change: Omit<Change, "prorationDate">): Promise<void> {
  const { subscription, item, price } = change;
  await mapProviderErrors(() =>
    stripe().subscriptions.update(subscription, { items: [{ id: item, price }], proration_behavior: "none" }),
  );
}

/** Sets whether it ends with the paid period. Errors: upstream_failed. */
export async function setSubscriptionEnd(subscription: string, ends: boolean): Promise<void> {
  await mapProviderErrors(() => stripe().subscriptions.update(subscription, { cancel_at_period_end: ends }));
}

/** Ends the subscription now, so that it charges nothing more. Safe to repeat. Errors: upstream_failed. */
export async function stopSubscription(subscription: string): Promise<void> {
  try {
    await stripe().subscriptions.cancel(subscription);
  } catch (error) {
    if (!isMissing(error)) throw toTollgateError(error);
  }
}
