import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount, multiplyDivide } from "@/lib/kernel/money";
import { presentZone } from "@/lib/kernel/time-zone";
import { jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { type ModelHint, modelHints, promptBounds } from "./hint-models";
import { MOST_CALLS, type Repeats, readRepeats, readSizes, type SizeRow } from "./hint-store";
import { resolveRange } from "./range-store";
import { type CostHints, usageQuery } from "./schema";
import { readSums, type SummedRow } from "./usage-store";

type Advice = NonNullable<Catalogue["costHints"]>;
const NO_REPEATS: Repeats = { prompts: 0n, calls: 0n, cost: 0n, most: [] };

/** The catalogue's advice. Errors: not_found where it has none. */
function adviceOf({ costHints }: Catalogue): Advice {
  if (costHints) return costHints;
  throw new TollgateError("not_found", "There is no such route.");
}

async function load(ctx: Context, catalogue: Catalogue, advice: Advice) {
  const slotsOf = (names: readonly string[]) => names.flatMap((name) => catalogue.meterSlots.get(name) ?? []);
  const cut = {
    slots: catalogue.meters.length,
    prompt: slotsOf(advice.promptMeters),
    bounds: promptBounds(catalogue, advice),
  };
  return queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const range = await resolveRange(client, ctx, {});
    const plan = { tag: undefined, value: undefined, groups: ["endpoint" as const, "model" as const] };
    const sums = await readSums(client, ctx, usageQuery.parse({}), plan, { range, starts: null, slots: 0 });
    const sizes = await readSizes(client, ctx, range, cut);
    const tag = advice.fingerprintTag;
    const repeats = tag === undefined ? NO_REPEATS : await readRepeats(client, ctx, range, tag);
    return { range, sums, sizes, repeats };
  });
}

/** Rows of the latest calls as rows of all calls: each model's as many times as the sums have calls of it. */
export function extrapolate(rows: readonly SizeRow[], sums: readonly SummedRow[]): SizeRow[] {
  const keyOf = (row: { endpoint?: string; model?: string }) => JSON.stringify([row.endpoint, row.model]);
  const all = new Map(sums.map((row) => [keyOf(row), row.requests]));
  const read = new Map<string, bigint>();
  for (const row of rows) read.set(keyOf(row), (read.get(keyOf(row)) ?? 0n) + row.calls);
  return rows.map((row) => {
    const [times = 0n, of = 0n] = [all.get(keyOf(row)), read.get(keyOf(row))];
    if (of === 0n || times <= of) return row;
    const whole = (count: bigint) => multiplyDivide(count, times, of);
    const { calls, cost, costPlan, counts } = row;
    return { ...row, calls: whole(calls), cost: whole(cost), costPlan: whole(costPlan), counts: counts.map(whole) };
  });
}

/** A hint is worth reading from 1 % of the range's spend on, and from five hundredths of the unit on. */
export function isWorth(saves: bigint, spend: bigint, scale: number): boolean {
  return saves * 100n >= spend && saves * 20n >= 10n ** BigInt(scale);
}

/**
 * Where the last 30 days could have cost less, each with its sum, beside the catalogue's advice: cheaper models for the
 * calls that they suit, and repeated prompts. It is computed from a limited number of the latest calls.
 * Errors: not_found (also where the catalogue has no advice on costs).
 */
export async function costHints(ctx: Context): Promise<CostHints> {
  mayRead(ctx);
  const { catalogue } = currentCatalogue();
  const advice = adviceOf(catalogue);
  const { unit } = catalogue;
  const { range, sums, sizes, repeats } = await load(ctx, catalogue, advice);
  const amount = (value: bigint) => formatAmount(value, unit.scale);
  const spend = sums.reduce((sum, { cost }) => sum + cost, 0n);
  const calls = sizes.reduce((sum, row) => sum + row.calls, 0n);
  const complete = calls < BigInt(MOST_CALLS);
  const models = modelHints(catalogue, complete ? sizes : extrapolate(sizes, sums));
  const worth = (saves: bigint) => isWorth(saves, spend, unit.scale);
  const modelAnswer = ({ suggested, cost, wouldCost, ...hint }: ModelHint) => ({
    ...{ endpoint: hint.endpoint, model: hint.model, useCase: suggested.useCase, suggested: suggested.model },
    longestPrompt: suggested.longestPrompt ?? null,
    calls: jsonCount(hint.calls),
    ...{ cost: amount(cost), wouldCost: amount(wouldCost), saves: amount(cost - wouldCost) },
  });
  return {
    unit: unit.code,
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    timezone: presentZone(range.zone),
    spend: amount(spend),
    calls: jsonCount(calls),
    complete,
    advice: {
      models: advice.models.map(({ useCase, model, name, cost }) => ({ useCase, model, name, cost })),
      practices: [...advice.practices],
    },
    models: models.filter(({ cost, wouldCost }) => worth(cost - wouldCost)).map(modelAnswer),
    caching: worth(repeats.cost)
      ? {
          prompts: jsonCount(repeats.prompts),
          calls: jsonCount(repeats.calls),
          saves: amount(repeats.cost),
          most: repeats.most.map((row) => ({ ...row, calls: jsonCount(row.calls), cost: amount(row.cost) })),
        }
      : null,
  };
}
