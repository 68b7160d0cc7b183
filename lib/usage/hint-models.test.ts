import { describe, expect, it } from "vitest";
import { parseCatalogue, readCatalogueText } from "@/lib/catalogue";
import { extrapolate } from "./cost-hints";
import { isWorth } from "./hint-answer";
import { modelHints, promptBounds } from "./hint-models";
import type { SizeRow } from "./hint-store";

const { text, fileName } = await readCatalogueText("apertis");
const catalogue = parseCatalogue(text, fileName);
const DOLLAR = 10n ** 9n;
/** In the order of the slots: input, output, cached input, cache write. */
type Counts = [input: bigint, output: bigint, cached?: bigint, write?: bigint];
const row = (model: string, size: number, cost: bigint, counts: Counts, more: Partial<SizeRow> = {}): SizeRow => ({
  ...{ endpoint: "chat", model, size, discountPercent: 0, calls: 10n, cost, costPlan: 0n },
  counts: counts.map((count) => count ?? 0n),
  ...{ longPrompts: 0n, promptExcess: 0n, longAnswers: 0n, answerExcess: 0n },
  ...more,
});
const hintsOf = (...rows: SizeRow[]) =>
  modelHints(catalogue, rows).map(({ model, suggested, calls, cost, wouldCost }) => [
    ...[model, suggested.model, Number(calls), cost, wouldCost],
  ]);
const lengthsOf = (...rows: SizeRow[]) =>
  modelHints(catalogue, rows).map(({ suggested, longerThan }) => [longerThan, suggested.longestPrompt]);

describe("the classes of prompts", () => {
  it("end where a model no longer suits, and where a price changes", () => {
    const { costHints } = catalogue;
    expect(costHints && promptBounds(catalogue, costHints)).toEqual([4_000, 32_000, 128_000, 200_000]);
  });
});

describe("hints to cheaper models", () => {
  it("name the cheapest model that suits the length of the prompts", () => {
    // A million input and 100,000 output tokens: $3.50 with GPT-4o, $0.21 with GPT-4o mini.
    const counts: Counts = [1_000_000n, 100_000n];
    const cost = (35n * DOLLAR) / 10n;
    expect(hintsOf(row("gpt-4o", 1, cost, counts))).toEqual([
      ["gpt-4o", "gpt-4o-mini", 10, cost, (21n * DOLLAR) / 100n],
    ]);
    expect(lengthsOf(row("gpt-4o", 0, cost, counts), row("gpt-4o", 1, cost, counts))).toEqual([[0, 32_000]]);
    expect(lengthsOf(row("claude-sonnet-4-5", 2, 2n * cost, counts))).toEqual([[32_000, 128_000]]);
    // Too long for GPT-4o mini: Claude's calls could go to GPT-4o, and GPT-4o's stay.
    const claude = (45n * DOLLAR) / 10n;
    expect(hintsOf(row("claude-sonnet-4-5", 2, claude, counts), row("gpt-4o", 2, cost, counts))).toEqual([
      ["claude-sonnet-4-5", "gpt-4o", 10, claude, cost],
    ]);
  });

  it("leave long prompts where they are", () => {
    const counts: Counts = [1_000_000n, 100_000n];
    expect(hintsOf(row("claude-sonnet-4-5", 3, 5n * DOLLAR, counts))).toEqual([]);
    expect(hintsOf(row("claude-sonnet-4-5", 4, 9n * DOLLAR, counts))).toEqual([]);
  });

  it("count what a cache holds as plain input where the model has no price for it", () => {
    // 4 million tokens of all three kinds: $0.15 a million and $0.08 for those that were read from the cache.
    const counts: Counts = [1_000_000n, 0n, 1_000_000n, 2_000_000n];
    expect(hintsOf(row("claude-sonnet-4-5", 1, 11n * DOLLAR, counts))).toEqual([
      ["claude-sonnet-4-5", "gpt-4o-mini", 10, 11n * DOLLAR, (53n * DOLLAR) / 100n],
    ]);
  });

  it("sum the classes of one model, and put the largest saving first", () => {
    const counts: Counts = [1_000_000n, 0n];
    const found = hintsOf(
      row("gpt-3.5-turbo", 0, DOLLAR / 2n, counts),
      row("gpt-4o", 0, (25n * DOLLAR) / 10n, counts),
      row("gpt-4o", 1, (25n * DOLLAR) / 10n, counts),
    );
    expect(found).toEqual([
      ["gpt-4o", "gpt-4o-mini", 20, 5n * DOLLAR, (3n * DOLLAR) / 10n],
      ["gpt-3.5-turbo", "gpt-4o-mini", 10, DOLLAR / 2n, (15n * DOLLAR) / 100n],
    ]);
  });

  it("take the plan's discount off the part that the plan paid", () => {
    // Half of $2.50 was the plan's, at 20 % off: $1.00 and $1.25. So is half of $0.15: $0.06 and $0.075.
    const paid = { cost: (225n * DOLLAR) / 100n, costPlan: DOLLAR, discountPercent: 20 };
    expect(hintsOf(row("gpt-4o", 1, paid.cost, [1_000_000n, 0n], paid))).toEqual([
      ["gpt-4o", "gpt-4o-mini", 10, paid.cost, (135n * DOLLAR) / 1_000n],
    ]);
  });
});

describe("a hint", () => {
  it.each([
    ["1 % of the spend", 10n, 1_000n, true],
    ["less than 1 % of the spend", 10n, 1_001n, false],
    ["five cents", 5n, 5n, true],
    ["four cents", 4n, 4n, false],
  ])("is worth reading or not: %s", (_what, saves, spend, worth) => {
    expect(isWorth(saves, spend, 2)).toBe(worth);
  });

  it("is for all calls of a model where only the latest were read", () => {
    const rows = [row("gpt-4o", 0, 100n, [10n, 20n]), row("gpt-4o", 1, 300n, [30n, 0n], { calls: 30n })];
    const sums = [{ endpoint: "chat", model: "gpt-4o", requests: 400n, cost: 4_000n, counts: [] }];
    expect(extrapolate(rows, sums)).toEqual([
      { ...rows[0], calls: 100n, cost: 1_000n, counts: [100n, 200n] },
      { ...rows[1], calls: 300n, cost: 3_000n, counts: [300n, 0n] },
    ]);
  });
});
