import { TollgateError } from "@/lib/kernel/errors";
import { planLimitReached } from "@/lib/ledger";

/** What the functions of accounts raise, as errors that a caller can act on. */
export async function mapped<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message, detail } = error as { code?: string; message: string; detail?: string };
    const sentence = `${message[0]?.toUpperCase()}${message.slice(1)}.`;
    if (code === "TG422") throw new TollgateError("validation_failed", sentence);
    if (code === "TG409") throw new TollgateError("conflict", sentence);
    if (code === "TG403") throw planLimitReached(detail);
    if (code === "TG429")
      throw new TollgateError("rate_limited", `${sentence} Try again tomorrow.`, { retryAfter: 3_600 });
    if (code === "P0002") throw new TollgateError("not_found", "There is no such organization.");
    throw error;
  }
}
