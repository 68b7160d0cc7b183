/** A call that ran with unknown usage: the catalogue says what it costs. */
import { planPrice, priceCall, slots } from "@/lib/catalogue";
import type { Catalogue, Quantities } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { idTime } from "@/lib/kernel/ids";
import { readReserved } from "./call-store";
import type { GateContext } from "./context";
import { arrayText } from "./draft";
import type { FoundHold } from "./hold-terms";
import type { Operation } from "./operation";

/** The declared quantities of the meters that are known before a call runs; a request is one of them. */
function inputOf(catalogue: Catalogue, declared: readonly bigint[]): Quantities {
  const input: Quantities = {};
  for (const { name, slot, knownBefore } of catalogue.meters) {
    const count = declared[slot] ?? 0n;
    if (knownBefore && count > 0n) input[name] = count;
  }
  return input;
}

/**
 * The hold's ceiling with its declared quantities, or its declared input alone where the catalogue says so. A price
 * that charges no input takes the ceiling anyway: missing usage is never free.
 */
export async function unknownUsage(
  ctx: GateContext,
  found: FoundHold,
  catalogue: Catalogue,
): Promise<Pick<Operation, "price" | "planPrice" | "quantities" | "options" | "usage">> {
  const reserved = await readReserved(ctx.db, found);
  if (!reserved) throw new TollgateError("not_found", "There is no object with this id.");
  const { quantities: declared, ceiling: price } = reserved;
  const { endpoint, model, options, discountPercent } = found.terms;
  if (catalogue.unknownUsage === "input") {
    const quantities = inputOf(catalogue, declared);
    const priced = priceCall(catalogue, { endpoint, model, options, quantities }, idTime(found.id));
    if (priced.charged.some((meter) => (quantities[meter] ?? 0n) > 0n)) {
      return {
        price: priced.cost,
        planPrice: planPrice(priced.cost, discountPercent),
        quantities: arrayText(slots(catalogue, priced.quantities)),
        options: null,
        usage: "unknown",
      };
    }
  }
  return { price, planPrice: price, quantities: arrayText(declared), options: null, usage: "unknown" };
}
