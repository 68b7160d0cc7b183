import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { importPrices, printPrices } from "./import";
import { readCatalogueText } from "./load";

const text = await readFile("lib/catalogue/fixtures/litellm-prices.json", "utf8");
const million = 1_000_000;

describe("LiteLLM's price map", () => {
  it("converts floats per token exactly", async () => {
    const { prices, meters } = await importPrices({
      source: "litellm",
      endpoint: "chat",
      models: ["gpt-4o-mini", "reasoning-sample"],
      text,
    });
    expect(prices[0]?.components).toEqual([
      { meter: "input_token", amount: "0.15", per: million },
      { meter: "output_token", amount: "0.6", per: million },
      { meter: "cached_input_token", amount: "0.075", per: million },
    ]);
    expect(prices[1]?.components[2]).toEqual({ meter: "reasoning_token", amount: "8.125", per: million });
    expect(meters).toEqual(["input_token", "output_token", "cached_input_token", "reasoning_token"]);
  });

  it("says what a component cannot say", async () => {
    const { warnings } = await importPrices({
      source: "litellm",
      endpoint: "chat",
      models: ["claude-sonnet-4-5"],
      text,
    });
    expect(warnings).toEqual([
      "claude-sonnet-4-5: input_cost_per_token_above_200k_tokens is not imported; a component cannot depend on it",
    ]);
  });

  it("reads prices per search", async () => {
    const { prices } = await importPrices({ source: "litellm", endpoint: "rerank", models: ["rerank-sample"], text });
    expect(prices[0]?.components.at(-1)).toEqual({ meter: "search", amount: "0.002", per: 1 });
  });

  it.each([
    ["an unknown model", "gpt-4o-mni", text, 'has no price for "gpt-4o-mni"; did you mean gpt-4o-mini?'],
    ["a prototype's name", "constructor", text, 'has no price for "constructor"'],
    ["a broken file", "gpt-4o-mini", "{", "not a JSON object"],
    ["a negative rate", "bad", '{"bad":{"input_cost_per_token":-1}}', 'has no price for "bad"'],
  ])("refuses %s", async (_, model, source, words) => {
    const request = { source: "litellm", endpoint: "chat", models: [model], text: source } as const;
    await expect(importPrices(request)).rejects.toThrow(words);
  });
});

describe("models.dev", () => {
  it("leaves out a price for cached tokens that is above the price for fresh ones", async () => {
    const { prices, warnings } = await importPrices({
      source: "models.dev",
      endpoint: "chat",
      models: ["gpt-3.5-turbo"],
    });
    expect(prices[0]?.components.map(({ meter }) => meter)).toEqual(["input_token", "output_token"]);
    expect(warnings).toEqual(["gpt-3.5-turbo: 1.25 for cached tokens is more than for fresh ones; left out"]);
  });

  it("names the nearest model", async () => {
    const request = { source: "models.dev", endpoint: "chat", models: ["gpt-4.11"], provider: "openai" } as const;
    await expect(importPrices(request)).rejects.toThrow("did you mean gpt-4.1?");
  });
});

it("the apertis preset's prices are what the import writes", async () => {
  const gpt = await importPrices({
    source: "models.dev",
    endpoint: "chat",
    models: ["gpt-3.5-turbo", "gpt-4o-mini", "gpt-4o", "gpt-4.1"],
  });
  const claude = await importPrices({ source: "litellm", endpoint: "chat", models: ["claude-sonnet-4-5"], text });
  const preset = parse((await readCatalogueText("apertis")).text);
  // A long prompt's tiers are written by hand: the list says them in fields of their own.
  type Part = { meter: string; whenTotal?: { above?: number } };
  const bare = (price: { model: string; components: Part[] }) => ({
    model: price.model,
    components: price.components.filter((part) => !part.whenTotal?.above).map(({ whenTotal, ...part }) => part),
  });
  expect(preset.prices.map(bare)).toEqual([...gpt.prices, ...claude.prices].map(bare));
});

it("prints YAML that reads back as the same prices", async () => {
  const imported = await importPrices({ source: "litellm", endpoint: "chat", models: ["claude-sonnet-4-5"], text });
  const printed = printPrices(imported);
  expect(parse(printed)).toEqual({ prices: imported.prices });
  expect(printed).toContain('{ meter: input_token, amount: "3", per: 1000000 }');
  expect(printed).toMatch(/^# Meters: input_token, output_token, cached_input_token, cache_write_token$/m);
});
