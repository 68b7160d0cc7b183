import type { KeyLimits, LimitsForm } from "@/lib/accounts/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { parseAmount } from "@/lib/kernel/money";

/** Limits as people write them, in minor units. Errors: validation_failed, naming the window. */
export function limitsOf({ total, day, week, month }: LimitsForm, scale: number): KeyLimits {
  const steps = (field: string, text: string | undefined): bigint | null => {
    if (text === undefined) return null;
    try {
      return parseAmount(text.replace(/^0+(?=\d)/, ""), scale);
    } catch (error) {
      if (!(error instanceof TollgateError)) throw error;
      throw new TollgateError("validation_failed", `${error.message}.`, { field });
    }
  };
  return {
    total: steps("total", total),
    day: steps("day", day),
    week: steps("week", week),
    month: steps("month", month),
  };
}
