import { TollgateError } from "@/lib/kernel/errors";
import { isUuid } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { findOrganizationOfCustomer } from "../customers/customer-store";
import { stripe } from "../provider/client";
import { findPayment, linkPayment, type Payment, readPayment } from "./payment-store";
import { settlePayment } from "./settle-payment";

const notKnown = () => new TollgateError("conflict", "The payment of this charge is not known yet.");

/** One whose id we were never told (the answer was lost) names our payment in its metadata. */
async function findAnywhere(ctx: InstallationContext, intent: string): Promise<Payment | undefined> {
  const known = await findPayment(ctx, "intent", intent);
  if (known) return known;
  const { metadata, customer } = await stripe().paymentIntents.retrieve(intent);
  const { organization = "", payment = "" } = metadata;
  if (isUuid(organization) && isUuid(payment)) {
    return readPayment({ db: ctx.db, organizationId: organization }, payment);
  }
  // The provider makes a plan's charge, and its invoice may be read later than the event of its refund.
  const owner = typeof customer === "string" ? customer : customer?.id;
  if (owner && (await findOrganizationOfCustomer(ctx, owner))) throw notKnown();
  return undefined;
}

/**
 * Our payment of a PaymentIntent, which must have added its credit, because the event of its refund may come first.
 * Undefined if it is not ours. Errors: conflict (it is ours and has not succeeded yet: to be tried again).
 */
export async function paidPaymentOf(ctx: InstallationContext, intent: string): Promise<Payment | undefined> {
  const payment = await findAnywhere(ctx, intent);
  if (!payment || payment.state === "succeeded") return payment;
  const own = { ...ctx, organizationId: payment.organizationId };
  if (payment.purpose !== "plan") {
    // A refunded intent was charged, so it is the one that counts, whatever id the row has.
    await linkPayment(own, payment.id, { intent });
    await settlePayment(own, payment.id);
  }
  const settled = await readPayment(own, payment.id);
  if (settled?.state !== "succeeded") throw notKnown();
  return settled;
}
