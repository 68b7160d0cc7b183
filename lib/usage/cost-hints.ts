import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount, multiplyDivide } from "@/lib/kernel/money";
import { presentZone } from "@/lib/kernel/time-zone";
import { jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { hintAnswers } from "./hint-answer";
import { answerHint, longestOf, promptHint } from "./hint-lengths";
import { type Advice, modelHints, promptBounds } from "./hint-models";
import { MOST_CALLS, type Repeats, readHeld, readMedians, readRepeats, readSizes, type SizeRow } from "./hint-store";
import { resolveRange } from "./range-store";
import { type CostHints, usageQuery } from "./schema";
import { readSums, type SummedRow } from "./usage-store";

const NO_REPEATS: Repeats = { prompts: 0n, calls: 0n, cost: 0n, most: [] };

/** The catalogue's advice. Errors: not_found where it has none. */
function adviceOf({ costHints }: Catalogue): Advice {
  if (costHints) return costHints;
  throw new TollgateError("not_found", "There is no such route.");
}

async function load(ctx: Context, catalogue: Catalogue, advice: Advice) {
  const slotsOf = (names: readonly string[]) => names.flatMap((name) => catalogue.meterSlots.get(name) ?? []);
  const answer = slotsOf([advice.answerMeter]);
  const slots = { all: catalogue.meters.length, prompt: slotsOf(advice.promptMeters), answer };
  const bounds = promptBounds(catalogue, advice);
  return queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const range = await resolveRange(client, ctx, {});
    const plan = { tag: undefined, value: undefined, groups: ["endpoint" as const, "model" as const] };
    const sums = await readSums(client, ctx, usageQuery.parse({}), plan, { range, starts: null, slots: 0 });
    const medians = await readMedians(client, ctx, range, slots);
    const sizes = await readSizes(client, ctx, range, slots, { bounds, longest: longestOf(medians) });
    const tag = advice.fingerprintTag;
    const repeats = tag === undefined ? NO_REPEATS : await readRepeats(client, ctx, range, tag);
    const held = await readHeld(client, ctx, range, answer[0] ?? 0);
    return { range, bounds, sums, medians, sizes, repeats, held };
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
    return {
      ...row,
      ...{ calls: whole(row.calls), cost: whole(row.cost), costPlan: whole(row.costPlan) },
      ...{ counts: row.counts.map(whole) },
      ...{ longPrompts: whole(row.longPrompts), promptExcess: whole(row.promptExcess) },
      ...{ longAnswers: whole(row.longAnswers), answerExcess: whole(row.answerExcess) },
    };
  });
}

/**
 * Where the last 30 days could have cost less, each with its sum, beside the catalogue's advice: cheaper models for the
 * calls that they suit, repeated prompts, long prompts and long answers. It is computed from a limited number of the latest calls.
 * Errors: not_found (also where the catalogue has no advice on costs).
 */
export async function costHints(ctx: Context): Promise<CostHints> {
  mayRead(ctx);
  const { catalogue } = currentCatalogue();
  const advice = adviceOf(catalogue);
  const { unit } = catalogue;
  const { range, bounds, sums, medians, sizes, repeats, held } = await load(ctx, catalogue, advice);
  const spend = sums.reduce((sum, { cost }) => sum + cost, 0n);
  const calls = sizes.reduce((sum, row) => sum + row.calls, 0n);
  const complete = calls < BigInt(MOST_CALLS);
  const rows = complete ? sizes : extrapolate(sizes, sums);
  const found = {
    repeats,
    models: modelHints(catalogue, rows),
    prompts: promptHint(catalogue, advice, bounds, rows, medians.prompt),
    answers: answerHint(catalogue, advice, rows, held, medians.answer),
  };
  return {
    unit: unit.code,
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    timezone: presentZone(range.zone),
    spend: formatAmount(spend, unit.scale),
    calls: jsonCount(calls),
    complete,
    advice: {
      models: advice.models.map(({ useCase, model, name, cost }) => ({ useCase, model, name, cost })),
      practices: [...advice.practices],
    },
    ...hintAnswers(found, spend, unit),
  };
}
