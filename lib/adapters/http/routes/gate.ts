/** The gate over HTTP: quotes, holds and how they end, charges, refunds. */
import { z } from "zod";
import { priceList } from "@/lib/catalogue";
import { priceListSchema } from "@/lib/catalogue/schema";
import { charge, chargeLate, extend, hold, listExpiredHolds, quote, refund, release, settle } from "@/lib/gate";
import {
  anyChargeRequest,
  chargeAnswer,
  expiredHoldsAnswer,
  expiredHoldsQuery,
  extendAnswer,
  extendRequest,
  holdAnswer,
  holdRequest,
  lateChargeAnswer,
  quoteAnswer,
  quoteRequest,
  refundAnswer,
  refundRequest,
  releaseAnswer,
  releaseRequest,
  settleAnswer,
  settleRequest,
} from "@/lib/gate/schema";
import type { ErrorCode } from "@/lib/kernel/errors";
import { defineRoute } from "../route";
import { invalidField } from "../validation";

const tag = "Gate";
const REFUSALS: ErrorCode[] = [
  "insufficient_credits",
  "insufficient_balance",
  "payg_disabled",
  "payg_limit_reached",
  "key_limit_exceeded",
  "member_limit_exceeded",
  "plan_limit_reached",
  "not_found",
  "overloaded",
];
const ENDINGS: ErrorCode[] = ["not_found", "conflict", "overloaded"];

defineRoute({
  method: "GET",
  path: "/v1/prices",
  tag,
  summary: "The prices that are in force",
  description: "Every endpoint and model with its lines, options and the most that one call may count.",
  auth: "either",
  answer: { description: "The prices, in the catalogue's order.", schema: priceListSchema },
  async handler({ context }) {
    return priceList(context);
  },
});

defineRoute({
  method: "POST",
  path: "/v1/quotes",
  tag,
  summary: "Price a call before it runs",
  description:
    "Answers what the call would cost at these quantities, line by line, and whether the customer could pay it now. Nothing is reserved. A gateway may name a customer by `key` or `organization`; a key asks for its own organization.",
  auth: "either",
  body: quoteRequest,
  answer: { description: "The price, line by line.", schema: quoteAnswer },
  errors: ["not_found"],
  async handler({ actor, body, context }) {
    if (actor.type === "key" && (body.key !== undefined || body.organization !== undefined)) {
      throw invalidField(body.key === undefined ? "organization" : "key", "is for gateways: the credential says it");
    }
    return quote(context, body);
  },
});

defineRoute({
  method: "POST",
  path: "/v1/holds",
  tag,
  summary: "Reserve the most that a call can cost",
  description:
    "May this call run? Checks the key, its limits, the plan and the balance, and reserves the ceiling: the price of the quantities given (for output tokens: the maximum). End the hold with settle or release; it releases itself at `expiresAt`.",
  auth: "gateway",
  secretCheckedByVerb: true,
  idempotency: "required",
  body: holdRequest,
  answer: { status: 201, description: "The call may run.", schema: holdAnswer },
  errors: REFUSALS,
  async handler({ body, context, idempotencyKey }) {
    return hold(context, { ...body, idempotencyKey });
  },
});

defineRoute({
  method: "GET",
  path: "/v1/holds",
  tag,
  summary: "Holds that expired without an ending",
  description:
    "Of one customer or of all, the latest first, by when they expired. What their calls used is charged by `POST /v1/charges` with `late`.",
  auth: "gateway",
  query: expiredHoldsQuery,
  answer: { description: "One page; `nextCursor` is null on the last.", schema: expiredHoldsAnswer },
  errors: ["not_found"],
  async handler({ context, query }) {
    return listExpiredHolds(context, query);
  },
});

defineRoute({
  method: "POST",
  path: "/v1/holds/{id}/settle",
  tag,
  summary: "Pay for what the call used",
  description:
    "Prices the actual quantities, takes them out of the hold and gives the rest back. `capped` catalogues take at most the ceiling and report the excess as `waived`. `occurredAt` moves the usage event's time, at most 35 days back.",
  auth: "gateway",
  secretCheckedByVerb: true,
  idempotency: "optional",
  body: settleRequest,
  answer: { description: "The hold is settled.", schema: settleAnswer },
  errors: ENDINGS,
  async handler({ body, context, id, idempotencyKey }) {
    return settle(context, { ...body, id, idempotencyKey });
  },
});

defineRoute({
  method: "POST",
  path: "/v1/holds/{id}/release",
  tag,
  summary: "Give the whole hold back",
  description: "For a call that failed: it costs nothing.",
  auth: "gateway",
  secretCheckedByVerb: true,
  idempotency: "optional",
  body: releaseRequest,
  bodyOptional: true,
  answer: { description: "The hold is released.", schema: releaseAnswer },
  errors: ENDINGS,
  async handler({ body, context, id, idempotencyKey }) {
    return release(context, { ...body, id, idempotencyKey });
  },
});

defineRoute({
  method: "POST",
  path: "/v1/holds/{id}/extend",
  tag,
  summary: "Keep a hold open for a long call",
  description:
    "Moves `expiresAt`. A hold lives at most 24 hours from when it was opened, or as long as the catalogue says, at most 7 days.",
  auth: "gateway",
  idempotency: "optional",
  body: extendRequest,
  answer: { description: "The hold stays open until then.", schema: extendAnswer },
  errors: ENDINGS,
  async handler({ body, context, id, idempotencyKey }) {
    return extend(context, { ...body, id, idempotencyKey });
  },
});

defineRoute({
  method: "POST",
  path: "/v1/charges",
  tag,
  summary: "Hold and settle in one step",
  description:
    "For a call whose quantities are already known. It is refused under the same rules as a hold. With `late` and the id of a hold that expired, it records the usage that came after: no limit refuses it, and what cannot be paid is owed or left unfunded, as the catalogue says.",
  auth: "gateway",
  secretCheckedByVerb: true,
  idempotency: "required",
  body: anyChargeRequest,
  answer: { status: 201, description: "The call is paid.", schema: z.union([lateChargeAnswer, chargeAnswer]) },
  errors: [...REFUSALS, "conflict"],
  async handler({ body, context, idempotencyKey }) {
    if (body.late) return chargeLate(context, { ...body, idempotencyKey });
    return charge(context, { ...body, idempotencyKey });
  },
});

defineRoute({
  method: "POST",
  path: "/v1/charges/{id}/refund",
  tag,
  summary: "Give a charge or a settled hold back, whole or in part",
  description:
    "`id` is a charge's or a settled hold's. What is given back goes into the grants that it was taken from. Without `amount` it is all that was not refunded yet.",
  auth: "gateway",
  idempotency: "required",
  body: refundRequest,
  answer: { description: "What was given back, and to whom.", schema: refundAnswer },
  errors: ENDINGS,
  async handler({ body, context, id, idempotencyKey }) {
    return refund(context, { ...body, id, idempotencyKey });
  },
});
