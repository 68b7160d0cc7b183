/** Turns the ledger's outcome into the error for the caller. */

import { planLimitReached } from "@/lib/accounts";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount } from "@/lib/kernel/money";
import type { Outcome } from "./operation";

/** Throws unless the outcome is an answer (`ok`, `replay`). `unpriced` is the error that pricing gave. */
export function requireAnswer(outcome: Outcome, unpriced?: unknown): void {
  if (outcome.code !== "ok" && outcome.code !== "replay") throw refusal(outcome, unpriced);
}

/** A total limit never resets, so waiting is no advice. */
function keyLimitSentence(window: string | null): string {
  if (window === "total") return "This call would exceed the key's total limit. Raise the limit, or use another key.";
  return `This call would exceed the key's ${window ? `${window} ` : ""}limit. Raise the limit, or wait until it resets.`;
}

function refusal(outcome: Outcome, unpriced: unknown): unknown {
  const { catalogue } = currentCatalogue();
  const amounts = {
    required: formatAmount(outcome.amount, catalogue.unit.scale),
    available: formatAmount(outcome.available, catalogue.unit.scale),
  };
  switch (outcome.code) {
    case "insufficient":
      return new TollgateError(catalogue.insufficient.code, catalogue.insufficient.message, amounts);
    case "payg_disabled":
      return new TollgateError(
        "payg_disabled",
        "The plan's allowance is used up and PAYG fallback is off. Turn it on, or upgrade the plan.",
        amounts,
      );
    case "payg_limit_reached":
      return new TollgateError(
        "payg_limit_reached",
        "This call would exceed the PAYG limit of this cycle. Raise the limit, or wait for the next cycle.",
        amounts,
      );
    case "key_limit_exceeded":
      return new TollgateError("key_limit_exceeded", keyLimitSentence(outcome.detail), {
        ...amounts,
        window: outcome.detail,
      });
    case "member_limit_exceeded":
      return new TollgateError(
        "member_limit_exceeded",
        "This call would exceed the limit of the key's owner. An admin can raise it.",
        amounts,
      );
    case "plan_limit_reached":
      return planLimitReached(outcome.detail);
    case "key_restricted":
      return new TollgateError(
        "forbidden",
        "This key may not call this endpoint with this model. An admin can allow it.",
      );
    case "unauthenticated":
      return new TollgateError("unauthenticated", "The credential is missing or wrong.");
    case "not_found":
      return new TollgateError("not_found", "There is no object with this id.");
    case "reused":
      return new TollgateError(
        "validation_failed",
        "This Idempotency-Key was used with another request. Use a new key.",
        { field: "Idempotency-Key" },
      );
    case "ended":
      return new TollgateError("conflict", `The hold is already ${outcome.detail}.`, { state: outcome.detail });
    case "unpriced":
      return unpriced ?? new TollgateError("internal", "The call could not be priced.");
    default:
      return new TollgateError("overloaded", "The call could not be decided. Retry with the same key.", {
        retryAfter: 1,
      });
  }
}
