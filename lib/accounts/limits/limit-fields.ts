/** Limits and windows of keys and members in decimals of the unit. */
import { currentCatalogue } from "@/lib/catalogue";
import { formatAmount } from "@/lib/kernel/money";
import { type Key, type KeyLimits, LIMIT_WINDOWS } from "../schema";
import type { Windows } from "./limit-schema";

/** The windows that have a limit, as decimals of the unit. */
export function limitAuditFields(limits: { [Window in keyof KeyLimits]: bigint | string | null | undefined }) {
  const { scale } = currentCatalogue().catalogue.unit;
  const set = LIMIT_WINDOWS.flatMap((window) => {
    const limit = limits[window];
    return limit === null || limit === undefined ? [] : [[window, formatAmount(BigInt(limit), scale)]];
  });
  return Object.fromEntries(set) as Record<string, string>;
}

/** Every window in its order, as it is answered. */
export function windowAnswers(windows: Windows, scale: number): Key["limits"] {
  const amount = (value: bigint) => formatAmount(value, scale);
  return LIMIT_WINDOWS.map((window) => {
    const { limit, spent, held, resetsAt } = windows[window];
    return {
      window,
      limit: limit === null ? null : amount(limit),
      spent: amount(spent),
      held: amount(held),
      resetsAt: resetsAt?.toISOString() ?? null,
    };
  });
}
