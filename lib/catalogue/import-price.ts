/** Makes a catalogue's price of an entry of another list: each rate becomes a component or a warning. */
import { roundDecimal, shiftDecimal } from "@/lib/kernel/money";
import { alternatives, countsByTheMillion, isToken, placeOf, promptMeters } from "./import-fields";
import type { Entry, Rate } from "./import-lists";

type Per = 1 | 1000 | 1_000_000;
type Total = { meters: string[]; above?: number; upTo?: number };
export type ImportedComponent = {
  meter: string;
  amount: string;
  per: Per;
  when?: Record<string, string>;
  whenTotal?: Total;
};
export type ImportedPrice = {
  endpoint: string;
  model: string;
  label?: string;
  options?: Record<string, { type: "choice"; values: string[]; default: string }>;
  components: ImportedComponent[];
  uncharged?: string[];
};
/** Dollars have nine digits in the presets. */
const DIGITS = 9;
/** A float keeps fifteen digits; further digits are noise of the computation. */
const FLOAT_DIGITS = 15;
const SIZES = ["low", "medium", "high"];

/** Why an entry has no price here, said of the model: "has a negative price". */
export class Skip extends Error {}

function decimals(text: string): number {
  return text.split(".")[1]?.length ?? 0;
}

/** The rate without a float's noise, per the smallest number that says it exactly. */
function amountOf({ meter, value, listedPer }: Rate, warn: (text: string) => void, field: string) {
  const text = String(Number(value.toPrecision(FLOAT_DIGITS)));
  const sizes: Per[] = countsByTheMillion(meter) ? [1_000_000] : [1, 1000, 1_000_000];
  const shifted = sizes.map((per) => ({ per, amount: shiftDecimal(text, Math.log10(per / listedPer)) }));
  const exact = shifted.find(({ amount }) => decimals(amount) <= DIGITS);
  if (exact) return exact;
  const { per, amount } = shifted.at(-1) as { per: Per; amount: string };
  const rounded = roundDecimal(amount, DIGITS);
  warn(`${field} is ${amount} per ${per}, rounded to ${rounded}`);
  return { per, amount: rounded };
}

/** One rate for each meter, tier and size; a list may name a rate twice, and then both must say the same. */
function unique(rates: readonly Rate[], warn: (text: string) => void): Rate[] {
  const kept = new Map<string, Rate>();
  for (const rate of rates) {
    const key = [rate.meter, rate.above ?? 0, rate.size ?? ""].join(" ");
    const first = kept.get(key);
    if (!first) kept.set(key, rate);
    else if (first.value !== rate.value) {
      warn(`${rate.field} ${rate.value} is not imported; ${first.field} says ${first.value}`);
    }
  }
  return [...kept.values()];
}

/**
 * A rate for long prompts needs one for short ones, or short prompts would be free; and it is not lower, or the hold of
 * a long prompt would not do for a shorter one.
 */
function rising(rates: readonly Rate[], warn: (text: string) => void): Rate[] {
  const reached = new Map<string, number>();
  const sorted = [...rates].sort((a, b) => (a.above ?? 0) - (b.above ?? 0));
  return sorted.filter(({ meter, field, value, above, size }) => {
    const key = `${meter} ${size ?? ""}`;
    const below = reached.get(key);
    if (above !== undefined && (below === undefined || value < below)) {
      const rate = below === undefined ? "no rate" : `a higher rate, ${below},`;
      warn(`${field} ${value} is not imported; there is ${rate} for shorter prompts`);
      return false;
    }
    reached.set(key, value);
    return true;
  });
}

function withoutDearCache(rates: readonly Rate[], warn: (text: string) => void): Rate[] {
  const fresh = rates.find(({ meter, above }) => meter === "input_token" && above === undefined)?.value;
  const dear = rates.find((rate) => {
    return rate.meter === "cached_input_token" && rate.above === undefined && fresh !== undefined && rate.value > fresh;
  });
  if (!dear) return [...rates];
  warn(`${dear.field} ${dear.value} for cached tokens is more than ${fresh} for fresh ones; left out`);
  return rates.filter(({ meter }) => meter !== dear.meter);
}

