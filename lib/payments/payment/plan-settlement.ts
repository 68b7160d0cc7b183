/** The step for a payment, from its row and from the provider's objects. Pure. */
import type Stripe from "stripe";
import type { Money } from "@/lib/kernel/minor-units";
import { cardLabel } from "../cards/card-label";
import { declineOf } from "../provider/provider-error";
import type { ProviderCharge } from "./find-charge";
import type { Ending, Payment } from "./payment-store";

export type Settlement =
  | { do: "credit"; intent: string; paid: Money; card: string | null }
  /** `cancel`: the provider may still charge it, so it must be canceled there. */
  | { do: "end"; ending: Ending; cancel: string | null }
  /** `redirect`: where its payer continues, at the provider. */
  | { do: "wait"; redirect: string | null }
  /** The provider has nothing of it. */
  | { do: "nothing" };

/** After this time an unfinished payment is canceled. */
const PATIENCE_MS = 86_400_000;
/** Until then, a request of ours may still be in flight. */
const SETTLED_MS = 600_000;

const NOT_CHARGED = "Nothing was charged.";
const canceled = (message: string): Ending => ({ state: "canceled", code: null, message });

function failed(intent: Stripe.PaymentIntent): Ending {
  const decline = declineOf(intent.last_payment_error ?? {});
  const code = decline.kind === "declined" ? decline.code : decline.kind;
  return { state: "failed", code, message: decline.message };
}

function cardOf({ latest_charge: charge }: Stripe.PaymentIntent): string | null {
  const card = charge && typeof charge === "object" ? charge.payment_method_details?.card : undefined;
  return card ? cardLabel(card) : null;
}

function ofIntent(intent: Stripe.PaymentIntent, { session }: ProviderCharge, age: number): Settlement {
  const { status, next_action: next } = intent;
  if (status === "succeeded") {
    const paid = { amount: BigInt(intent.amount_received), currency: intent.currency.toUpperCase() };
    return { do: "credit", intent: intent.id, paid, card: cardOf(intent) };
  }
  if (status === "canceled") return { do: "end", ending: canceled(NOT_CHARGED), cancel: null };
  if (status === "processing") return { do: "wait", redirect: null };
  // On the provider's own page a refused card may be followed by another one.
  if (session && session.status === "open") return { do: "wait", redirect: session.url };
  if (session && session.status === "expired") return { do: "end", ending: canceled(NOT_CHARGED), cancel: null };
  if (status === "requires_payment_method" && intent.last_payment_error) {
    return { do: "end", ending: failed(intent), cancel: intent.id };
  }
  if (age > PATIENCE_MS) return { do: "end", ending: canceled("It was not confirmed in time."), cancel: intent.id };
  return { do: "wait", redirect: next?.redirect_to_url?.url ?? null };
}

/** `now` is compared with when the payment was opened or last requested. */
export function planSettlement(payment: Payment, found: ProviderCharge, now: Date): Settlement {
  const since = (at: Date) => now.getTime() - at.getTime();
  const { intent, session } = found;
  if (intent) return ofIntent(intent, found, since(payment.createdAt));
  if (session?.status === "expired") return { do: "end", ending: canceled(NOT_CHARGED), cancel: null };
  if (session) return { do: "wait", redirect: session.url };
  // Auto top-up is requested again by its own job, until the provider has taken or refused it.
  const final = payment.purpose === "top_up" && since(payment.askedAt ?? payment.createdAt) > SETTLED_MS;
  if (!final) return { do: "nothing" };
  const ending = canceled("The payment provider could not be reached. Nothing was charged.");
  return { do: "end", ending, cancel: null };
}
