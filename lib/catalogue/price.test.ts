import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount } from "@/lib/kernel/money";
import { readCatalogue } from "./load";
import { planPrice, priceCall, slots } from "./price";
import type { CallShape, Catalogue, Options, Price } from "./schema";

const NOON = Date.UTC(2026, 10, 30, 12);
const PRESETS = ["persly", "apertis", "pleyor", "humalike", "token-packs"] as const;
const catalogues = new Map<string, Catalogue>();

beforeAll(async () => {
  for (const name of PRESETS) catalogues.set(name, await readCatalogue(name));
});

function catalogue(name: string): Catalogue {
  const found = catalogues.get(name);
  if (!found) throw new Error(`no preset ${name}`);
  return found;
}

function call(endpoint: string, model: string, quantities: Record<string, number>, options: Options = {}): CallShape {
  const counts = Object.fromEntries(Object.entries(quantities).map(([meter, count]) => [meter, BigInt(count)]));
  return { endpoint, model, quantities: counts, options };
}

function cost(name: string, shape: CallShape): string {
  return formatAmount(priceCall(catalogue(name), shape, NOON).cost, catalogue(name).unit.scale);
}

function refusal(name: string, shape: CallShape): TollgateError {
  try {
    priceCall(catalogue(name), shape, NOON);
  } catch (error) {
    if (error instanceof TollgateError) return error;
  }
  throw new Error("the call was priced");
}

describe("a price of a preset", () => {
  it.each<[string, CallShape, string]>([
    ["persly", call("chat", "persly-chat-v1", {}), "0.15"],
    ["persly", call("chat", "persly-chat-v1", { request: 1, page: 30, byte: 40_000_000 }, { followUp: true }), "0.25"],
    ["persly", call("chat", "persly-chat-pro-v1", { page: 60 }, { followUp: true }), "1.11"],
    ["persly", call("embeddings", "persly-embed-v1", { input_token: 1 }), "0.0000003"],
    ["persly", call("embeddings", "persly-embed-v1", { input_token: 1_000_000 }), "0.3"],
    ["persly", call("rerank", "persly-rerank-v1", { search: 1 }), "0.015"],
    ["persly", call("finder", "persly-finder-v1", {}, { variant: "basic" }), "0.035"],
    ["persly", call("finder", "persly-finder-v1", {}, { variant: "advanced" }), "0.07"],
    ["apertis", call("chat", "gpt-4.1", { input_token: 150 }), "0.0003"],
    ["apertis", call("chat", "gpt-4o-mini", { input_token: 1000, output_token: 500 }), "0.00045"],
    ["apertis", call("chat", "claude-sonnet-4-5", { input_token: 10, cached_input_token: 90 }), "0.000057"],
    ["apertis", call("chat", "claude-sonnet-4-5", { input_token: 300_000, output_token: 10 }), "1.800225"],
    ["apertis", call("chat", "claude-sonnet-4-5", { input_token: 200_000, output_token: 10 }), "0.60015"],
    ["apertis", call("chat", "claude-sonnet-4-5", { input_token: 1, cached_input_token: 200_000 }), "0.120006"],
    ["pleyor", call("image", "pixel-1", { image: 2 }, { upscale: true }), "14"],
    ["pleyor", call("video", "motion-1", { second: 5 }, { resolution: "1080p", sound: true }), "120"],
    ["humalike", call("theory-of-mind", "foresee", { input_token: 1000, output_token: 500 }), "4"],
    ["humalike", call("social-memory", "ingest", { input_token: 1000 }), "0"],
    ["token-packs", call("hygiene", "standard", { input_token: 700, output_token: 300 }), "1000"],
  ])("is right for %s: %o costs %s", (name, shape, expected) => {
    expect(cost(name, shape)).toBe(expected);
  });

  it("names each line with its rate, its condition and its label", () => {
    const { lines, billable, quantities } = priceCall(
      catalogue("persly"),
      call("chat", "persly-chat-v1", { page: 2 }, { followUp: true }),
      NOON,
    );
    expect(billable).toBe(true);
    expect(quantities).toEqual({ page: 2n, request: 1n });
    expect(lines).toEqual([
      { meter: "request", quantity: 1n, amount: 150_000_000n, unitAmount: 150_000_000n, per: 1n },
      {
        meter: "request",
        quantity: 1n,
        amount: 10_000_000n,
        unitAmount: 10_000_000n,
        per: 1n,
        when: "followUp=true",
        label: "Follow-up generation",
      },
      {
        meter: "page",
        quantity: 2n,
        amount: 6_000_000n,
        unitAmount: 3_000_000n,
        per: 1n,
        label: "Image and PDF pages",
      },
    ]);
  });

  it("says of a free call that it is not billable", () => {
    const priced = priceCall(catalogue("humalike"), call("social-memory", "ingest", {}), NOON);
    const counted = { quantities: { request: 1n }, charged: [] };
    expect(priced).toEqual({ cost: 0n, lines: [], billable: false, model: "ingest", ...counted });
  });
});

