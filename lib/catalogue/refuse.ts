/** Messages for a call that cannot be priced: each names the problem and the right values. */
import { TollgateError } from "@/lib/kernel/errors";
import type { CallShape, Catalogue, Option, Options, Price } from "./compiled";

const LONGEST_SHOWN = 60;
const CLOSE_ENOUGH = 0.5;

function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** Another candidate that reads most like `wanted`, or undefined when none is close. */
export function nearest(wanted: string, candidates: Iterable<string>): string | undefined {
  const word = wanted.slice(0, LONGEST_SHOWN).toLowerCase();
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === wanted) continue;
    const steps = distance(word, candidate.toLowerCase());
    if (steps < bestDistance && steps <= Math.max(word.length, candidate.length) * CLOSE_ENOUGH) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}

function refusal(field: string, what: string, wanted: string, candidates: string[]): TollgateError {
  const guess = nearest(wanted, candidates);
  const hint = guess ? `; did you mean ${guess}?` : "";
  return new TollgateError("validation_failed", `${what}${hint}`, { field, ...(guess && { nearest: guess }) });
}

export function unknownCall(catalogue: Catalogue, call: CallShape): TollgateError {
  const endpoints = [...new Set(catalogue.prices.map((price) => price.endpoint))];
  if (!endpoints.includes(call.endpoint)) {
    return refusal("endpoint", `there is no endpoint "${shown(call.endpoint)}"`, call.endpoint, endpoints);
  }
  const models = catalogue.prices
    .filter((price) => price.endpoint === call.endpoint)
    .flatMap((price) => [price.model, ...price.aliases]);
  const what = `endpoint ${call.endpoint} has no model "${shown(call.model)}"`;
  return refusal("model", what, call.model, models);
}

export function unknownMeter(price: Price, meter: string): TollgateError {
  const what = `${price.model} does not count "${shown(meter)}"`;
  return refusal(`quantities.${shown(meter)}`, what, meter, [...price.maxima.keys()]);
}

export function unknownOption(price: Price, name: string): TollgateError {
  const what = `${price.model} has no option "${shown(name)}"`;
  return refusal(`options.${shown(name)}`, what, name, [...price.options.keys()]);
}

/** A meter that the call counts and that nothing prices under its options: a hole in the operator's catalogue. */
export function refuseUncovered(price: Price, meter: string, options: Options, period: string | undefined): never {
  const given = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  if (period !== undefined && price.components.some((component) => component.period !== undefined)) {
    given.push(`period=${period}`);
  }
  const where = given.length > 0 ? ` with ${given.join(", ")}` : " at these quantities";
  const what = `${price.model} has no price for ${meter}${where}; leave ${meter} out, or choose other options`;
  throw new TollgateError("validation_failed", what, { field: `quantities.${meter}`, meter, options });
}

export function wrongValue(name: string, option: Option): TollgateError {
  const allowed = option.type === "boolean" ? ["true", "false"] : [...option.values];
  return new TollgateError("validation_failed", `option ${name} must be one of: ${allowed.join(", ")}`, {
    field: `options.${name}`,
    allowed,
  });
}
