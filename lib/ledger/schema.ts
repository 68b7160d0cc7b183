/** The client-safe door of the ledger: balances and transactions, in the program and on the wire. */
import { z } from "zod";
import { priceConditions } from "@/lib/catalogue/schema";
import { amountOut, countOut, filterText, instant, listOf, pageLimit, timeOut } from "@/lib/kernel/wire";

export const TRANSACTION_TYPES = [
  "purchase",
  "deduction",
  "refund",
  "grant",
  "renewal",
  "expiry",
  "clawback",
  "adjustment",
] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];
export const GRANT_KINDS = ["plan", "promotional", "purchased", "adjustment"] as const;
export type GrantKind = (typeof GRANT_KINDS)[number];
/** `charging`: a payment is due or in flight; `waiting`: see why. */
export const AUTO_TOP_UP_STATES = ["off", "ready", "charging", "waiting"] as const;
export type AutoTopUpState = (typeof AUTO_TOP_UP_STATES)[number];
/** Why auto top-up waits. */
export const AUTO_TOP_UP_BLOCKS = [
  "declined",
  "suspended",
  "authentication_required",
  "capped",
  "no_card",
  "plan_required",
  "gap",
  "returned",
  "disputed",
  "unavailable",
] as const;
export type AutoTopUpBlock = (typeof AUTO_TOP_UP_BLOCKS)[number];
const levelName = z.enum(["normal", "low", "warning", "critical"]);
/** Why a level is raised: too little credit is left, or the credit cannot pay for calls. */
export const LEVEL_REASONS = ["balance", "debt", "payg_disabled", "payg_limit", "plan_unpaid"] as const;
export type LevelReason = (typeof LEVEL_REASONS)[number];
/** The action that the organization can take. */
export const LEVEL_ACTIONS = ["add_funds", "choose_plan", "switch_on_payg", "raise_payg_limit", "pay_invoice"] as const;
export type LevelAction = (typeof LEVEL_ACTIONS)[number];

/** Credit of one kind; `held` is the part of `remaining` that open holds reserve. */
export type Bucket = { remaining: bigint; held: bigint };
/** Amounts in minor units: available = every bucket's remaining − held − debt. */
export type Balance = {
  available: bigint;
  held: bigint;
  debt: bigint;
  buckets: Record<GrantKind, Bucket>;
  /**
   * What calls can be paid from now, never below zero: available, but for prepaid credit that PAYG fallback holds
   * back.
   */
  spendable: bigint;
  /** The credit of the first billable call; it is spendable, and not available before. */
  firstCall: bigint;
  /** `unpaid`: its invoice is past due. */
  plan: { id: string; free: boolean; unpaid: boolean; allowance: bigint; resetsAt: Date } | null;
  level: z.infer<typeof levelName>;
  /** Both are null while the level is normal. */
  reason: LevelReason | null;
  action: LevelAction | null;
  advice: string;
  payg: { mode: "toggle" | "always"; enabled: boolean; limit: bigint | null; spent: bigint; held: bigint } | null;
  autoTopUp: { enabled: boolean; threshold: bigint | null; state: AutoTopUpState; reason: AutoTopUpBlock | null };
  /** Null when nothing was spent in the last seven days. */
  runway: { days: number; perDay: bigint } | null;
};

