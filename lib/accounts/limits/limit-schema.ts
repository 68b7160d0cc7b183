/** Spending limits of a key or a member, and their use. */
import { z } from "zod";
import { amountOut, timeOut } from "@/lib/kernel/wire";

/** In minor units; null or left out is no limit. */
const limit = z.bigint().min(0n).nullish();
export const keyLimitsSchema = z.strictObject({ total: limit, day: limit, week: limit, month: limit });
export type KeyLimits = z.infer<typeof keyLimitsSchema>;

export const LIMIT_WINDOWS = ["total", "day", "week", "month"] as const;
export type LimitWindow = (typeof LIMIT_WINDOWS)[number];

/** `resetsAt` is null for the window that never resets. */
export type KeyWindow = { limit: bigint | null; spent: bigint; held: bigint; resetsAt: Date | null };
export type Windows = Record<LimitWindow, KeyWindow>;

/** Every window in its order, also those without a limit. */
export const windowsField = z.array(
  z.strictObject({
    window: z.enum(LIMIT_WINDOWS),
    limit: amountOut.nullable().meta({ description: "Null is no limit." }),
    spent: amountOut,
    held: amountOut,
    resetsAt: timeOut.nullable().meta({ description: "Null for the window that never resets." }),
  }),
);

/** A decimal of the unit; left out is no limit. */
const decimal = z
  .string()
  .trim()
  .regex(/^[0-9]{1,18}(?:\.[0-9]{1,9})?$/, { error: "Write an amount such as 5 or 2.50." })
  .optional();
/** Limits as people write them: decimals of the unit. */
export const limitsForm = z.strictObject({ total: decimal, day: decimal, week: decimal, month: decimal });
export type LimitsForm = z.infer<typeof limitsForm>;
