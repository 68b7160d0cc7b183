/** Which calls could go to a cheaper model of the operator's advice, and what they would have cost there. */
import { planPrice, priceSum } from "@/lib/catalogue";
import { type Catalogue, type Price, priceKey, type Quantities } from "@/lib/catalogue/schema";
import { multiplyDivide } from "@/lib/kernel/money";
import type { SizeRow } from "./hint-store";

export type Advice = NonNullable<Catalogue["costHints"]>;
type Suggested = Advice["models"][number];
/**
 * Calls of one model that the suggested one suits by the length of their prompts, which have more than `longerThan` tokens;
 * `wouldCost` is with that model.
 */
export type ModelHint = {
  endpoint: string;
  model: string;
  suggested: Suggested;
  longerThan: number;
  calls: bigint;
  cost: bigint;
  wouldCost: bigint;
};

const isStep = (length: number | undefined): length is number => length !== undefined;

/** Whether these meters are the whole prompt, so that their sum is its length. */
export function ofPrompts(meters: readonly string[], { promptMeters }: Advice): boolean {
  return meters.length === promptMeters.length && meters.every((meter) => promptMeters.includes(meter));
}

/** The lengths of prompts at which a model no longer suits, or a price changes; ascending. */
export function promptBounds({ prices }: Catalogue, advice: Advice): number[] {
  const steps = prices
    .flatMap(({ components }) => components.flatMap(({ total }) => (total ? [total.shown] : [])))
    .filter(({ meters }) => ofPrompts(meters, advice))
    .flatMap(({ above, upTo }) => [above, upTo]);
  const lengths = [...advice.models.map(({ longestPrompt }) => longestPrompt), ...steps].filter(isStep);
  return [...new Set(lengths)].sort((a, b) => a - b);
}

/** The quantities with another model, which may have no price of its own for what a cache holds. */
function quantitiesWith({ charged }: Price, row: SizeRow, catalogue: Catalogue, advice: Advice): Quantities {
  const quantities: Quantities = {};
  const [plain = ""] = advice.promptMeters;
  for (const { name, slot } of catalogue.meters) {
    const count = row.counts[slot] ?? 0n;
    const meter = charged.includes(name) || !advice.promptMeters.includes(name) ? name : plain;
    if (count > 0n) quantities[meter] = (quantities[meter] ?? 0n) + count;
  }
  if (charged.includes("request")) quantities.request = row.calls;
  return quantities;
}

/** The standard price, with the plan's discount on the part that the plan paid. */
export function discounted(standard: bigint, { cost, costPlan, discountPercent }: SizeRow): bigint {
  if (discountPercent === 0 || cost <= 0n) return standard;
  const planStandard = multiplyDivide(costPlan, 100n, BigInt(100 - discountPercent));
  const ofPlan = multiplyDivide(standard, planStandard, planStandard + cost - costPlan);
  return planPrice(ofPlan, discountPercent) + standard - ofPlan;
}

/** What the calls of one row would have cost with a model; undefined where it has no comparable price. */
function costWith(row: SizeRow, model: string, catalogue: Catalogue, advice: Advice): bigint | undefined {
  const price = catalogue.priceIndex.get(priceKey(row.endpoint, model));
  if (!price || row.calls === 0n) return undefined;
  const quantities = quantitiesWith(price, row, catalogue, advice);
  // Classes of length end where prices change, so the average call meets the conditions of every call.
  const averageOf = (meters: readonly string[]) =>
    meters.reduce((sum, meter) => sum + (quantities[meter] ?? 0n), 0n) / row.calls;
  const standard = priceSum(price, quantities, averageOf);
  return standard === undefined ? undefined : discounted(standard, row);
}

/**
 * For each model, the calls that a cheaper model of the advice suits, and the cheapest such model. Calls whose prompts are
 * longer than a model takes stay. The largest saving comes first.
 */
export function modelHints(catalogue: Catalogue, rows: readonly SizeRow[]): ModelHint[] {
  const { costHints: advice } = catalogue;
  if (!advice) return [];
  const bounds = promptBounds(catalogue, advice);
  const hints = new Map<string, ModelHint>();
  for (const row of rows) {
    const longest = bounds[row.size];
    const suits = advice.models.filter(
      ({ model, longestPrompt }) =>
        model !== row.model && (longestPrompt === undefined || (longest !== undefined && longest <= longestPrompt)),
    );
    const priced = suits.flatMap((suggested) => {
      const wouldCost = costWith(row, suggested.model, catalogue, advice);
      return wouldCost !== undefined && wouldCost < row.cost ? [{ suggested, wouldCost }] : [];
    });
    const [cheapest] = priced.sort((a, b) => Number(a.wouldCost - b.wouldCost));
    if (!cheapest) continue;
    const { endpoint, model } = row;
    const key = JSON.stringify([endpoint, model, cheapest.suggested.model]);
    const longerThan = bounds[row.size - 1] ?? 0;
    const none = { endpoint, model, suggested: cheapest.suggested, longerThan, calls: 0n, cost: 0n, wouldCost: 0n };
    const hint = hints.get(key) ?? none;
    hints.set(key, {
      ...hint,
      longerThan: Math.min(hint.longerThan, longerThan),
      calls: hint.calls + row.calls,
      cost: hint.cost + row.cost,
      wouldCost: hint.wouldCost + cheapest.wouldCost,
    });
  }
  return [...hints.values()].sort((a, b) => Number(b.cost - b.wouldCost - (a.cost - a.wouldCost)));
}
