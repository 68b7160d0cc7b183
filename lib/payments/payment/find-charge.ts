/** The objects of a payment at the provider. */
import type Stripe from "stripe";
import type { OrganizationDb } from "@/lib/platform/context";
import { readCustomer } from "../customers/customer-store";
import { stripe } from "../provider/client";
import { isMissing } from "../provider/provider-error";
import type { Payment } from "./payment-store";

export type ProviderCharge = { session: Stripe.Checkout.Session | null; intent: Stripe.PaymentIntent | null };

const WITH_CHARGE = ["latest_charge"];
/** The provider's clock may be behind ours. */
const SKEW_SECONDS = 86_400;
const MOST_LISTED = 1_000;

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const intentOf = (id: string) => orNull(stripe().paymentIntents.retrieve(id, { expand: WITH_CHARGE }));
const idOf = (object: string | { id: string } | null): string | null =>
  typeof object === "string" ? object : (object?.id ?? null);

/** Finds objects of the organization's customer by the payment's id, if their own ids never reached us. */
async function findByPaymentId({ id, createdAt }: Payment, customer: string): Promise<ProviderCharge> {
  const since = { gte: Math.floor(createdAt.getTime() / 1_000) - SKEW_SECONDS };
  const own = ({ metadata }: { metadata: Stripe.Metadata | null }) => metadata?.payment === id;
  const withPaymentId = async <T extends { metadata: Stripe.Metadata | null }>(list: Stripe.ApiListPromise<T>) =>
    (await list.autoPagingToArray({ limit: MOST_LISTED })).filter(own);
  const intents = await withPaymentId(stripe().paymentIntents.list({ customer, created: since, limit: 100 }));
  const sessions = await withPaymentId(stripe().checkout.sessions.list({ customer, created: since, limit: 100 }));
  const intent = intents.find(({ status }) => status === "succeeded") ?? intents[0];
  const session = sessions.find(({ status }) => status === "complete") ?? sessions[0];
  return { session: session ?? null, intent: intent ? await intentOf(intent.id) : null };
}

/**
 * Reads the Checkout Session and the PaymentIntent of a payment. Without their ids, it looks for them among the
 * customer's. Errors: those of the provider.
 */
export async function findCharge(ctx: OrganizationDb, payment: Payment): Promise<ProviderCharge> {
  const known = payment.intent ? await intentOf(payment.intent) : null;
  const session = payment.session ? await orNull(stripe().checkout.sessions.retrieve(payment.session)) : null;
  const of = known ? null : idOf(session?.payment_intent ?? null);
  const intent = known ?? (of ? await intentOf(of) : null);
  if (intent || session) return { intent, session };
  const customer = await readCustomer(ctx);
  if (!customer) return { intent: null, session: null };
  const found = await findByPaymentId(payment, customer);
  const paid = found.intent ? null : idOf(found.session?.payment_intent ?? null);
  return paid ? { session: found.session, intent: await intentOf(paid) } : found;
}
