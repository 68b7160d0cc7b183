import type { ErrorCode } from "@/lib/kernel/errors";

/** The title of each code, in problems and in the reference. */
export const TITLES: Record<ErrorCode, string> = {
  malformed: "The request is malformed",
  unauthenticated: "The credential is missing or wrong",
  insufficient_credits: "Insufficient credits",
  insufficient_balance: "Insufficient balance",
  payg_disabled: "The plan's allowance is used up and PAYG fallback is off",
  payg_limit_reached: "The PAYG limit of this cycle is reached",
  key_limit_exceeded: "A limit of the key is reached",
  member_limit_exceeded: "A limit of the key's owner is reached",
  payment_required: "A payment is required",
  forbidden: "The credential does not allow this",
  plan_limit_reached: "A limit of the plan is reached",
  not_found: "Not found",
  conflict: "Conflict with the current state",
  organization_mismatch: "The page shows another organization",
  payload_too_large: "The body is too large",
  unsupported_media_type: "The body's type is not supported",
  validation_failed: "The request is invalid",
  rate_limited: "Too many requests",
  internal: "Something failed on our side",
  upstream_failed: "Another system failed",
  overloaded: "Overloaded: try again",
};
