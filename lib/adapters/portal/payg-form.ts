import { TollgateError } from "@/lib/kernel/errors";
import { parseAmount } from "@/lib/kernel/money";
import type { PaygForm } from "@/lib/plans/schema";

/** The switch and its limit in minor units. Errors: validation_failed, at the amount. */
export function paygOf({ mode, limit }: PaygForm, scale: number): { enabled: boolean; limit: bigint | null } {
  if (mode !== "limit") return { enabled: mode === "unlimited", limit: null };
  try {
    return { enabled: true, limit: parseAmount((limit ?? "").replace(/^0+(?=\d)/, ""), scale) };
  } catch (error) {
    if (!(error instanceof TollgateError)) throw error;
    throw new TollgateError("validation_failed", `${error.message}.`, { field: "limit" });
  }
}
