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
import { unknownCall, unknownMeter, unknownOption, wrongValue } from "./refuse";

const NO_OPTIONS: Options = Object.freeze({});

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

function applies(component: Component, options: Options): boolean {
  for (const [name, value] of component.conditions) if (options[name] !== value) return false;
  return true;
}

function lineOf(component: Component, quantity: bigint): PriceLine {
  const { meter, amount, per, when, label } = component;
  const line: PriceLine = {
    meter,
    quantity,
    amount: per === 1n ? amount * quantity : multiplyDivide(amount, quantity, per),
    unitAmount: amount,
    per,
  };
  if (when !== undefined) line.when = when;
  if (label !== undefined) line.label = label;
  return line;
}

/**
 * The price of a call in the unit's steps, line by line; each component is multiplied, then divided once, half up.
 * Errors: validation_failed (unknown endpoint, model, meter or option; negative; over a maximum; too large).
 */
export function priceCall(catalogue: Catalogue, call: CallShape): Priced {
  const price = catalogue.priceIndex.get(priceKey(call.endpoint, call.model));
  if (!price) throw unknownCall(catalogue, call);
  checkQuantities(price, call.quantities);
  const options = resolveOptions(price, call.options);
  const quantities =
    price.countsRequests && call.quantities.request === undefined
      ? { ...call.quantities, request: 1n }
      : call.quantities;
  const lines: PriceLine[] = [];
  let cost = 0n;
  for (const component of price.components) {
    const quantity = quantities[component.meter];
    if (!quantity || !applies(component, options)) continue;
    const line = lineOf(component, quantity);
    lines.push(line);
    cost += line.amount;
  }
  if (cost > MAX_AMOUNT) {
    throw new TollgateError("validation_failed", "these quantities cost more than an amount can hold", {
      field: "quantities",
    });
  }
  return { cost, lines, billable: price.billable, quantities };
}

/** What the call costs when the plan pays it: the standard price less the plan's discount, half up. */
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
