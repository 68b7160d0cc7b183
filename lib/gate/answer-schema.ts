/** What the gate answers, as it stands on the wire: amounts are decimal strings. Safe for the browser. */
import { z } from "zod";
import { priceConditions } from "@/lib/catalogue/schema";
import { amountOut, countOut, timeOut } from "@/lib/kernel/wire";

const funding = z
  .strictObject({ plan: amountOut, prepaid: amountOut })
  .meta({ description: "What the plan's allowance pays and what prepaid credit pays." });
const available = amountOut.meta({ description: "What is left for further calls, right after this one." });
const transaction = z.string().nullable().meta({ description: "Null for a call that costs nothing." });

/** The meter of the line that is a plan's discount; no catalogue counts anything by this name. */
export const DISCOUNT_LINE = "discount";
export const priceLine = z.strictObject({
  meter: z.string(),
  quantity: countOut,
  unitAmount: amountOut.meta({ description: "What `per` units cost." }),
  per: countOut,
  amount: amountOut,
  ...priceConditions,
  label: z.string().optional(),
});
export const quoteAnswer = z
  .strictObject({
    cost: amountOut,
    lines: z.array(priceLine).meta({
      description: "They sum to `cost`. The line of the meter `discount` is what the customer's plan takes off.",
    }),
    affordable: z.boolean().nullable().meta({ description: "Null when no customer was named." }),
  })
  .meta({ id: "Quote" });
export const holdAnswer = z
  .strictObject({
    id: z.string().meta({ example: "hold_…" }),
    state: z.literal("open"),
    ceiling: amountOut.meta({ description: "What is reserved: the most that the call can cost." }),
    funding,
    available,
    expiresAt: timeOut,
  })
  .meta({ id: "Hold" });
export const settleAnswer = z
  .strictObject({
    id: z.string(),
    state: z.literal("settled"),
    cost: amountOut,
    released: amountOut.meta({ description: "The part of the hold that was released." }),
    waived: amountOut.meta({ description: "The cost above the ceiling, which was not charged." }),
    funding,
    transaction,
    available,
  })
  .meta({ id: "Settlement" });
export const releaseAnswer = z
  .strictObject({ id: z.string(), state: z.literal("released"), released: amountOut, available })
  .meta({ id: "Release" });
export const extendAnswer = z
  .strictObject({ id: z.string(), state: z.literal("open"), expiresAt: timeOut })
  .meta({ id: "Extension" });
export const chargeAnswer = z
  .strictObject({
    id: z.string().meta({ example: "chg_…" }),
    cost: amountOut,
    funding,
    transaction,
    available,
  })
  .meta({ id: "Charge" });
export const lateChargeAnswer = chargeAnswer
  .extend({
    hold: z.string().meta({ example: "hold_…" }),
    owed: amountOut.meta({ description: "What of the cost became debt, which the next credit pays first." }),
    waived: amountOut.meta({ description: "What the call cost beyond the hold's ceiling and was not taken." }),
    unfunded: amountOut.meta({
      description: "What could not be paid and is not owed, by the catalogue's `lateUsage`.",
    }),
  })
  .meta({ id: "LateCharge" });
export const refundAnswer = z
  .strictObject({
    id: z.string().meta({ description: "The charge or hold." }),
    refunded: amountOut,
    funding,
    transaction,
    available,
  })
  .meta({ id: "Refund" });
export const batchAnswer = z
  .strictObject({
    results: z.array(
      z.strictObject({
        status: z.int().meta({ description: "The response of the single operation." }),
        body: z.unknown().meta({ description: "The operation's answer, or its problem." }),
      }),
    ),
  })
  .meta({ id: "BatchAnswer" });

export type QuoteAnswer = z.infer<typeof quoteAnswer>;
export type HoldAnswer = z.infer<typeof holdAnswer>;
export type SettleAnswer = z.infer<typeof settleAnswer>;
export type ReleaseAnswer = z.infer<typeof releaseAnswer>;
export type ExtendAnswer = z.infer<typeof extendAnswer>;
export type ChargeAnswer = z.infer<typeof chargeAnswer>;
export type LateChargeAnswer = z.infer<typeof lateChargeAnswer>;
export type RefundAnswer = z.infer<typeof refundAnswer>;
export type BatchBody =
  | QuoteAnswer
  | HoldAnswer
  | SettleAnswer
  | ReleaseAnswer
  | ExtendAnswer
  | ChargeAnswer
  | RefundAnswer;
/** What the verb `batch` answers for each item, in their order; the adapter puts errors into their shape. */
export type BatchOutcome = { status: 200 | 201; body: BatchBody } | { error: unknown };
