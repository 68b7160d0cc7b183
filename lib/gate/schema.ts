/**
 * The requests to the gate as they are on the wire. One schema validates, types and documents them; `answer-schema.ts`
 * has the responses. Amounts are decimal strings; quantities are parsed to bigint. Safe for the browser.
 */
import { z } from "zod";

export * from "./answer-schema";
export { expiredHoldsAnswer, expiredHoldsQuery } from "./expired-schema";

/** Where the catalogue allows it; a day unless it says so. */
const LONGEST_HOLD_SECONDS = 7 * 86_400;
const MOST_METERS = 32;
const MOST_OPTIONS = 32;
const MOST_TAGS = 16;
export const MOST_BATCH_ITEMS = 1_000;

/** Text that PostgreSQL can store: no NUL, no half of a surrogate pair, and never longer than its column is meant to be. */
export function text(longest: number, shortest = 1) {
  return z
    .string()
    .min(shortest, shortest === 1 ? "must not be empty" : undefined)
    .max(longest, `must have at most ${longest} characters`)
    .refine((value) => !value.includes("\0") && value.isWellFormed(), "must not contain NUL or lone surrogates");
}

/** A name that the catalogue gives: of an endpoint, a model, a meter, an option or a tag. */
const name = (longest: number) => text(longest).meta({ maxLength: longest });

function record<Value extends z.ZodType>(key: z.ZodType<string, string>, value: Value, most: number, what: string) {
  return z.record(key, value).refine((entries) => {
    let count = 0;
    for (const _ in entries) count += 1;
    return count <= most;
  }, `must have at most ${most} ${what}`);
}

const QUANTITY = "must be an integer from 0 to 9007199254740991 (as a number or a string of digits)";
const DIGITS = /^(?:0|[1-9][0-9]{0,15})$/;
function isQuantity(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  return typeof value === "string" && DIGITS.test(value) && Number(value) <= Number.MAX_SAFE_INTEGER;
}
/** 0 … 2^53−1. A larger JSON number was already rounded when it was read, so it can only be refused. */
export const quantity = z
  .custom<number | string>(isQuantity, QUANTITY)
  .transform((value) => BigInt(value))
  .meta({ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: "A count; also as a string." });
export const quantities = record(name(64), quantity, MOST_METERS, "meters").meta({
  description: 'Meter → count, such as `{"input_token": 1200, "output_token": 500}`.',
  example: { input_token: 1200, output_token: 500 },
});

const options = record(
  name(64),
  z.union([z.boolean(), text(128)], { error: "must be a string or a boolean" }),
  MOST_OPTIONS,
  "options",
);
const tags = record(name(64), text(64), MOST_TAGS, "tags");
const resource = z.strictObject({ type: text(64), id: text(255) });

const AMOUNT = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
/** An amount on the way in. How many decimals it may have is the unit's affair and is checked with the catalogue. */
export const amountIn = z
  .string()
  .max(40)
  .regex(AMOUNT, 'must be a decimal string such as "0.24"')
  .refine((value) => /[1-9]/.test(value), "must be greater than zero")
  .meta({ example: "0.24", pattern: "^(0|[1-9][0-9]*)(\\.[0-9]+)?$" });
const timeIn = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 time such as 2026-11-21T10:00:00Z" })
  .transform((value) => new Date(value))
  .meta({ type: "string", format: "date-time", description: "When it happened; at most 35 days back." });
const expiresIn = z
  .int("must be a whole number of seconds")
  .min(1, "must be at least 1")
  .max(LONGEST_HOLD_SECONDS, `must be at most ${LONGEST_HOLD_SECONDS}`)
  .meta({ description: "Seconds from now.", example: 600 });
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible ASCII characters without spaces");

const payer = {
  key: text(255).optional().meta({ description: "The customer's API key.", example: "sk_…" }),
  organization: text(255).optional().meta({ description: "The customer's `org_…` id or your own name for it." }),
};
const call = {
  endpoint: name(128).meta({ description: "As the catalogue names it.", example: "chat" }),
  model: name(128).meta({ description: "As the catalogue names it.", example: "gpt-4o" }),
  quantities,
  options: options.optional().meta({ description: 'Settings that change the price, such as `{"followUp": true}`.' }),
};
const labels = {
  tags: tags
    .optional()
    .meta({ description: "Tags that the catalogue declares, to tell calls apart in the log and in sums." }),
  resource: resource
    .optional()
    .meta({ description: "What the call was for, in your own words. The transaction shows it." }),
  fingerprint: text(255).optional().meta({ description: "Your own reference for the call, stored with the hold." }),
};

type Payer = { key?: string | undefined; organization?: string | undefined };
const oneOf = (value: Payer) => (value.key === undefined) !== (value.organization === undefined);
const atMostOne = (value: Payer) => value.key === undefined || value.organization === undefined;
const ONE_PAYER = { error: "give either key or organization", path: ["key"] };
const PAYER_RULE = { oneOf: [{ required: ["key"] }, { required: ["organization"] }] };

