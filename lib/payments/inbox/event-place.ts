import { isUuid } from "@/lib/kernel/ids";
import type { InstallationContext } from "@/lib/platform/context";
import { findOrganizationOfCard } from "../cards/card-store";
import { findOrganizationOfCustomer } from "../customers/customer-store";
import { findPayment, type Payment, readPayment } from "../payment/payment-store";
import type { EventObject, ProviderEvent } from "./apply-events";

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const idOf = (value: unknown): string | null => text(value) ?? text((value as { id?: unknown } | null)?.id);

/** The payment that a PaymentIntent or Checkout Session is of, by our ids in its metadata, else by its own id. */
export async function paymentOfEvent(ctx: InstallationContext, object: EventObject): Promise<Payment | undefined> {
  const { organization = "", payment = "" } = object.metadata ?? {};
  if (isUuid(organization) && isUuid(payment)) {
    return readPayment({ db: ctx.db, organizationId: organization }, payment);
  }
  return findPayment(ctx, object.object === "payment_intent" ? "intent" : "session", object.id);
}

/** Whose saved cards an event is about: by the customer that it names or named, else by the card. */
export async function organizationOfEvent(
  ctx: InstallationContext,
  { object, previous }: ProviderEvent,
): Promise<string | undefined> {
  const customer = object.object === "customer" ? object.id : (idOf(object.customer) ?? idOf(previous.customer));
  const found = customer ? await findOrganizationOfCustomer(ctx, customer) : undefined;
  if (found || object.object !== "payment_method") return found;
  return findOrganizationOfCard(ctx, object.id);
}
