/** Prices a call. This runs for every hold, settle and charge, so it only looks up, multiplies and divides. */
import { TollgateError } from "@/lib/kernel/errors";
import { MAX_AMOUNT, multiplyDivide } from "@/lib/kernel/money";
import {
  type CallShape,
  type Catalogue,
  type Component,
  type Options,
  type Price,
  type Priced,
  type PriceLine,
  priceKey,
  type Quantities,
} from "./compiled";
import { totalHolds } from "./conditions";
import { periodAt } from "./periods";
import { refuseUncovered, unknownCall, unknownMeter, unknownOption, wrongValue } from "./refuse";

const NO_OPTIONS: Options = Object.freeze({});
const NO_SUMS: readonly bigint[] = Object.freeze([]);

function checkQuantities(price: Price, quantities: Quantities): void {
  for (const meter in quantities) {
    const maximum = price.maxima.get(meter);
    if (maximum === undefined) throw unknownMeter(price, meter);
    const quantity = quantities[meter] as bigint;
    if (quantity < 0n || (quantity === 0n && meter === "request")) {
      const rule =
        meter === "request" ? "must be at least 1: a call that did not run is released" : "must not be negative";
      throw new TollgateError("validation_failed", `${meter} ${rule}`, { field: `quantities.${meter}` });
    }
    if (quantity > maximum) {
      throw new TollgateError("validation_failed", `${price.model} takes at most ${maximum} ${meter} in one call`, {
        field: `quantities.${meter}`,
        meter,
        maximum: maximum.toString(),
        quantity: quantity.toString(),
      });
    }
  }
}

function resolveOptions(price: Price, given: Options): Options {
  for (const name in given) if (!price.options.has(name)) throw unknownOption(price, name);
  if (price.options.size === 0) return NO_OPTIONS;
  const resolved: Options = {};
  for (const [name, option] of price.options) {
    const value = given[name] ?? option.default;
    const fits = option.type === "boolean" ? typeof value === "boolean" : option.values.includes(value as string);
    if (!fits || value === null) throw wrongValue(name, option);
    resolved[name] = value;
  }
  return resolved;
}

function applies(component: Component, options: Options, sums: readonly bigint[], period: string | undefined): boolean {
  for (const [name, value] of component.conditions) if (options[name] !== value) return false;
  const { total } = component;
  if (total !== undefined && !totalHolds(total, sums[total.place] ?? 0n)) return false;
  return component.period === undefined || component.period === period;
}

function sumOf(meters: readonly string[], quantities: Quantities): bigint {
  let sum = 0n;
  for (const meter of meters) sum += quantities[meter] ?? 0n;
  return sum;
}

function lineOf(component: Component, quantity: bigint): PriceLine {
  const { meter, amount, per, when, total, period, label } = component;
  const line: PriceLine = {
    meter,
    quantity,
    amount: per === 1n ? amount * quantity : multiplyDivide(amount, quantity, per),
    unitAmount: amount,
    per,
  };
  if (when !== undefined) line.when = when;
  if (total !== undefined) line.whenTotal = total.shown;
  if (period !== undefined) line.whenPeriod = period;
  if (label !== undefined) line.label = label;
  return line;
}

/** The lines of the components that apply; `uncovered` takes a meter that is counted and that none of them prices. */
function linesOf(
  price: Price,
  quantities: Quantities,
  options: Options,
  period: string | undefined,
  uncovered: (price: Price, meter: string, options: Options, period: string | undefined) => void,
): PriceLine[] {
  const { components, totals } = price;
  const sums = totals.length === 0 ? NO_SUMS : totals.map((meters) => sumOf(meters, quantities));
  const lines: PriceLine[] = [];
  for (let place = 0; place < components.length; ) {
    const { meter } = components[place] as Component;
    const quantity = quantities[meter];
    const before = lines.length;
    for (; components[place]?.meter === meter; place += 1) {
      const component = components[place] as Component;
      if (quantity && applies(component, options, sums, period)) lines.push(lineOf(component, quantity));
    }
    if (quantity && lines.length === before) uncovered(price, meter, options, period);
  }
  return lines;
}

/**
 * The price of a call in the unit's steps, line by line; each component is multiplied, then divided once, half up. `at`
 * is when the call was opened, in milliseconds since 1970; it tells the period where prices depend on the hour.
 * Errors: validation_failed (unknown endpoint, model, meter or option; negative; over a maximum; no price; too large).
 */
export function priceCall(
  catalogue: Catalogue,
  call: CallShape,
  at: number,
  period: string | undefined = catalogue.periods === null ? undefined : periodAt(catalogue.periods, at),
): Priced {
  const price = catalogue.priceIndex.get(priceKey(call.endpoint, call.model));
  if (!price) throw unknownCall(catalogue, call);
  checkQuantities(price, call.quantities);
  const options = resolveOptions(price, call.options);
  const quantities =
    price.countsRequests && call.quantities.request === undefined
      ? { ...call.quantities, request: 1n }
      : call.quantities;
  // A charged meter is never free by omission.
  const lines = linesOf(price, quantities, options, period, refuseUncovered);
  let cost = 0n;
  for (const line of lines) cost += line.amount;
  if (cost > MAX_AMOUNT) {
    throw new TollgateError("validation_failed", "these quantities cost more than an amount can hold", {
      field: "quantities",
    });
  }
  return { cost, lines, billable: price.billable, model: price.model, quantities, charged: price.charged };
}

/**
 * How a call of the past was priced, line by line. A meter that its version did not price costs nothing here, because
 * it cost nothing then. Errors: as priceCall.
 */
export function pastLines(catalogue: Catalogue, call: CallShape, at: number): PriceLine[] {
  const price = catalogue.priceIndex.get(priceKey(call.endpoint, call.model));
  if (!price) throw unknownCall(catalogue, call);
  const period = catalogue.periods === null ? undefined : periodAt(catalogue.periods, at);
  return linesOf(price, call.quantities, resolveOptions(price, call.options), period, () => undefined);
}

/** The plan's price of a call: the standard price minus the plan's discount, rounded half up. */
export function planPrice(cost: bigint, discountPercent: number): bigint {
  return discountPercent === 0 ? cost : multiplyDivide(cost, BigInt(100 - discountPercent), 100n);
}

/** Quantities as an array in the order of the catalogue's meters, without trailing zeros. */
export function slots(catalogue: Catalogue, quantities: Quantities): bigint[] {
  const counts: bigint[] = [];
  for (const meter in quantities) {
    const slot = catalogue.meterSlots.get(meter);
    const quantity = quantities[meter];
    if (slot === undefined || !quantity) continue;
    while (counts.length <= slot) counts.push(0n);
    counts[slot] = quantity;
  }
  return counts;
}
