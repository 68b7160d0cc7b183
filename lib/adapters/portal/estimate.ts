import { priceCall } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { ownQuoteRequest } from "@/lib/gate/schema";
import { formatAmount } from "@/lib/kernel/money";
import { known } from "../http/problem";

/** `cost` is a decimal; zero of a call that is free. */
export type Estimate = { cost: string } | { refused: string };

/** What a call costs at the list's price at `now`, for everyone; a call that has no price is answered in words. */
export function estimate(catalogue: Catalogue, call: object, now: Date): Estimate {
  try {
    const { options = {}, ...asked } = ownQuoteRequest.parse(call);
    const { cost } = priceCall(catalogue, { ...asked, options }, now.getTime());
    return { cost: formatAmount(cost, catalogue.unit.scale) };
  } catch (error) {
    const { code, message } = known(error);
    if (code !== "validation_failed") throw error;
    return { refused: message };
  }
}
