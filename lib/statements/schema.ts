/** The client-safe door of statements: an organization's months, in the program and on the wire. */
import { z } from "zod";
import { amountOut, countOut, timeOut } from "@/lib/kernel/wire";
import { GRANT_KINDS, type GrantKind, TRANSACTION_TYPES, type TransactionType } from "@/lib/ledger/schema";

/** How long after its end a month is closed: docs/adr/0045-a-month-is-closed-by-posting-time.md. */
export const CLOSES_AFTER_MS = 72 * 3_600_000;

/** A closed statement never changes; `ended` months wait for that, the `running` one still grows. */
export const STATEMENT_STATES = ["running", "ended", "closed"] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];

/** A calendar month, "2026-10". */
export const statementMonth = z
  .string()
  .regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, "must be a month such as 2026-10")
  .meta({ example: "2026-10" });

/** The kinds of credit, in the order in which a reader expects them. */
export const STATEMENT_CREDITS = ["purchased", "plan", "promotional", "adjustment", "debt"] as const;
/** Amounts of each kind of credit, in minor units; debt is at most zero, and the total is their sum. */
export type CreditAmounts = Record<(typeof STATEMENT_CREDITS)[number] | "total", bigint>;

/** The usage of one model, endpoint, key or member; null is none, such as calls without a key. */
export type UsageLine = { id: string | null; name: string | null; calls: bigint; cost: bigint };
/** Credit at the cut. */
export type StatementGrant = {
  id: string;
  kind: GrantKind;
  source: string;
  createdAt: Date;
  expiresAt: Date | null;
  amount: bigint;
  remaining: bigint;
};
/** The numbers of one month, in minor units. Transactions are `fromSeq` to before `toSeq`. */
export type Statement = {
  month: string;
  state: StatementState;
  timeZone: string;
  startsAt: Date;
  /** Excluded; of the running month in the future. */
  endsAt: Date;
  /** When it is, or was, closed. */
  closesAt: Date;
  fromSeq: bigint;
  toSeq: bigint;
  opening: CreditAmounts;
  movements: { type: TransactionType; transactions: bigint; amounts: CreditAmounts }[];
  closing: CreditAmounts;
  /** Reserved by calls that were running at the cut; a part of the closing balance. */
  reserved: bigint;
  usage: {
    calls: bigint;
    cost: bigint;
    byModel: UsageLine[];
    byEndpoint: UsageLine[];
    byKey: UsageLine[];
    byMember: UsageLine[];
    /** What of this happened in an earlier month and was reported, settled or refunded in this one. */
    earlier: { calls: bigint; cost: bigint };
  };
  grants: StatementGrant[];
  /** SHA-256 over the month's numbers and the hash of the month before, in hex; null until it is closed. */
  hash: string | null;
};

const creditAmounts = z
  .strictObject({
    plan: amountOut,
    purchased: amountOut,
    promotional: amountOut,
    adjustment: amountOut,
    debt: amountOut,
    total: amountOut,
  })
  .meta({ id: "CreditAmounts", description: "`debt` is at most zero; `total` is the sum." });
const usageLine = z.strictObject({
  id: z.string().nullable(),
  name: z.string().nullable(),
  calls: countOut,
  cost: amountOut,
});
const usageLines = z.array(usageLine);

const heading = {
  month: statementMonth,
  state: z
    .enum(STATEMENT_STATES)
    .meta({ description: "`closed` never changes; `ended` is closed at `closesAt`; `running` still grows." }),
  startsAt: timeOut,
  endsAt: timeOut.meta({ description: "Excluded." }),
  closesAt: timeOut,
  unit: z.string().meta({ example: "USD" }),
  hash: z
    .string()
    .nullable()
    .meta({ description: "SHA-256 over this month's numbers and the hash of the month before; null until closed." }),
};

export const statementSchema = z
  .strictObject({
    ...heading,
    opening: creditAmounts,
    closing: creditAmounts,
    timeZone: z.string(),
    movements: z.array(
      z.strictObject({ type: z.enum(TRANSACTION_TYPES), transactions: countOut, amounts: creditAmounts }),
    ),
    reserved: amountOut.meta({ description: "Reserved by calls that ran at `endsAt`; a part of `closing`." }),
    usage: z.strictObject({
      calls: countOut,
      cost: amountOut,
      byModel: usageLines,
      byEndpoint: usageLines,
      byKey: usageLines,
      byMember: usageLines,
      earlier: z
        .strictObject({ calls: countOut, cost: amountOut })
        .meta({ description: "The part that happened in an earlier month, and was posted in this one." }),
    }),
    grants: z.array(
      z.strictObject({
        id: z.string().meta({ example: "grt_…" }),
        kind: z.enum(GRANT_KINDS),
        source: z.string(),
        createdAt: timeOut,
        expiresAt: timeOut.nullable(),
        amount: amountOut,
        remaining: amountOut,
      }),
    ),
  })
  .meta({ id: "Statement" });
export type StatementAnswer = z.output<typeof statementSchema>;

export const statementListSchema = z
  .strictObject({
    data: z.array(z.strictObject({ ...heading, opening: amountOut, closing: amountOut, transactions: countOut })),
  })
  .meta({ id: "StatementList" });
export type StatementList = z.output<typeof statementListSchema>;

/** Transactions of a month as its paper lists them. */
export type StatementLine = {
  id: string;
  type: TransactionType;
  postedAt: string;
  transactions: number | string;
  amount: string;
  balanceAfter: string;
  description: string | null;
};
/** `count` is that of all lines of the month. */
export type StatementLines = { count: number; data: StatementLine[] };
