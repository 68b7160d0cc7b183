/** What several forms of accounts hold. */
import { z } from "zod";
import { ROLES } from "@/lib/kernel/permissions";
import { amountOut, timeOut } from "@/lib/kernel/wire";

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
const NO_CONTROL = /^[^\u0000-\u001f\u007f]*$/;

/** What a gateway calls a customer: an identifier of its own making, and no name. */
export const externalIdField = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(NO_CONTROL, { error: "must not hold control characters" })
  .refine((text) => text.isWellFormed(), { error: "must be well-formed text" });

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

export const roleField = z.enum(ROLES);