export const balanceAnswerSchema = z
  .strictObject({
    unit: z.string().meta({ example: "USD" }),
    available: amountOut.meta({ description: "plan + prepaid − held − debt" }),
    spendable: amountOut.meta({
      description:
        "What calls can be paid from now, and what `level` and `runway` go by: `available`, without prepaid credit that PAYG fallback does not let through, with what the first call will give. Never below zero.",
    }),
    firstCall: amountOut.meta({ description: "What the first billable call will give. Not available before it." }),
    held: amountOut,
    debt: amountOut,
    plan: z.strictObject({ allowance: amountOut, remaining: amountOut, resetsAt: timeOut }).nullable(),
    prepaid: z.strictObject({ purchased: amountOut, promotional: amountOut, adjustment: amountOut }),
    level: levelName.meta({ description: "Of `spendable`, by the catalogue's bounds." }),
    reason: z.enum(LEVEL_REASONS).nullable().meta({
      description:
        "Why the level is raised; null while it is normal. `balance`: little is left. `debt`: credit is owed. `payg_disabled`: the plan runs out and PAYG fallback is off. `payg_limit`: its limit of this cycle holds credit back. `plan_unpaid`: the plan's invoice is past due.",
    }),
    action: z
      .enum(LEVEL_ACTIONS)
      .nullable()
      .meta({ description: "What an owner can do about it; null while the level is normal, or nothing is for sale." }),
    advice: z.string().meta({ description: "The same as a sentence for people." }),
    payg: z
      .strictObject({
        mode: z.enum(["toggle", "always"]),
        enabled: z.boolean(),
        limit: amountOut.nullable().meta({ description: "At most this much per cycle; null is no limit." }),
        spent: amountOut,
        held: amountOut,
      })
      .nullable()
      .meta({ description: "Null without a plan, because prepaid credit pays." }),
    autoTopUp: z.strictObject({
      enabled: z.boolean(),
      threshold: amountOut
        .nullable()
        .meta({ description: "Credit is bought when prepaid credit minus debt is below this." }),
      state: z.enum(AUTO_TOP_UP_STATES).meta({ description: "`charging`: a payment is due or in flight." }),
      reason: z.enum(AUTO_TOP_UP_BLOCKS).nullable().meta({ description: "Why it is `waiting`." }),
    }),
    runway: z
      .strictObject({ days: z.number(), perDay: amountOut })
      .nullable()
      .meta({ description: "How long it lasts at the average of the last seven days; null when nothing was spent." }),
  })
  .meta({ id: "Balance" });
export type BalanceAnswer = z.infer<typeof balanceAnswerSchema>;

export const grantSchema = z
  .strictObject({
    id: z.string().meta({ example: "grt_…" }),
    kind: z.enum(GRANT_KINDS),
    source: z.string().meta({ description: "What it came from: signup, first_call, operator, plan, refund, …" }),
    createdAt: timeOut,
    expiresAt: timeOut.nullable(),
    amount: amountOut.meta({ description: "The granted amount." }),
    remaining: amountOut.meta({ description: "What is left of it; once it has expired, only what calls still hold." }),
    held: amountOut.meta({ description: "The part of `remaining` that open holds reserve." }),
    live: z.boolean().meta({ description: "Whether calls can still draw on it, or hold a part of it." }),
  })
  .meta({ id: "Grant" });
export type GrantRow = z.infer<typeof grantSchema>;
export const grantListSchema = z.strictObject({ data: z.array(grantSchema) }).meta({ id: "GrantList" });
export type GrantList = z.infer<typeof grantListSchema>;

export const cycleSchema = z
  .strictObject({
    plan: z.string(),
    number: z.int().meta({ description: "Zero for the first one." }),
    start: timeOut,
    end: timeOut,
    allowance: amountOut,
    discountPercent: z.int().meta({ description: "The discount on what the plan pays." }),
  })
  .meta({ id: "Cycle" });
export type Cycle = z.infer<typeof cycleSchema>;

const transactionFilters = {
  type: listOf(z.enum(TRANSACTION_TYPES), TRANSACTION_TYPES.length).optional(),
  from: instant.optional(),
  to: instant.optional(),
  key: filterText.optional().meta({ description: "An API key's id, `key_…`." }),
  resource: filterText
    .regex(/^[^:]+:./s, "must be TYPE:ID, such as project:atlas")
    .optional()
    .meta({
      description:
        "`TYPE:ID` of what calls were about: a resource, or a tag of that name, such as project:atlas. The latest 1,000 of the range, or of the last 90 days when none is given.",
    }),
  search: filterText.optional().meta({
    description:
      "Exactly an id (`txn_…`, `evt_…`, `hold_…`, `chg_…`, `grt_…`), an idempotency key, or the id of a resource, which is looked for in the range, or in the last 90 days when none is given.",
  }),
};
export const transactionsQuery = z.strictObject({
  ...transactionFilters,
  limit: pageLimit(100, 20),
  cursor: filterText.optional(),
});
export type TransactionsQuery = z.output<typeof transactionsQuery>;
export const transactionsCsvQuery = z.strictObject(transactionFilters);
export type TransactionsCsvQuery = z.output<typeof transactionsCsvQuery>;