const quoteBody = z.strictObject({ ...payer, ...call });
const holdBody = z.strictObject({ ...payer, ...call, ...labels, expiresIn: expiresIn.optional() });
const settleBody = z.strictObject({
  quantities: quantities.optional(),
  usage: z.literal("unknown").optional().meta({
    description:
      "Instead of quantities, if the usage of the call is unknown. It charges the ceiling or the declared input, as the catalogue's `unknownUsage` says, and marks the call for review.",
  }),
  options: options.optional(),
  occurredAt: timeIn.optional(),
});
type Used = { quantities?: unknown; usage?: unknown; options?: unknown };
const saysUsage = ({ quantities, usage, options }: Used) =>
  usage === undefined ? quantities !== undefined : quantities === undefined && options === undefined;
const ONE_USAGE = {
  error: 'give what was counted, or "usage": "unknown" alone, without quantities and options',
  path: ["quantities"],
};
const USAGE_RULE = { oneOf: [{ required: ["quantities"] }, { required: ["usage"] }] };
const releaseBody = z.strictObject({ reason: text(500).optional() });
const extendBody = z.strictObject({ expiresIn });
const chargeBody = z.strictObject({
  ...payer,
  ...call,
  ...labels,
  occurredAt: timeIn.optional(),
  late: z.literal(false).optional(),
});
const lateChargeBody = z.strictObject({
  late: z
    .literal(true)
    .meta({ description: "The usage came after its hold had expired; it is priced as the hold was." }),
  hold: text(128).meta({ description: "The expired hold, `hold_…`.", example: "hold_…" }),
  quantities,
  options: options.optional(),
  occurredAt: timeIn.optional(),
  endpoint: name(128).optional().meta({ description: "The hold's value. Another value is refused." }),
  model: name(128).optional().meta({ description: "The hold's value. Another value is refused." }),
  ...payer,
});
const refundBody = z.strictObject({ amount: amountIn.optional(), reason: text(500) });

export const quoteRequest = quoteBody.refine(atMostOne, ONE_PAYER).meta({ id: "QuoteRequest" });
/** The same without a customer: who asks is who pays. */
export const ownQuoteRequest = z.strictObject(call);
export const holdRequest = holdBody.refine(oneOf, ONE_PAYER).meta({ id: "HoldRequest", ...PAYER_RULE });
export const settleRequest = settleBody.refine(saysUsage, ONE_USAGE).meta({ id: "SettleRequest", ...USAGE_RULE });
export const releaseRequest = releaseBody.meta({ id: "ReleaseRequest" });
export const extendRequest = extendBody.meta({ id: "ExtendRequest" });
export const chargeRequest = chargeBody.refine(oneOf, ONE_PAYER).meta({ id: "ChargeRequest", ...PAYER_RULE });
export const lateChargeRequest = lateChargeBody.refine(atMostOne, ONE_PAYER).meta({ id: "LateChargeRequest" });
export const anyChargeRequest = z.discriminatedUnion("late", [chargeRequest, lateChargeRequest]);
export const refundRequest = refundBody.meta({ id: "RefundRequest" });

const id = text(128);
const item = <Operation extends string>(operation: Operation) => ({ operation: z.literal(operation), idempotencyKey });
const itemWithId = <Operation extends string>(operation: Operation) => ({
  operation: z.literal(operation),
  idempotencyKey: idempotencyKey.optional(),
  id,
});
/** One of a batch. The discriminator is read first, so the errors name the fields of that operation only. */
export const batchItem = z.discriminatedUnion(
  "operation",
  [
    quoteBody
      .extend({ operation: z.literal("quote"), idempotencyKey: idempotencyKey.optional() })
      .refine(atMostOne, ONE_PAYER),
    holdBody.extend(item("hold")).refine(oneOf, ONE_PAYER),
    settleBody.extend(itemWithId("settle")).refine(saysUsage, ONE_USAGE),
    releaseBody.extend(itemWithId("release")),
    extendBody.extend(itemWithId("extend")),
    chargeBody.extend(item("charge")).refine(oneOf, ONE_PAYER),
    refundBody.extend({ ...item("refund"), id }),
  ],
  { error: "must be quote, hold, settle, release, extend, charge or refund" },
);
/** The items are checked one by one with `batchItem`: a wrong one is refused alone, in its own result. */
export const batchRequest = z.strictObject({
  items: z
    .array(z.unknown())
    .min(1, "must have at least 1 item")
    .max(MOST_BATCH_ITEMS, `must have at most ${MOST_BATCH_ITEMS} items`),
});

type Keyed = { idempotencyKey: string };
type KeyedId = { id: string; idempotencyKey?: string | undefined };
export type QuoteInput = z.output<typeof quoteRequest>;
export type HoldInput = z.output<typeof holdRequest> & Keyed;
export type SettleInput = z.output<typeof settleRequest> & KeyedId;
export type ReleaseInput = z.output<typeof releaseRequest> & KeyedId;
export type ExtendInput = z.output<typeof extendRequest> & KeyedId;
export type ChargeInput = z.output<typeof chargeRequest> & Keyed;
export type LateChargeInput = z.output<typeof lateChargeRequest> & Keyed;
export type RefundInput = z.output<typeof refundRequest> & Keyed & { id: string };
export type BatchItem = z.output<typeof batchItem>;
