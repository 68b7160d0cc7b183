/** The call that the reader has in mind, as it stands in the address: `endpoint`, `model`, `q` and `o`. */
import { createParser, parseAsString } from "nuqs/server";
import type { ListedPrice } from "@/lib/catalogue/schema";
import type { SnippetCall } from "./snippets";

type Pairs = Record<string, string>;

const part = (text: string) => encodeURIComponent(text).replaceAll("%20", "+");

function readPart(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** `input_token:1200,output_token:500`. */
const pairs = createParser<Pairs>({
  parse(text) {
    const read: Pairs = {};
    for (const piece of text.split(",")) {
      const [name = "", value = ""] = piece.split(":").map(readPart);
      if (name && value !== undefined) read[name] = value;
    }
    return read;
  },
  serialize: (value) =>
    Object.entries(value)
      .map(([name, inner]) => `${part(name)}:${part(inner)}`)
      .join(","),
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

export const callParsers = { endpoint: parseAsString, model: parseAsString, q: pairs, o: pairs };
export type CallState = { endpoint: string | null; model: string | null; q: Pairs | null; o: Pairs | null };

/** The first question of the calculator: a request of usual size. */
const USUAL: Record<string, number> = { input_token: 1_200, output_token: 500 };
const COUNT = /^(?:0|[1-9][0-9]{0,15})$/;

/** The price that the address names; without a valid name, the first of the list. */
export function chosenPrice(prices: readonly ListedPrice[], { endpoint, model }: CallState): ListedPrice | undefined {
  const within = prices.filter((price) => price.endpoint === endpoint);
  const named = within.find((price) => price.model === model || (model !== null && price.aliases.includes(model)));
  return named ?? within[0] ?? prices[0];
}

/** The meters that the reader counts: `request` is one by itself. */
export function countedMeters(price: ListedPrice): string[] {
  return Object.keys(price.maxima).filter((meter) => meter !== "request");
}

function usualCount(price: ListedPrice, meter: string): number {
  if (!price.lines.some((line) => line.meter === meter)) return 0;
  return Math.min(USUAL[meter] ?? 1, Number(price.maxima[meter] ?? 1));
}

/** A count as it was typed; NaN is one that the API would refuse. */
export function readCount(text: string): number {
  return COUNT.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : Number.NaN;
}

function quantitiesOf(price: ListedPrice, q: Pairs | null): Record<string, number> {
  const counts = countedMeters(price).map((meter): [string, number] => {
    const typed = q?.[meter];
    const count = typed === undefined ? usualCount(price, meter) : readCount(typed);
    return [meter, Number.isNaN(count) ? 0 : count];
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function optionsOf(price: ListedPrice, o: Pairs | null): SnippetCall["options"] {
  const entries = price.options.map(({ name, type, values, default: usual }): [string, string | boolean] => {
    const typed = o?.[name];
    if (type === "boolean") return [name, typed === undefined ? usual === true : typed === "true"];
    const fallback = typeof usual === "string" ? usual : (values?.[0] ?? "");
    return [name, typed !== undefined && values?.includes(typed) ? typed : fallback];
  });
  return Object.fromEntries(entries);
}

/** The call as the API takes it, whole whatever the address says. */
export function callOf(price: ListedPrice, { q, o }: CallState): SnippetCall {
  return {
    endpoint: price.endpoint,
    model: price.model,
    quantities: quantitiesOf(price, q),
    options: optionsOf(price, o),
  };
}