const resource = z.strictObject({ type: z.string().nullable(), id: z.string() }).nullable();
const transactionFields = {
  id: z.string().meta({ example: "txn_…" }),
  type: z.enum(TRANSACTION_TYPES),
  amount: amountOut.meta({ description: "The change of the balance. Negative for a decrease." }),
  funding: z.strictObject({ plan: amountOut, prepaid: amountOut }),
  balanceAfter: amountOut.meta({ description: "Remaining credit minus debt. Holds are not subtracted." }),
  postedAt: timeOut,
  key: z.string().nullable(),
  event: z.string().nullable(),
  usage: z
    .strictObject({ endpoint: z.string(), model: z.string(), tags: z.record(z.string(), z.string()).nullable() })
    .nullable()
    .meta({ description: "The call that it paid for or refunded." }),
  resource,
  description: z.string().nullable(),
  reverses: z.string().nullable().meta({ description: "The transaction that this one refunds." }),
};
export const transactionSchema = z.strictObject(transactionFields).meta({ id: "Transaction" });
export type TransactionAnswer = z.infer<typeof transactionSchema>;
/** The id of the thing of that name that a transaction is about: a tag of its call, or its resource. */
export function resourceNamed({ usage, resource }: TransactionAnswer, name: string): string | null {
  return usage?.tags?.[name] ?? (resource?.type === name ? resource.id : null);
}
export const transactionListSchema = z
  .strictObject({ data: z.array(transactionSchema), nextCursor: z.string().nullable() })
  .meta({ id: "TransactionList" });
export type TransactionList = z.infer<typeof transactionListSchema>;

export const priceLineSchema = z.strictObject({
  meter: z.string(),
  quantity: countOut,
  unitAmount: amountOut,
  per: countOut,
  amount: amountOut,
  ...priceConditions,
  label: z.string().optional(),
});
export const entrySchema = z.strictObject({
  account: z.enum(["grant", "debt", "usage", "funding", "breakage"]),
  amount: amountOut,
  grant: z
    .strictObject({
      id: z.string(),
      kind: z.enum(GRANT_KINDS),
      source: z.string(),
      createdAt: timeOut,
      expiresAt: timeOut.nullable(),
    })
    .nullable(),
});
export type EntryAnswer = z.infer<typeof entrySchema>;
export const transactionDetailSchema = z
  .strictObject({
    ...transactionFields,
    entries: z.array(entrySchema),
    price: z
      .strictObject({
        occurredAt: timeOut,
        quantities: z.record(z.string(), countOut),
        options: z.record(z.string(), z.union([z.string(), z.boolean()])).nullable(),
        cost: amountOut,
        waived: amountOut.meta({ description: "The cost above the ceiling, which was not charged." }),
        version: z.int().meta({ description: "The catalogue's version that priced the call." }),
        discountPercent: z.int().meta({ description: "The discount on what the plan pays." }),
        lines: z.array(priceLineSchema),
      })
      .nullable(),
  })
  .meta({ id: "TransactionDetail" });
export type TransactionDetail = z.infer<typeof transactionDetailSchema>;

const MOST_DAYS = 366;
export const balanceHistoryQuery = z.strictObject({ days: pageLimit(MOST_DAYS, 30) });
export type BalanceHistoryQuery = z.output<typeof balanceHistoryQuery>;
export const balanceHistorySchema = z
  .strictObject({
    days: z.array(
      z.strictObject({
        date: z.iso.date().meta({ description: "A day of the organization's calendar." }),
        closing: amountOut.meta({ description: "What remained at its end, less debt; today: what remains now." }),
      }),
    ),
  })
  .meta({ id: "BalanceHistory" });
export type BalanceHistory = z.infer<typeof balanceHistorySchema>;
