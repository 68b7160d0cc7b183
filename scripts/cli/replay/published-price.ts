/**
 * The cost of a call by the published price list alone: read from the catalogue's YAML and computed here, with none of
 * the program's own arithmetic, so that the reconciliation compares two independent sums.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Mistake } from "../output";

const listSchema = z.object({
  name: z.string(),
  unit: z.object({ code: z.string(), scale: z.int() }),
  prices: z.array(
    z.object({
      endpoint: z.string(),
      model: z.string(),
      components: z
        .array(
          z.object({ meter: z.string(), amount: z.string(), per: z.int().default(1), when: z.unknown().optional() }),
        )
        .default([]),
    }),
  ),
});

/** `cost` takes tokens and returns minor units. */
export type PublishedPrice = { unit: string; scale: number; cost(input: number, output: number): bigint };

/** A decimal as steps: "2.5" at scale 9 is 2500000000n. */
function steps(text: string, scale: number): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole) * 10n ** BigInt(scale) + BigInt(fraction.padEnd(scale, "0") || "0");
}

async function readList(catalogue: string) {
  const file = /[/\\.]/.test(catalogue) ? catalogue : path.join("catalogues", `${catalogue}.yaml`);
  const text = await readFile(file, "utf8").catch(() => {
    throw new Mistake(`There is no catalogue ${file}: name the one that the server uses with --catalogue.`);
  });
  return listSchema.parse(parse(text));
}

/** Errors: a Mistake when the model has no price, or one that does more than count tokens. */
export async function publishedPrice(catalogue: string, endpoint: string, model: string): Promise<PublishedPrice> {
  const { name, unit, prices } = await readList(catalogue);
  const price = prices.find((one) => one.endpoint === endpoint && one.model === model);
  if (!price) {
    const models = prices.filter((one) => one.endpoint === endpoint).map((one) => one.model);
    const known =
      models.length > 0
        ? `models: ${models.join(", ")}`
        : `endpoints: ${[...new Set(prices.map((p) => p.endpoint))].join(", ")}`;
    throw new Mistake(`${name} has no price for ${endpoint} ${model}; ${known}.`);
  }
  const rates = (meter: string) => price.components.filter((one) => one.meter === meter && one.when === undefined);
  const counted = new Set(["input_token", "output_token", "cached_input_token", "cache_write_token"]);
  if (
    rates("input_token").length + rates("output_token").length === 0 ||
    price.components.some((one) => !counted.has(one.meter))
  ) {
    throw new Mistake(
      `${endpoint} ${model} is not priced by input and output tokens alone, so a trace of tokens cannot be replayed on it.`,
    );
  }
  const part = (meter: string, count: number) =>
    rates(meter).reduce((sum, { amount, per }) => {
      const [product, divisor] = [steps(amount, unit.scale) * BigInt(count), BigInt(per)];
      const rest = product % divisor;
      return sum + (product - rest) / divisor + (rest * 2n >= divisor ? 1n : 0n);
    }, 0n);
  return {
    unit: unit.code,
    scale: unit.scale,
    cost: (input, output) => part("input_token", input) + part("output_token", output),
  };
}
