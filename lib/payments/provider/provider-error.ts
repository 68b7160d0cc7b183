/** Translates the provider's errors. Only this domain knows the provider's types. */
import Stripe from "stripe";
import { TollgateError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";

/** `code` is the bank's reason. */
export type Decline =
  | { kind: "declined"; code: string; message: string }
  | { kind: "authentication_required"; message: string };
export type ProviderProblem =
  | Decline
  /** It did not respond, or without a result: the result is unknown. */
  | { kind: "unavailable" }
  /** The provider does not have the object (or no longer). */
  | { kind: "missing"; parameter: string | null }
  | { kind: "invalid"; message: string };

const AUTHENTICATION = "authentication_required";

/** The provider's reason for not charging a card. */
export function declineOf(error: { code?: string; decline_code?: string; message?: string }): Decline {
  const code = error.decline_code ?? error.code ?? "card_declined";
  const message = error.message ?? "The card was declined.";
  if (code === AUTHENTICATION || error.code === AUTHENTICATION) return { kind: AUTHENTICATION, message };
  return { kind: "declined", code, message };
}

/** The problem; undefined if the error is not the provider's. */
export function providerProblem(error: unknown): ProviderProblem | undefined {
  if (!(error instanceof Stripe.errors.StripeError)) return undefined;
  if (error instanceof Stripe.errors.StripeCardError) return declineOf(error);
  const { statusCode, code, param, message } = error;
  if (code === "resource_missing") return { kind: "missing", parameter: param ?? null };
  if (error instanceof Stripe.errors.StripeInvalidRequestError && statusCode !== 409 && statusCode !== 429) {
    return { kind: "invalid", message };
  }
  if (error instanceof Stripe.errors.StripeAuthenticationError) log.error({ err: message }, "our key was refused");
  return { kind: "unavailable" };
}

/** Whether the object that a call named is not there. */
export function isMissing(error: unknown, parameter?: string): boolean {
  const problem = providerProblem(error);
  return problem?.kind === "missing" && (parameter === undefined || problem.parameter === parameter);
}

export const unavailable = () =>
  new TollgateError(
    "upstream_failed",
    "The payment provider does not respond. Nothing was charged. Try again in a minute.",
  );

/** Translates an error of the provider to a TollgateError. Returns other errors unchanged. */
export function toTollgateError(error: unknown): unknown {
  const problem = providerProblem(error);
  if (!problem) return error;
  if (problem.kind === "declined" || problem.kind === AUTHENTICATION) {
    return new TollgateError("payment_required", problem.message);
  }
  if (problem.kind === "unavailable") return unavailable();
  log.error({ err: error }, "the payment provider refused a request");
  if (problem.kind === "missing") return new TollgateError("not_found", "The payment provider has no such object.");
  return new TollgateError("upstream_failed", "The payment provider refused this. Nothing was charged.");
}

/** Runs calls of the provider and translates their errors. Errors: payment_required, not_found, upstream_failed. */
export async function mapProviderErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toTollgateError(error);
  }
}
