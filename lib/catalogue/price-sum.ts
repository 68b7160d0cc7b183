import { multiplyDivide } from "@/lib/kernel/money";
import type { Price, Quantities } from "./compiled";
import { totalHolds } from "./conditions";

/**
 * What many calls cost together at standard prices, in the unit's steps, if all of them meet the same conditions on
 * totals: `totalOf` gives a call's sum of meters. Undefined if the price depends on options or the hour, or has no
 * component for a meter. Rounded once per component, so it is some steps from the sum of the single calls.
 */
export function priceSum(
  price: Price,
  quantities: Quantities,
  totalOf: (meters: readonly string[]) => bigint,
): bigint | undefined {
  let cost = 0n;
  for (const meter in quantities) {
    const quantity = quantities[meter];
    if (!quantity) continue;
    const priced = price.components.filter((component) => component.meter === meter);
    if (priced.some(({ conditions, period }) => conditions.length > 0 || period !== undefined)) return undefined;
    const met = priced.filter(({ total }) => total === undefined || totalHolds(total, totalOf(total.shown.meters)));
    if (met.length === 0) return undefined;
    for (const { amount, per } of met) cost += multiplyDivide(amount, quantity, per);
  }
  return cost;
}