function totalOf(rate: Rate, rates: readonly Rate[], prompt: string[]): Total | undefined {
  const steps = rates.flatMap(({ meter, above }) => (meter === rate.meter && above !== undefined ? [above] : []));
  const upTo = steps.filter((step) => step > (rate.above ?? 0)).sort((a, b) => a - b)[0];
  if (rate.above === undefined && upTo === undefined) return undefined;
  return {
    meters: prompt,
    ...(rate.above !== undefined && { above: rate.above }),
    ...(upTo !== undefined && { upTo }),
  };
}

/** As calls use them: what every call counts first, short prompts before long ones. */
function byPlace(a: Rate, b: Rate): number {
  const sizes = SIZES.indexOf(a.size ?? "") - SIZES.indexOf(b.size ?? "");
  return placeOf(a.meter) - placeOf(b.meter) || (a.above ?? 0) - (b.above ?? 0) || sizes;
}

type Choice = { when?: Record<string, string>; options?: ImportedPrice["options"] };

/** Web searches cost by how much context they read; where all sizes cost the same there is nothing to choose. */
function sizesOf(rates: readonly Rate[]): { rates: Rate[]; choice: (rate: Rate) => Choice } {
  const sized = rates.filter(({ size }) => size !== undefined);
  if (new Set(sized.map(({ value }) => value)).size < 2) {
    const first = sized[0];
    return { rates: rates.filter((rate) => rate.size === undefined || rate === first), choice: () => ({}) };
  }
  const values = sized.flatMap(({ size = "" }) => size);
  const usual = values.includes("medium") ? "medium" : (values[0] ?? "");
  const options = { searchContext: { type: "choice" as const, values, default: usual } };
  return { rates: [...rates], choice: ({ size }) => (size ? { when: { searchContext: size }, options } : {}) };
}

function refuseNegative({ rates }: Entry): void {
  const negative = rates.find(({ value }) => value < 0);
  if (negative) throw new Skip(`has a negative price, ${negative.field} ${negative.value}`);
}

/**
 * Tokens that cost nothing where something else is charged are counted and not charged, so that they pay for no call.
 */
function split(rates: readonly Rate[], { unused }: Entry): { charged: Rate[]; uncharged: string[] } {
  const lost = unused[0];
  if (rates.length === 0)
    throw new Skip(lost ? `has no price that can be imported, only ${lost.field}` : "has no price");
  if (rates.every(({ value }) => value === 0)) {
    if (!lost) return { charged: [...rates], uncharged: [] };
    throw new Skip(
      `would be free: its rates are 0, and ${lost.field} ${JSON.stringify(lost.value)} cannot be imported`,
    );
  }
  const tokens = rates.filter(({ meter }) => isToken(meter));
  if (tokens.some(({ value }) => value > 0)) return { charged: [...rates], uncharged: [] };
  return {
    charged: rates.filter(({ meter }) => !isToken(meter)),
    uncharged: [...new Set(tokens.map(({ meter }) => meter))],
  };
}

/** Errors: Skip. `warn` gets each rate that the list has and the price does not. */
export function toPrice(endpoint: string, entry: Entry, warn: (text: string) => void): ImportedPrice {
  refuseNegative(entry);
  for (const { field, value } of entry.unused) {
    warn(`${field} ${JSON.stringify(value)} is not imported; no meter or condition fits it`);
  }
  const known = withoutDearCache(rising(unique(entry.rates, warn), warn), warn);
  const { charged, uncharged } = split(known, entry);
  const { rates, choice } = sizesOf([...charged].sort(byPlace));
  for (const [one, other] of alternatives(new Set(rates.map(({ meter }) => meter)))) {
    warn(`has prices for ${one} and for ${other}; a call that counts the same thing as both pays twice`);
  }
  const prompt = promptMeters(new Set([...rates.map(({ meter }) => meter), ...uncharged]));
  let options: ImportedPrice["options"];
  const components = rates.map((rate): ImportedComponent => {
    const chosen = choice(rate);
    options ??= chosen.options;
    const whenTotal = totalOf(rate, rates, prompt);
    const { amount, per } = amountOf(rate, warn, rate.field);
    const when = chosen.when;
    return { meter: rate.meter, amount, per, ...(when && { when }), ...(whenTotal && { whenTotal }) };
  });
  const { model, label } = entry;
  const more = { ...(options && { options }), components, ...(uncharged.length > 0 && { uncharged }) };
  return { endpoint, model, ...(label && { label }), ...more };
}
