import { colorsOf, OTHER_COLOR, SERIES_COLORS } from "@/components/charts/palette";
import { idOf } from "@/components/charts/series";
import { compareNames } from "@/lib/kernel/locale";
import { parseAmount } from "@/lib/kernel/money";
import type { UsageAnswer } from "@/lib/usage/schema";

/** `name` is null for the sum of those that are not among the six largest. Sums are exact, in minor units. */
export type SpendSeries = { name: string | null; color: string; total: bigint; before: bigint };
export type SpendDay = { start: string; requests: bigint; total: bigint; parts: readonly bigint[] };
export type Spend = { total: bigint; before: bigint; series: SpendSeries[]; days: SpendDay[] };

type Sum = { now: bigint; before: bigint };

function sumsOf(usage: UsageAnswer, before: UsageAnswer, scale: number): [string, Sum][] {
  const sums = new Map<string, Sum>();
  const add = (answer: UsageAnswer, side: keyof Sum) => {
    for (const row of answer.data) {
      const id = idOf(row, usage.groupBy[0] ?? "model");
      const sum = sums.get(id) ?? { now: 0n, before: 0n };
      sum[side] += parseAmount(row.cost, scale, { signed: true });
      sums.set(id, sum);
    }
  };
  add(usage, "now");
  add(before, "before");
  const largest = ([a, x]: [string, Sum], [b, y]: [string, Sum]) =>
    x.now === y.now
      ? x.before === y.before
        ? compareNames(a, b)
        : x.before > y.before
          ? -1
          : 1
      : x.now > y.now
        ? -1
        : 1;
  return [...sums].filter(([, sum]) => sum.now !== 0n || sum.before !== 0n).sort(largest);
}

/**
 * A usage answer by day and model or endpoint: the six largest by what they cost now, all others as one, days without
 * calls included. `before` is the answer for the period to compare with, by the same.
 */
export function spendOf(usage: UsageAnswer, before: UsageAnswer, scale: number, catalogue: readonly string[]): Spend {
  const sums = sumsOf(usage, before, scale);
  const shown = sums.slice(0, SERIES_COLORS.length).map(([id]) => id);
  const colors = colorsOf(shown, catalogue);
  const series: SpendSeries[] = sums.slice(0, shown.length).map(([id, sum]) => ({
    name: id,
    color: colors.get(id) ?? OTHER_COLOR,
    total: sum.now,
    before: sum.before,
  }));
  const rest = sums.slice(shown.length);
  const add = (side: keyof Sum, of: readonly [string, Sum][]) => of.reduce((total, [, sum]) => total + sum[side], 0n);
  if (rest.length > 0) {
    const name = rest.length === 1 ? (rest[0]?.[0] ?? null) : null;
    series.push({ name, color: OTHER_COLOR, total: add("now", rest), before: add("before", rest) });
  }
  return {
    total: add("now", sums),
    before: add("before", sums),
    series,
    days: daysOf(usage, shown, series.length, scale),
  };
}

function daysOf(usage: UsageAnswer, shown: readonly string[], count: number, scale: number): SpendDay[] {
  const days = new Map(
    (usage.starts ?? []).map((start) => [start, { start, requests: 0n, total: 0n, parts: Array(count).fill(0n) }]),
  );
  for (const row of usage.data) {
    const { start = usage.from, cost, requests } = row;
    const id = idOf(row, usage.groupBy[0] ?? "model");
    const day = days.get(start);
    if (!day) continue;
    const amount = parseAmount(cost, scale, { signed: true });
    const place = shown.includes(id) ? shown.indexOf(id) : shown.length;
    day.requests += BigInt(requests);
    day.total += amount;
    if (place < count) day.parts[place] += amount;
  }
  return [...days.values()];
}
