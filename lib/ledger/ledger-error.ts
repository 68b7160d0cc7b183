/** What the ledger's single functions raise, as errors that a caller can act on. */
import { TollgateError } from "@/lib/kernel/errors";

type Raised = { code?: string; message: string; detail?: string };

/** `conflict` makes the 409 of the verb from the function's detail. */
export async function mapRaised<T>(work: Promise<T>, conflict: (detail: string) => TollgateError): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message, detail } = error as Raised;
    if (code === "P0002") throw new TollgateError("not_found", "There is no object with this id.");
    if (code === "TG409") throw conflict(detail ?? "");
    if (code === "TG422")
      throw new TollgateError("validation_failed", `${message[0]?.toUpperCase()}${message.slice(1)}.`);
    if (code === "55P03" || code === "40P01" || code === "57P01") {
      throw new TollgateError("overloaded", "The ledger is busy. Retry with the same key.", { retryAfter: 1 });
    }
    throw error;
  }
}
