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
  summary: "List the current prices",
  description:
    "Every endpoint and model with its price lines, its options and the maximum of each meter per call, the plans that give a discount, and what a small purchase buys. The public page of prices shows the same.",
  auth: "either",
  answer: { description: "The prices, in the catalogue's order.", schema: priceListSchema },
  async handler() {
    return priceList();
  },
});

defineRoute({
  method: "POST",
  path: "/v1/quotes",
  tag,
  summary: "Price a call before it runs",
  description:
    "Returns the price of the call for these quantities, line by line, and whether the customer can pay for it now. Nothing is reserved. A gateway may name a customer by `key` or `organization`; a key asks for its own organization.",
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
  summary: "Reserve the maximum price of a call",
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
  summary: "List holds that expired before they were settled",
  description:
    "Of one customer or of all customers, the latest expiry first. To charge the usage of such a hold, call `POST /v1/charges` with `late`.",
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
  summary: "Release a hold",
  description: "For a call that failed. The customer pays nothing.",
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
    "Moves `expiresAt`. A hold stays open for at most 24 hours, or as long as the catalogue says, up to 7 days.",
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
  summary: "Refund a charge or a settled hold, in full or in part",
  description:
    "`id` is the ID of a charge or a settled hold. The refund goes to the grants that paid for it. Without `amount`, it refunds everything that is not refunded yet.",
  auth: "gateway",
  idempotency: "required",
  body: refundRequest,
  answer: { description: "The refunded amount and the grants that it went to.", schema: refundAnswer },
  errors: ENDINGS,
  async handler({ body, context, id, idempotencyKey }) {
    return refund(context, { ...body, id, idempotencyKey });
  },
});
