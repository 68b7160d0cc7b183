import { describe, expect, it } from "vitest";
import { parseCatalogue, readCatalogueText } from "@/lib/catalogue";
import { answerHint, promptHint } from "./hint-lengths";
import { type Advice, promptBounds } from "./hint-models";
import type { HeldRow, SizeRow } from "./hint-store";

const { text, fileName } = await readCatalogueText("apertis");
const catalogue = parseCatalogue(text, fileName);
const advice = catalogue.costHints as Advice;
const bounds = promptBounds(catalogue, advice);
const DOLLAR = 10n ** 9n;
/** A million input tokens and 100,000 output tokens of GPT-4o: $2.50 and $1.00. */
const row = (more: Partial<SizeRow> = {}): SizeRow => ({
  ...{ endpoint: "chat", model: "gpt-4o", size: 1, discountPercent: 0, calls: 100n },
  ...{ cost: (35n * DOLLAR) / 10n, costPlan: 0n, counts: [1_000_000n, 100_000n, 0n, 0n] },
  ...{ longPrompts: 0n, promptExcess: 0n, longAnswers: 0n, answerExcess: 0n },
  ...more,
});
const promptsOf = (...rows: SizeRow[]) => promptHint(catalogue, advice, bounds, rows, 5_000n);
const answersOf = (rows: SizeRow[], held: HeldRow[] = []) => answerHint(catalogue, advice, rows, held, 500n);

describe("the hint on prompts", () => {
  it("says how much of the cost they are", () => {
    expect(promptsOf(row())).toMatchObject({ share: 71, inputCost: (25n * DOLLAR) / 10n, calls: 0n, saves: 0n });
    expect(promptsOf()).toMatchObject({ share: 0, inputCost: 0n, step: null });
  });

  it("prices the tokens beyond four medians as the other tokens of their class", () => {
    const long = row({ longPrompts: 3n, promptExcess: 200_000n });
    expect(promptsOf(long, row())).toMatchObject({ median: 5_000n, longest: 20_000n, calls: 3n, saves: DOLLAR / 2n });
  });

  it("says what prompts above the step of their model's price cost more", () => {
    const claude = { model: "claude-sonnet-4-5", calls: 4n };
    const below = row({ ...claude, size: 3, counts: [800_000n, 0n, 0n, 0n] });
    const above = row({ ...claude, size: 4, counts: [1_000_000n, 0n, 0n, 0n] });
    expect(promptsOf(below, above).step).toEqual({ above: 200_000, calls: 4n, cost: 3n * DOLLAR });
    expect(promptsOf(below, row({ size: 4 })).step).toBeNull();
  });

  it("is of nothing where the catalogue has no price any more", () => {
    expect(promptsOf(row({ model: "gpt-2" }))).toMatchObject({ inputCost: 0n, saves: 0n });
  });
});

describe("the hint on answers", () => {
  const held = (declared: bigint, used: bigint): HeldRow => ({
    ...{ endpoint: "chat", model: "gpt-4o", calls: 10n, declared, used },
    ...{ held: DOLLAR, cost: DOLLAR / 4n, reached: 2n },
  });

  it("prices the tokens beyond four medians", () => {
    const found = answersOf([row({ longAnswers: 2n, answerExcess: 50_000n })]);
    expect(found).toMatchObject({ median: 500n, longest: 2_000n, calls: 2n, saves: DOLLAR / 2n });
  });

  it("names models whose calls use less than a quarter of what their holds declare", () => {
    expect(answersOf([], [held(1_000n, 249n)]).held).toHaveLength(1);
    expect(answersOf([], [held(1_000n, 250n)]).held).toEqual([]);
    expect(answersOf([], [held(1n, 1n), held(1n, 1n)])).toMatchObject({ reached: 4n, ofHeld: 20n });
  });
});
