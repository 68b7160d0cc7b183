/** What long prompts and long answers cost, and what holds reserved for answers that were shorter. */
import { priceSum } from "@/lib/catalogue";
import { type Catalogue, type Price, priceKey, type Quantities } from "@/lib/catalogue/schema";
import { multiplyDivide } from "@/lib/kernel/money";
import { type Advice, discounted, ofPrompts } from "./hint-models";
import type { HeldRow, Medians, SizeRow } from "./hint-store";

/** A length is unusual from this many medians on. */
const UNUSUAL = 4n;
/** A hold is far above what is used when less than a quarter of its answer is. */
const FAR_ABOVE = 4n;

export type LongHint = { median: bigint; longest: bigint; calls: bigint; saves: bigint };
export type StepHint = { above: number; calls: bigint; cost: bigint };
export type PromptHint = LongHint & { share: number; inputCost: bigint; step: StepHint | null };
export type HeldHint = Omit<HeldRow, "reached">;
export type AnswerHint = LongHint & { held: HeldHint[]; reached: bigint; ofHeld: bigint };

function priceOf(row: SizeRow, { priceIndex }: Catalogue): Price | undefined {
  return priceIndex.get(priceKey(row.endpoint, row.model));
}

/** The counts of these meters in a row. */
function countsOf(row: SizeRow, { meters }: Catalogue, names?: readonly string[]): Quantities {
  const counted = meters.filter(({ name }) => !names || names.includes(name));
  return Object.fromEntries(counted.map(({ name, slot }): [string, bigint] => [name, row.counts[slot] ?? 0n]));
}

const total = (quantities: Quantities) => Object.values(quantities).reduce((sum, count) => sum + count, 0n);

/** What some meters of a row cost; a class of length ends where a price changes, so the average call speaks for all. */
function costOf(row: SizeRow, catalogue: Catalogue, names?: readonly string[], totalIs?: bigint): bigint {
  const price = priceOf(row, catalogue);
  if (!price || row.calls === 0n) return 0n;
  const all = countsOf(row, catalogue);
  const averageOf = (meters: readonly string[]) =>
    totalIs ?? meters.reduce((sum, meter) => sum + (all[meter] ?? 0n), 0n) / row.calls;
  const standard = priceSum(price, countsOf(row, catalogue, names), averageOf);
  return standard === undefined ? 0n : discounted(standard, row);
}

/** The tokens beyond a length, at the average price of these meters' tokens in their class. */
function costBeyond(row: SizeRow, catalogue: Catalogue, names: readonly string[], excess: bigint): bigint {
  const tokens = total(countsOf(row, catalogue, names));
  return tokens === 0n ? 0n : multiplyDivide(costOf(row, catalogue, names), excess, tokens);
}

/** What prompts above the lowest step of their model's price cost more than they would at its lower price. */
function stepHint(catalogue: Catalogue, advice: Advice, bounds: readonly number[], rows: readonly SizeRow[]) {
  const found: StepHint[] = [];
  for (const row of rows) {
    const totals = priceOf(row, catalogue)?.components.flatMap(({ total }) => (total ? [total.shown] : [])) ?? [];
    const steps = totals.filter(({ meters }) => ofPrompts(meters, advice)).flatMap(({ above }) => above ?? []);
    const above = Math.min(...steps);
    if (steps.length === 0 || (bounds[row.size - 1] ?? 0) < above) continue;
    const cost = costOf(row, catalogue) - costOf(row, catalogue, undefined, BigInt(above));
    found.push({ above, calls: row.calls, cost });
  }
  const sum = (of: (hint: StepHint) => bigint) => found.reduce((all, hint) => all + of(hint), 0n);
  const [first] = found;
  return first ? { above: first.above, calls: sum(({ calls }) => calls), cost: sum(({ cost }) => cost) } : null;
}

/** The share of the spend that is prompts, and what the unusually long ones cost beyond the longest usual length. */
export function promptHint(
  catalogue: Catalogue,
  advice: Advice,
  bounds: readonly number[],
  rows: readonly SizeRow[],
  median: bigint,
): PromptHint {
  const sum = (of: (row: SizeRow) => bigint) => rows.reduce((all, row) => all + of(row), 0n);
  const inputCost = sum((row) => costOf(row, catalogue, advice.promptMeters));
  const cost = sum((row) => row.cost);
  return {
    ...{ median, longest: median * UNUSUAL, inputCost },
    share: cost > 0n ? Number((inputCost * 100n) / cost) : 0,
    calls: sum(({ longPrompts }) => longPrompts),
    saves: sum((row) => costBeyond(row, catalogue, advice.promptMeters, row.promptExcess)),
    step: stepHint(catalogue, advice, bounds, rows),
  };
}

/** What unusually long answers cost beyond the longest usual length, and models that are held for far more than is used. */
export function answerHint(
  catalogue: Catalogue,
  advice: Advice,
  rows: readonly SizeRow[],
  held: readonly HeldRow[],
  median: bigint,
): AnswerHint {
  const sum = (of: (row: SizeRow) => bigint) => rows.reduce((all, row) => all + of(row), 0n);
  return {
    ...{ median, longest: median * UNUSUAL },
    calls: sum(({ longAnswers }) => longAnswers),
    saves: sum((row) => costBeyond(row, catalogue, [advice.answerMeter], row.answerExcess)),
    held: held.filter(({ declared, used }) => used * FAR_ABOVE < declared),
    reached: held.reduce((all, row) => all + row.reached, 0n),
    ofHeld: held.reduce((all, row) => all + row.calls, 0n),
  };
}

export const longestOf = ({ prompt, answer }: Medians): Medians => ({
  prompt: prompt * UNUSUAL,
  answer: answer * UNUSUAL,
});
