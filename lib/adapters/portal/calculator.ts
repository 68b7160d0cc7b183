import { quote } from "@/lib/gate";
import { DISCOUNT_LINE, type QuoteAnswer, quoteRequest } from "@/lib/gate/schema";
import { floorSignificant, formatAmount, parseAmount } from "@/lib/kernel/money";
import { balance } from "@/lib/ledger";
import { known } from "../http/problem";
import type { PortalRequest } from "./session";

const SHOWN_DIGITS = 2;

/** `available`, `firstCall`, `remains` and `short` are decimals; `buys` counts calls like this one, floored to two digits. */
export type Calculation =
  | {
      quote: QuoteAnswer;
      discountPercent: number;
      available: string;
      /** What the first call brings, while it has not been made. */
      firstCall: string | null;
      remains: string | null;
      short: string | null;
      buys: string | null;
    }
  | { refused: string };

/** The API's quote for the signed-in organization beside its balance; a call that has no price is answered in words. */
export async function calculate({ ctx, catalogue }: PortalRequest, call: object): Promise<Calculation> {
  const { scale } = catalogue.unit;
  try {
    const [quoted, { available, spendable, firstCall, plan }] = await Promise.all([
      quote(ctx, quoteRequest.parse(call)),
      balance(ctx),
    ]);
    const cost = parseAmount(quoted.cost, scale);
    const print = (amount: bigint) => formatAmount(amount, scale);
    const fits = quoted.affordable === true && cost > 0n;
    return {
      // The page makes the discount's line itself, as on the page of a call.
      quote: { ...quoted, lines: quoted.lines.filter(({ meter }) => meter !== DISCOUNT_LINE) },
      discountPercent: (plan && catalogue.planIndex.get(plan.id)?.discountPercent) ?? 0,
      available: print(available),
      firstCall: firstCall > 0n ? print(firstCall) : null,
      // The first call adds its own credit before it is paid.
      remains: fits ? print(available + firstCall - cost) : null,
      short: cost > available + firstCall ? print(cost - available - firstCall) : null,
      buys: fits ? floorSignificant(spendable / cost, SHOWN_DIGITS).toString() : null,
    };
  } catch (error) {
    const { code, message } = known(error);
    if (code !== "validation_failed") throw error;
    return { refused: `${message}.`.replace(/\.\.$/, ".") };
  }
}
