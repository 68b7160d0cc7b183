/** The client-safe door of usage: what is asked of the rollups and the log, and how they answer. */
import { z } from "zod";
import { timeZoneField } from "@/lib/kernel/time-zone";
import { amountOut, countOut, filterText, listOf, pageLimit, queryFlag, timeOut } from "@/lib/kernel/wire";
import { entrySchema, priceLineSchema } from "@/lib/ledger/schema";

export * from "./hint-schema";

export const INTERVALS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];
export const GROUPS = ["endpoint", "model", "key", "member"] as const;
export type Group = (typeof GROUPS)[number];

/** An instant, or a date: its local midnight. */
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: "must be an RFC 3339 time such as 2026-11-21T10:00:00Z, or a date such as 2026-11-21",
  })
  .meta({ type: "string", format: "date-time", description: "A time, or a date: the midnight at its start." });
const timezone = timeZoneField.meta({
  description: "The time zone of hours, days, weeks and months. Default: the organization's time zone.",
});

const range = {
  from: moment.optional(),
  to: moment.optional().meta({ description: "The end, not included. Default: now." }),
  timezone: timezone.optional(),
};
// A value has at most 64 characters where a call is accepted.
const MOST_TAG_LENGTH = 64 + 1 + 64;
const filters = {
  endpoint: filterText.optional(),
  model: filterText.optional(),
  key: filterText.optional().meta({ description: "An API key's id, `key_…`." }),
  member: z
    .uuid({ error: "must be a member's user id" })
    .optional()
    .meta({ description: "A member's user id: the calls of keys that were theirs at the call." }),
  tag: z
    .string()
    .max(MOST_TAG_LENGTH)
    .regex(/^[a-z][a-z0-9_-]{0,63}:[^\0]+$/, "must be NAME:VALUE, such as project:search")
    .refine((value) => value.isWellFormed(), "must not contain lone surrogates")
    .optional()
    .meta({
      description: "`NAME:VALUE` of a tag. Sums take a tag that the catalogue sums by, the log takes every tag.",
    }),
};

const group = z.union([z.enum(GROUPS), z.string().regex(/^tag:[a-z][a-z0-9_-]{0,63}$/)], {
  error: "must be endpoint, model, key, member or tag:NAME",
});
export const usageQuery = z.strictObject({
  ...range,
  ...filters,
  groupBy: listOf(group, 5).default([]),
  interval: z.enum(INTERVALS).optional(),
  quantities: queryFlag.default(true).meta({
    description: "False leaves the meters out. This is faster if you need only requests and cost.",
  }),
});
export type UsageQuery = z.output<typeof usageQuery>;

const quantities = z.record(z.string(), countOut);
const sums = { requests: countOut, quantities, cost: amountOut };
export const usageAnswerSchema = z
  .strictObject({
    unit: z.string(),
    from: timeOut.meta({ description: "Sums are kept by quarters of an hour: the quarter in which `from` lies." }),
    to: timeOut,
    timezone: z.string(),
    interval: z.enum(INTERVALS).nullable(),
    groupBy: z.array(z.string()),
    /** Every interval of the range, also those without calls. */
    starts: z.array(timeOut).nullable(),
    totals: z.strictObject(sums),
    data: z.array(
      z.strictObject({
        start: timeOut.optional(),
        endpoint: z.string().optional(),
        model: z.string().optional(),
        key: z.string().nullable().optional(),
        keyName: z.string().nullable().optional(),
        member: z.string().nullable().optional(),
        tag: z.string().optional(),
        ...sums,
      }),
    ),
  })
  .meta({ id: "Usage" });
export type UsageAnswer = z.infer<typeof usageAnswerSchema>;
export type UsageRow = UsageAnswer["data"][number];

const logFilters = {
  ...range,
  ...filters,
  successfulOnly: queryFlag.default(false).meta({
    description: "Leaves out calls that were refunded in full, and their refunds.",
  }),
};
export const eventsQuery = z.strictObject({
  ...logFilters,
  usage: z
    .enum(["unknown", "late"])
    .optional()
    .meta({ description: "Only calls to review: their usage is unknown, or came after the hold had expired." }),
  limit: pageLimit(500, 50),
  cursor: filterText.optional(),
});
export type EventsQuery = z.output<typeof eventsQuery>;
export const eventsCsvQuery = z.strictObject({
  ...logFilters,
  totals: queryFlag.default(false).meta({ description: "Ends with a row of totals." }),
});
export type EventsCsvQuery = z.output<typeof eventsCsvQuery>;

