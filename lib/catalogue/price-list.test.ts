import { describe, expect, it } from "vitest";
import { readCatalogue } from "@/lib/catalogue";
import { parseAmount } from "@/lib/kernel/money";
import type { Catalogue } from "./compiled";
import { presetNames } from "./load";
import { priceCall } from "./price";
import { listPrices } from "./price-list";
import { type ListedPrice, priceListSchema } from "./price-list-schema";

const catalogues = await Promise.all((await presetNames()).map(readCatalogue));

/** The cost of so much of the line's meter alone, as the gate prices it. */
function costOf(catalogue: Catalogue, price: ListedPrice, line: ListedPrice["lines"][number], count: bigint): bigint {
  const chosen = (line.when ?? "").split(",").map((one) => one.split("="));
  const options = Object.fromEntries(
    price.options.map(({ name, type, values, default: usual }) => {
      const value = chosen.find(([given]) => given === name)?.[1];
      if (type === "boolean") return [name, value === "true"];
      return [name, value ?? usual ?? values?.[0] ?? ""];
    }),
  );
  const { endpoint, model } = price;
  const one = { endpoint, model, options, quantities: { [line.meter]: count } };
  return priceCall(catalogue, one, 0).lines.reduce(
    (sum, { meter, amount }) => sum + (meter === line.meter ? amount : 0n),
    0n,
  );
}

describe("the list of prices", () => {
  it.each(catalogues.map((catalogue) => [catalogue.name, catalogue] as const))(
    "has the shape that the contract says: %s",
    (_name, catalogue) => {
      const list = listPrices({ catalogue, version: 3 });
      expect(priceListSchema.parse(list)).toEqual(list);
    },
  );

  it.each(catalogues.map((catalogue) => [catalogue.name, catalogue] as const))(
    "never says that a purchase buys more than the gate would sell: %s",
    (_name, catalogue) => {
      const { purchase, prices } = listPrices({ catalogue, version: 1 });
      const credit = parseAmount(purchase?.credit ?? "", catalogue.unit.scale);
      for (const price of prices) {
        for (const line of price.lines.filter(({ whenTotal }) => whenTotal === undefined)) {
          if (line.buys === undefined) continue;
          const most = BigInt(price.maxima[line.meter] ?? 0);
          const bought = BigInt(line.buys);
          // More than one call may take are several calls: each at the most that it takes, then the rest.
          const cost = (count: bigint) =>
            (count < most ? 0n : (count / most) * costOf(catalogue, price, line, most)) +
            (count % most === 0n ? 0n : costOf(catalogue, price, line, count % most));
          expect(cost(bought), `${price.model} ${line.meter}`).toBeLessThanOrEqual(credit);
          expect(cost(bought + BigInt(line.per)), `${price.model} ${line.meter}`).toBeGreaterThan(credit);
        }
      }
    },
  );
});