describe("priceCall", () => {
  it.each<[string, CallShape, string, string]>([
    ["an unknown endpoint", call("chatt", "persly-chat-v1", {}), "endpoint", "did you mean chat?"],
    ["an unknown model", call("chat", "persly-chat-v2", {}), "model", "did you mean persly-chat-v1?"],
    ["an unknown meter", call("chat", "persly-chat-v1", { pages: 1 }), "quantities.pages", "did you mean page?"],
    ["another price's meter", call("chat", "persly-chat-v1", { search: 1 }), "quantities.search", "does not count"],
    ["a prototype's name", call("chat", "persly-chat-v1", { constructor: 1 }), "quantities.constructor", "does not"],
    ["too many pages", call("chat", "persly-chat-v1", { page: 31 }), "quantities.page", "at most 30 page"],
    ["too many bytes", call("chat", "persly-chat-v1", { byte: 40_000_001 }), "quantities.byte", "at most 40000000"],
    ["a negative count", call("chat", "persly-chat-v1", { page: -1 }), "quantities.page", "must not be negative"],
    ["no variant", call("finder", "persly-finder-v1", {}), "options.variant", "one of: basic, advanced"],
    ["another variant", call("finder", "persly-finder-v1", {}, { variant: "pro" }), "options.variant", "one of"],
    ["a word for a switch", call("chat", "persly-chat-v1", {}, { followUp: "yes" }), "options.followUp", "true, false"],
    ["an unknown option", call("chat", "persly-chat-v1", {}, { followup: true }), "options.followup", "followUp?"],
  ])("refuses %s", (_, shape, field, words) => {
    const error = refusal("persly", shape);
    expect(error.code).toBe("validation_failed");
    expect(error.details?.field).toBe(field);
    expect(error.message).toContain(words);
  });

  it("takes 2^53−1 but not one more, and nothing that an amount cannot hold", () => {
    const most = 2n ** 53n - 1n;
    const shape = (input_token: bigint): CallShape => {
      return { endpoint: "embeddings", model: "persly-embed-v1", quantities: { input_token }, options: {} };
    };
    expect(priceCall(catalogue("persly"), shape(most), NOON).cost).toBe(2_702_159_776_422_297_300n);
    expect(refusal("persly", shape(most + 1n)).details?.meter).toBe("input_token");
    const huge: CallShape = {
      endpoint: "chat",
      model: "claude-sonnet-4-5",
      quantities: { input_token: most, output_token: most },
      options: {},
    };
    expect(refusal("apertis", huge).message).toContain("more than an amount can hold");
  });
});

/** A call that did not run is released, so a request is counted at least once. */
const atLeastOne = (meter: string, count: bigint) => (meter === "request" && count === 0n ? 1n : count);

/** Any call that a preset prices, with quantities small enough to compare. */
const anyCall: fc.Arbitrary<[string, Price, CallShape]> = fc
  .constantFrom(...PRESETS)
  .chain((name) => fc.tuple(fc.constant(name), fc.nat(50), fc.infiniteStream(fc.nat(2_000_000)), fc.boolean()))
  .map(([name, pick, counts, flag]) => {
    const { prices } = catalogue(name);
    const price = prices[pick % prices.length] as Price;
    const quantities: Record<string, bigint> = {};
    for (const [meter, maximum] of price.maxima) {
      quantities[meter] = atLeastOne(meter, BigInt(counts.next().value) % (maximum + 1n));
    }
    const options: Options = {};
    for (const [option, choice] of price.options) {
      options[option] = choice.type === "boolean" ? flag : (choice.values[pick % choice.values.length] as string);
    }
    return [name, price, { endpoint: price.endpoint, model: price.model, quantities, options }];
  });

describe("a request that is counted as zero", () => {
  it("is refused, because it would make a paid call free", () => {
    const shape = { endpoint: "chat", model: "persly-chat-v1", quantities: { request: 0n }, options: {} };
    expect(refusal("persly", shape).details).toMatchObject({ field: "quantities.request" });
  });
});

describe("a quote", () => {
  it("is at least the price of any smaller quantities, and never negative", () => {
    fc.assert(
      fc.property(anyCall, fc.infiniteStream(fc.nat(100)), ([name, , shape], percents) => {
        const smaller = Object.fromEntries(
          Object.entries(shape.quantities).map(([meter, count]) => [
            meter,
            atLeastOne(meter, (count * BigInt(percents.next().value)) / 100n),
          ]),
        );
        const quote = priceCall(catalogue(name), shape, NOON).cost;
        const actual = priceCall(catalogue(name), { ...shape, quantities: smaller }, NOON).cost;
        expect(actual >= 0n && actual <= quote).toBe(true);
      }),
    );
  });

  it("is the sum of its lines, whatever the order of components and quantities", () => {
    fc.assert(
      fc.property(anyCall, ([name, price, shape]) => {
        const whole = catalogue(name);
        const { cost: total, lines } = priceCall(whole, shape, NOON);
        expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(total);
        const reversed = { ...price, components: [...price.components].reverse() };
        const key = `${price.endpoint}\n${price.model}`;
        const turned: Catalogue = { ...whole, priceIndex: new Map([[key, reversed]]) };
        const quantities = Object.fromEntries(Object.entries(shape.quantities).reverse());
        expect(priceCall(turned, { ...shape, quantities }, NOON).cost).toBe(total);
      }),
    );
  });
});

describe("planPrice and slots", () => {
  it("take the plan's discount off, half up", () => {
    expect(planPrice(150n, 0)).toBe(150n);
    expect(planPrice(150n, 20)).toBe(120n);
    expect(planPrice(1n, 50)).toBe(1n);
    expect(planPrice(1n, 51)).toBe(0n);
  });

  it("put counts in the order of the meters, without trailing zeros", () => {
    expect(slots(catalogue("apertis"), { output_token: 5n, input_token: 3n })).toEqual([3n, 5n]);
    expect(slots(catalogue("apertis"), { cached_input_token: 7n })).toEqual([0n, 0n, 7n]);
    expect(slots(catalogue("apertis"), { input_token: 3n, cache_write_token: 0n })).toEqual([3n]);
    expect(slots(catalogue("apertis"), {})).toEqual([]);
  });
});
