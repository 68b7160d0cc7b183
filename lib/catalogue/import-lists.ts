/** Reads the price lists of models.dev and LiteLLM into entries of one shape: what was understood, and what was not. */
import { z } from "zod";
import { TollgateError } from "@/lib/kernel/errors";
import { type Field, LITELLM_FIELDS, MODELS_DEV_FIELDS } from "./import-fields";

/** `above` is the length of the prompt from which on the rate holds; `size` the searched context that it is for. */
export type Rate = Field & { field: string; value: number; above?: number; size?: string };
export type Entry = {
  model: string;
  provider: string;
  mode: string;
  label?: string;
  rates: Rate[];
  /** Fields that hold a price and that no component can say. */
  unused: { field: string; value: unknown }[];
};

const MONEY = /cost|pric/i;
const ABOVE = /^(.+)_above_(\d+)k_tokens$/;
const SEARCH_SIZE = /^search_context_size_([a-z]+)$/;
const PREFERRED = ["openai", "anthropic", "google", "mistral", "xai", "deepseek"];
const listed = z.record(z.string(), z.record(z.string(), z.unknown()));

/** Whether there is a number other than 0 anywhere in it, however it is written. */
function holdsPrice(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(holdsPrice);
  return value !== undefined && value !== null && typeof value !== "boolean" && Number(value) !== 0;
}

function readField(entry: Entry, fields: Record<string, Field>, name: string, value: unknown, above?: number): void {
  const [, base = name, thousands] = ABOVE.exec(name) ?? [];
  const field = Object.hasOwn(fields, base) ? fields[base] : undefined;
  const from = thousands === undefined ? above : Number(thousands) * 1000;
  if (field && typeof value === "number") {
    entry.rates.push({ ...field, field: name, value, ...(from !== undefined && { above: from }) });
  } else if (holdsPrice(value)) entry.unused.push({ field: name, value });
}

function readSearches(entry: Entry, value: unknown): void {
  for (const [name, rate] of Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(value))) {
    const field = `search_context_cost_per_query.${name}`;
    const size = SEARCH_SIZE.exec(name)?.[1];
    if (size && typeof rate === "number") {
      entry.rates.push({ meter: "web_search", listedPer: 1, field, value: rate, size });
    } else if (holdsPrice(rate)) entry.unused.push({ field, value: rate });
  }
}

/** Rates by the length of the prompt: `[{range: [0, 32000], input_cost_per_token: …}, …]`. */
function readTiers(entry: Entry, value: unknown): void {
  const tier = z.looseObject({ range: z.tuple([z.number(), z.number()]) });
  const tiers = z.array(tier).safeParse(value);
  if (!tiers.success) return void entry.unused.push({ field: "tiered_pricing", value });
  for (const { range, ...rates } of tiers.data) {
    const above = range[0] > 0 ? Math.round(range[0]) : undefined;
    for (const [name, rate] of Object.entries(rates)) readField(entry, LITELLM_FIELDS, name, rate, above);
  }
}

function liteLlmEntry(model: string, facts: Record<string, unknown>): Entry {
  const word = (value: unknown) => (typeof value === "string" ? value : "");
  const { litellm_provider: provider, mode } = facts;
  const entry: Entry = { model, provider: word(provider), mode: word(mode), rates: [], unused: [] };
  for (const [name, value] of Object.entries(facts)) {
    if (!MONEY.test(name)) continue;
    if (name === "search_context_cost_per_query") readSearches(entry, value);
    else if (name === "tiered_pricing") readTiers(entry, value);
    else readField(entry, LITELLM_FIELDS, name, value);
  }
  return entry;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(): TollgateError {
  return new TollgateError("validation_failed", "the price list is not a JSON object of models", { field: "file" });
}

/** LiteLLM's model_prices_and_context_window.json; its first entry only explains the others. */
export function readLiteLlm(text: string): Entry[] {
  const list = listed.safeParse(parseJson(text));
  if (!list.success) throw unreadable();
  return Object.entries(list.data)
    .filter(([model]) => model !== "sample_spec")
    .map(([model, facts]) => liteLlmEntry(model, facts));
}

const modelsDevModel = z.looseObject({
  name: z.string().optional(),
  last_updated: z.string().optional(),
  cost: z.record(z.string(), z.unknown()).optional(),
});
const modelsDevList = z.record(z.string(), z.looseObject({ models: z.record(z.string(), modelsDevModel) }));

function modelsDevEntry(model: string, provider: string, { name, cost = {} }: z.infer<typeof modelsDevModel>): Entry {
  const entry: Entry = { model, provider, mode: "", rates: [], unused: [], ...(name && { label: name }) };
  for (const [field, value] of Object.entries(cost)) {
    const longer = field === "context_over_200k" ? z.record(z.string(), z.unknown()).safeParse(value) : undefined;
    if (longer?.success) {
      for (const [inner, rate] of Object.entries(longer.data)) {
        readField(entry, MODELS_DEV_FIELDS, inner, rate, 200_000);
      }
    } else readField(entry, MODELS_DEV_FIELDS, field, value);
  }
  return entry;
}

/** models.dev's list, those that make a model before those that sell it on; `newest` is its latest entry's day. */
export function readModelsDev(list: unknown): { entries: Entry[]; newest: string } {
  const parsed = modelsDevList.safeParse(typeof list === "string" ? parseJson(list) : list);
  if (!parsed.success) throw unreadable();
  const providers = Object.keys(parsed.data).sort((a, b) => rank(a) - rank(b));
  let newest = "";
  const entries = providers.flatMap((provider) =>
    Object.entries(parsed.data[provider]?.models ?? {}).map(([model, facts]) => {
      if ((facts.last_updated ?? "") > newest) newest = facts.last_updated ?? "";
      return modelsDevEntry(model, provider, facts);
    }),
  );
  return { entries, newest };
}

function rank(provider: string): number {
  const place = PREFERRED.indexOf(provider);
  return place < 0 ? PREFERRED.length : place;
}
