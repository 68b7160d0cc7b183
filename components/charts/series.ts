import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { UsageAnswer } from "@/lib/usage/schema";
import { colorsOf, OTHER, OTHER_COLOR, SERIES_COLORS } from "./palette";

export type Series = { name: string; color: string; total: bigint };
export type Sum = { cost: bigint; requests: bigint };
/** One bar: exact sums by series, in steps of the unit. */
export type Bar = { start: string; total: Sum; parts: Map<string, Sum> };
export type Stacked = { series: Series[]; bars: Bar[]; total: Sum };
type Dimension = "model" | "endpoint";

const NOTHING: Sum = { cost: 0n, requests: 0n };
const plus = (a: Sum | undefined, b: Sum): Sum => ({
  cost: (a?.cost ?? 0n) + b.cost,
  requests: (a?.requests ?? 0n) + b.requests,
});

/** Bars of a usage answer by model or endpoint: the six largest series, the rest as "Other", empty intervals included. */
export function stack(usage: UsageAnswer, by: Dimension, scale: number, catalogue: readonly string[]): Stacked {
  const rows = usage.data.map((row) => ({
    start: row.start ?? usage.from,
    name: row[by] ?? OTHER,
    sum: { cost: parseAmount(row.cost, scale, { signed: true }), requests: BigInt(row.requests) },
  }));
  const totals = new Map<string, Sum>();
  for (const { name, sum } of rows) totals.set(name, plus(totals.get(name), sum));
  const bySize = [...totals].sort(([a, x], [b, y]) =>
    x.cost === y.cost ? a.localeCompare(b) : x.cost > y.cost ? -1 : 1,
  );
  const shown = bySize.slice(0, SERIES_COLORS.length).map(([name]) => name);
  const colors = colorsOf(shown, catalogue);
  const bars = new Map<string, Bar>(
    (usage.starts ?? [usage.from]).map((start) => [start, { start, total: NOTHING, parts: new Map() }]),
  );
  for (const { start, name, sum } of rows) {
    const bar = bars.get(start);
    if (!bar) continue;
    const series = colors.has(name) ? name : OTHER;
    bar.total = plus(bar.total, sum);
    bar.parts.set(series, plus(bar.parts.get(series), sum));
  }
  const series = shown.map((name) => ({
    name,
    color: colors.get(name) ?? OTHER_COLOR,
    total: totals.get(name)?.cost ?? 0n,
  }));
  const rest = bySize.slice(SERIES_COLORS.length).reduce((sum, [, part]) => sum + part.cost, 0n);
  if (bySize.length > shown.length) series.push({ name: OTHER, color: OTHER_COLOR, total: rest });
  const total = [...totals.values()].reduce(plus, NOTHING);
  return { series, bars: [...bars.values()], total };
}

/** How high to draw an amount. Only a picture is drawn from it; every figure in words is printed from the amount. */
export function height(amount: bigint, scale: number): number {
  return Number(formatAmount(amount, scale));
}