export const eventSchema = z
  .strictObject({
    id: z.string().meta({ example: "evt_…" }),
    occurredAt: timeOut,
    postedAt: timeOut,
    endpoint: z.string(),
    model: z.string(),
    quantities,
    options: z.record(z.string(), z.union([z.string(), z.boolean()])).nullable(),
    tags: z.record(z.string(), z.string()).nullable(),
    resource: z.strictObject({ type: z.string().nullable(), id: z.string() }).nullable(),
    key: z.string().nullable(),
    keyName: z.string().nullable(),
    cost: amountOut.meta({ description: "Negative for a refund." }),
    funding: z.strictObject({ plan: amountOut, prepaid: amountOut }),
    waived: amountOut,
    usage: z.enum(["reported", "unknown", "late"]).meta({
      description: "How the usage is known: reported, unknown, or reported after the hold had expired.",
    }),
    unfunded: amountOut.meta({ description: "The part of late usage that could not be paid and is not owed." }),
    catalogueVersion: z.int().meta({ description: "The price version." }),
    transaction: z.string().nullable().meta({ description: "Null for a call that cost nothing." }),
    reverses: z.string().nullable().meta({ description: "The event that this one refunds." }),
  })
  .meta({ id: "UsageEvent" });
export type UsageEvent = z.infer<typeof eventSchema>;
const holdSchema = z.strictObject({
  id: z.string().meta({ example: "hold_…" }),
  ceiling: amountOut.meta({ description: "What was reserved." }),
  openedAt: timeOut,
  endedAt: timeOut.nullable(),
  expiresAt: timeOut,
});
const refundSchema = z.strictObject({
  event: z.string().meta({ example: "evt_…" }),
  transaction: z.string().nullable().meta({ example: "txn_…" }),
  amount: amountOut.meta({ description: "The refunded amount." }),
  postedAt: timeOut,
  reason: z.string().nullable(),
});
export const eventDetailSchema = eventSchema
  .extend({
    hold: holdSchema.nullable().meta({ description: "Null for a call that was charged in one step." }),
    lines: z.array(priceLineSchema).meta({ description: "How the call was priced, by the version that priced it." }),
    version: z.int().meta({ description: "The catalogue's version that priced the call." }),
    discountPercent: z.int().meta({ description: "The discount on what the plan pays." }),
    entries: z.array(entrySchema).meta({ description: "The grants that it was taken from; empty for a free call." }),
    refunds: z.array(refundSchema),
  })
  .meta({ id: "UsageEventDetail" });
export type UsageEventDetail = z.infer<typeof eventDetailSchema>;

export const eventListSchema = z
  .strictObject({ data: z.array(eventSchema), nextCursor: z.string().nullable() })
  .meta({ id: "UsageEventList" });
export type UsageEventList = z.infer<typeof eventListSchema>;

/** An id of the operator's own: a tag's value. */
const MOST_ID_LENGTH = 64;
export const runsQuery = z.strictObject({
  ...range,
  search: filterText.max(MOST_ID_LENGTH).optional().meta({
    description: "Runs whose id begins with this text, of any time unless `from` is given.",
  }),
  limit: pageLimit(200, 50),
  cursor: filterText.optional(),
});
export type RunsQuery = z.output<typeof runsQuery>;

export const runSchema = z
  .strictObject({
    id: z.string().meta({ description: "The value of the tag that the catalogue calls a run." }),
    startedAt: timeOut.meta({ description: "The time of the first call." }),
    endedAt: timeOut.meta({ description: "The time of the latest call." }),
    calls: countOut.meta({ description: "Without calls that were refunded in full." }),
    cost: amountOut.meta({ description: "Net of refunds." }),
    models: z.array(z.string()),
    tags: z
      .record(z.string(), z.array(z.string()))
      .meta({ description: "The values of the tags that the catalogue sums by.", example: { agent: ["writer"] } }),
  })
  .meta({ id: "Run" });
export type Run = z.infer<typeof runSchema>;
export const runListSchema = z
  .strictObject({ data: z.array(runSchema), nextCursor: z.string().nullable() })
  .meta({ id: "RunList" });
export type RunList = z.infer<typeof runListSchema>;

export const runCostsQuery = z.strictObject({
  ...range,
  by: z.union([z.literal("model"), z.string().regex(/^tag:[a-z][a-z0-9_-]{0,63}$/)], {
    error: "must be model or tag:NAME",
  }),
});
export type RunCostsQuery = z.output<typeof runCostsQuery>;
/** `perRun` is null where no run of the range used it. */
export type RunCost = {
  name: string;
  calls: number | string;
  cost: string;
  runs: number | string;
  perRun: string | null;
};
export type RunCosts = { data: RunCost[] };
