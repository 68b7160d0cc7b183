import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Imported, importPrices } from "./import";
import { printPrices } from "./import-print";
import { parseCatalogue, readCatalogueText } from "./load";
import { priceCall } from "./price";

const text = await readFile("lib/catalogue/fixtures/litellm-prices.json", "utf8");
const file = { text, name: "prices.json", changed: new Date("2026-07-24T12:00:00Z") };
const million = 1_000_000;

const importAll = (models: string[] | "all", more: { mode?: string; provider?: string } = {}) =>
  importPrices({ source: "litellm", endpoint: "chat", models, file, ...more });
const rates = ({ prices }: Imported) =>
  Object.fromEntries((prices[0]?.components ?? []).map(({ meter, amount, per }) => [meter, `${amount} / ${per}`]));

/** The apertis preset with these prices in the place of its own. */
async function catalogueWith(imported: Imported): Promise<string> {
  const { text: preset } = await readCatalogueText("apertis");
  const bare = preset.replace(/^baseline:\n(?:[ #].*\n)+/m, "").replace(/^costHints:\n(?:[ #].*\n)+/m, "");
  const [before = "", after = ""] = [bare.split("\nmeters:")[0], bare.slice(bare.indexOf("\nplans:"))];
  return `${before}\n${printPrices(imported)}${after}`;
}

describe("the import of LiteLLM's price map", () => {
  it("converts floats per token exactly", async () => {
    const imported = await importAll(["gpt-4o-mini", "reasoning-sample"]);
    expect(imported.prices[0]?.components).toEqual([
      { meter: "input_token", amount: "0.15", per: million },
      { meter: "output_token", amount: "0.6", per: million },
      { meter: "cached_input_token", amount: "0.075", per: million },
    ]);
    expect(imported.prices[1]?.components[2]).toEqual({ meter: "reasoning_token", amount: "8.125", per: million });
    const names = imported.meters.map(({ name }) => name);
    expect(names).toEqual(["input_token", "output_token", "cached_input_token", "reasoning_token"]);
  });

  it("drops a float's noise and nothing else", async () => {
    expect(rates(await importAll(["vendor/float-noise"]))).toEqual({
      input_token: "2.99999 / 1000000",
      output_token: "12 / 1000000",
    });
    const third = await importAll(["vendor/third"]);
    expect(rates(third)).toEqual({ input_second: "283.333333333 / 1000000" });
    expect(third.warnings).toEqual([
      {
        model: "vendor/third",
        text: "input_cost_per_second is 283.333333333333 per 1000000, rounded to 283.333333333",
      },
    ]);
  });

  it("makes a meter of each kind of price", async () => {
    const imported = await importAll(["vendor/every-meter"]);
    expect(rates(imported)).toEqual({
      input_token: "1 / 1000000",
      output_token: "2 / 1000000",
      cache_write_token: "1.25 / 1000000",
      cache_write_1h_token: "2 / 1000000",
      web_search: "0.05 / 1",
      audio_input_token: "10 / 1000000",
      audio_output_token: "20 / 1000000",
      image: "0.039 / 1",
      request: "0.005 / 1",
      page: "0.003 / 1",
      input_character: "0.015 / 1000000",
      video_input_second: "0.0007 / 1",
    });
    expect(imported.warnings.map(({ text: warning }) => warning)).toEqual([
      "has prices for input_token and for input_character; a call that counts the same thing as both pays twice",
    ]);
  });

  it("prices a web search by the context that it reads, where that makes a difference", async () => {
    const [every] = (await importAll(["vendor/every-meter"])).prices;
    const values = ["low", "medium", "high"];
    expect(every?.options).toEqual({ searchContext: { type: "choice", values, default: "medium" } });
    expect(every?.components.filter(({ meter }) => meter === "web_search")).toEqual([
      { meter: "web_search", amount: "0.03", per: 1, when: { searchContext: "low" } },
      { meter: "web_search", amount: "0.035", per: 1, when: { searchContext: "medium" } },
      { meter: "web_search", amount: "0.05", per: 1, when: { searchContext: "high" } },
    ]);
    const [same] = (await importAll(["vendor/same-search"])).prices;
    expect(same?.options).toBeUndefined();
    expect(same?.components.at(-1)).toEqual({ meter: "web_search", amount: "0.01", per: 1 });
  });

  it("prices the whole call by the length of its prompt", async () => {
    const catalogue = parseCatalogue(await catalogueWith(await importAll(["claude-sonnet-4-5"])), "imported");
    const cost = (input: bigint) => {
      const quantities = { input_token: input, output_token: 10n };
      const call = { endpoint: "chat", model: "claude-sonnet-4-5", quantities, options: {} };
      return priceCall(catalogue, call, 0).cost;
    };
    expect(cost(200_000n)).toBe(600_150_000n);
    expect(cost(300_000n)).toBe(1_800_225_000n);
  });

  it("takes rising tiers, of any number, and names those that it cannot take", async () => {
    const { prices, warnings } = await importAll(["vendor/long"]);
    const meters = ["input_token"];
    expect(prices[0]?.components).toEqual([
      { meter: "input_token", amount: "1", per: million, whenTotal: { meters, upTo: 128_000 } },
      { meter: "input_token", amount: "2", per: million, whenTotal: { meters, above: 128_000, upTo: 256_000 } },
      { meter: "input_token", amount: "4", per: million, whenTotal: { meters, above: 256_000 } },
      { meter: "output_token", amount: "2", per: million },
    ]);
    expect(warnings.map(({ text: warning }) => warning).sort()).toEqual([
      "cache_read_input_token_cost_above_128k_tokens 1e-7 is not imported; there is no rate for shorter prompts",
      "output_cost_per_token_above_128k_tokens 0 is not imported; there is a higher rate, 0.000002, for shorter prompts",
    ]);
    const ranges = await importAll(["vendor/ranges"]);
    expect(ranges.prices[0]?.components.map(({ amount, whenTotal }) => [amount, whenTotal?.upTo])).toEqual([
      ["1", 32_000],
      ["2", undefined],
      ["5", 32_000],
      ["10", undefined],
    ]);
  });

  it("names each price that it cannot import, however deep it is", async () => {
    const { warnings } = await importAll(["vendor/tiers"]);
    expect(warnings.map(({ text: warning }) => warning)).toEqual([
      "input_cost_per_token_batches 5e-7 is not imported; no meter or condition fits it",
      "output_cost_per_token_priority 0.000004 is not imported; no meter or condition fits it",
      'regional_cost {"eu":0.1,"us":0} is not imported; no meter or condition fits it',
    ]);
  });

  it("imports a rate of 0 as free, so that a cached read that costs nothing is not refused", async () => {
    const imported = await importAll(["vendor/free-cache"]);
    const catalogue = parseCatalogue(await catalogueWith(imported), "imported");
    const quantities = { input_token: 1_000_000n, cached_input_token: 1_000_000n };
    const call = { endpoint: "chat", model: "vendor/free-cache", quantities, options: {} };
    expect(priceCall(catalogue, call, 0).cost).toBe(1_000_000_000n);
  });

  it("does not let tokens of 0 pay for a call that something else is charged for", async () => {
    const { prices } = await importAll(["rerank-sample"]);
    expect(prices[0]?.components).toEqual([{ meter: "search", amount: "0.002", per: 1 }]);
    expect(prices[0]?.uncharged).toEqual(["input_token", "output_token"]);
  });

  it.each([
    ["an unknown model", "gpt-4o-mni", text, 'has no price for "gpt-4o-mni"; did you mean gpt-4o-mini?'],
    ["a prototype's name", "constructor", text, 'has no price for "constructor"'],
    ["a broken file", "gpt-4o-mini", "{", "not a JSON object"],
    ["a negative rate", "vendor/negative", text, "has a negative price, output_cost_per_token -0.000002"],
    [
      "what would be free for want of a meter",
      "vendor/unknown-only",
      text,
      "would be free: its rates are 0, and output",
    ],
    ["a model without any price", "vendor/nothing", text, "vendor/nothing has no price"],
    ["a name that no catalogue takes", "vendor/*/wild", text, "cannot be in a catalogue: model must contain only"],
  ])("refuses %s", async (_, model, source, words) => {
    const request = { source: "litellm", endpoint: "chat", models: [model], file: { ...file, text: source } } as const;
    await expect(importPrices(request)).rejects.toThrow(words);
  });

  it("imports a free model only when it is named, and says so", async () => {
    const { prices, warnings } = await importAll(["vendor/gift"]);
    expect(prices[0]?.components.map(({ amount }) => amount)).toEqual(["0", "0"]);
    expect(warnings).toEqual([{ model: "vendor/gift", text: "is free: all its rates are 0" }]);
  });
});

describe("the import of a whole list", () => {
  it("keeps all entries but those that it names, with the reason of each", async () => {
    const { list, prices, skipped } = await importAll("all", { provider: "vendor" });
    expect(list).toEqual({ name: "LiteLLM, prices.json", date: "2026-07-24" });
    expect(prices.map(({ model }) => model)).toContain("vendor/dated@20251001");
    expect(skipped.map(({ model, reason }) => `${model} ${reason.split(/[,:;]/)[0]}`)).toEqual([
      "vendor/unknown-only would be free",
      "vendor/gift is free by the list",
      "vendor/negative has a negative price",
      "vendor/*/wild cannot be in a catalogue",
      "vendor/nothing has no price",
    ]);
  });

  it("makes a catalogue of 2,600 models", { timeout: 60_000 }, async () => {
    const models = Array.from({ length: 2_600 }, (_, n) => [
      `vendor/model-${n}@2026`,
      { input_cost_per_token: 1e-6, output_cost_per_token: 5e-6, cache_read_input_token_cost: 1e-7, mode: "chat" },
    ]);
    const many = { ...file, text: JSON.stringify(Object.fromEntries(models)) };
    const imported = await importPrices({ source: "litellm", endpoint: "chat", models: "all", file: many });
    expect(parseCatalogue(await catalogueWith(imported), "imported").prices).toHaveLength(2_600);
  });

  it("takes only one kind of model where one is named", async () => {
    const { prices } = await importAll("all", { mode: "audio_transcription" });
    expect(prices.map(({ model }) => model)).toEqual(["vendor/third"]);
  });
});

describe("the import of models.dev", () => {
  const fromPackage = (models: string[], provider?: string) =>
    importPrices({ source: "models.dev", endpoint: "chat", models, ...(provider && { provider }) });

  it("leaves out a price for cached tokens that is above the price for fresh ones", async () => {
    const { prices, warnings } = await fromPackage(["gpt-3.5-turbo"]);
    expect(prices[0]?.components.map(({ meter }) => meter)).toEqual(["input_token", "output_token"]);
    const warning = "cache_read 1.25 for cached tokens is more than 0.5 for fresh ones; left out";
    expect(warnings).toEqual([{ model: "gpt-3.5-turbo", text: warning }]);
  });

  it("names the nearest model", async () => {
    await expect(fromPackage(["gpt-4.11"], "openai")).rejects.toThrow("did you mean gpt-4.1?");
  });

  it("says the day of its list", async () => {
    expect((await fromPackage(["gpt-4.1"])).list.date).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  it("takes each model once, of the first provider that has a price for it", async () => {
    const of = (input: number) => ({ models: { m: { cost: { input, output: input } } } });
    const named = { text: JSON.stringify({ a: of(0), b: of(2), c: of(3) }), name: "api.json", changed: file.changed };
    const imported = await importPrices({ source: "models.dev", endpoint: "chat", file: named, models: "all" });
    expect(rates(imported)).toEqual({ input_token: "2 / 1000000", output_token: "2 / 1000000" });
    expect(imported.skipped.map(({ reason }) => reason)).toEqual([
      "of c is left out for that of b; --provider c takes it",
      "of a is left out for that of b; --provider a takes it",
    ]);
  });

  it("reads the named file, and not the package's list", async () => {
    const cost = { input: 1, output: 2, input_audio: 5, cache_read: 0, hologram: 3 };
    const own = { vendor: { models: { "gpt-4.1": { name: "Ours", cost } } } };
    const named = { text: JSON.stringify(own), name: "api.json", changed: new Date("2026-08-01T00:00:00Z") };
    const request = { source: "models.dev", endpoint: "chat", file: named } as const;
    const imported = await importPrices({ ...request, models: ["gpt-4.1"] });
    expect(imported.list).toEqual({ name: "models.dev, api.json", date: "2026-08-01" });
    expect(rates(imported)).toEqual({
      input_token: "1 / 1000000",
      output_token: "2 / 1000000",
      cached_input_token: "0 / 1000000",
      audio_input_token: "5 / 1000000",
    });
    expect(imported.warnings.map(({ text: warning }) => warning)).toEqual([
      "hologram 3 is not imported; no meter or condition fits it",
    ]);
    await expect(importPrices({ ...request, models: ["gpt-4o"] })).rejects.toThrow('no price for "gpt-4o"');
  });
});

it("the apertis preset's prices are what the import writes", async () => {
  const gpt = await importPrices({
    source: "models.dev",
    endpoint: "chat",
    models: ["gpt-3.5-turbo", "gpt-4o-mini", "gpt-4o", "gpt-4.1"],
  });
  const claude = await importAll(["claude-sonnet-4-5"]);
  const preset = parse((await readCatalogueText("apertis")).text);
  const bare = (price: { model: string; components: unknown }) => ({
    model: price.model,
    components: price.components,
  });
  expect(preset.prices.map(bare)).toEqual([...gpt.prices, ...claude.prices].map(bare));
});

it("the import prints YAML that reads back as the same meters and prices, each warning above its price", async () => {
  const imported = await importAll(["claude-sonnet-4-5", "vendor/tiers"]);
  const printed = printPrices(imported);
  const { meters, prices } = imported;
  const written = prices.map((price) => ({
    ...price,
    components: price.components.map(({ per, ...part }) => (per === 1 ? part : { ...part, per })),
  }));
  expect(parse(printed)).toEqual({ meters, prices: written });
  expect(printed).toContain('{ meter: output_token, amount: "2", per: 1000000 }');
  expect(printed).toMatch(/^# LiteLLM, prices.json, of 2026-07-24. Amounts are US dollars.$/m);
  expect(printed).toMatch(
    /^ {2}# input_cost_per_token_batches 5e-7 is not imported.*\n(?: {2}#.*\n)* {2}- endpoint: chat$/m,
  );
});
