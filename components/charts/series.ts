import { compareNames } from "@/lib/kernel/locale";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { UsageAnswer, UsageRow } from "@/lib/usage/schema";
import { colorsOf, OTHER, OTHER_COLOR, SERIES_COLORS } from "./palette";

/** Cost, requests, or a meter of the catalogue. Amounts are counted in minor units. */
export type Measure = string;
/** One endpoint, model, key, member or tag value in the range; `id` is "" for calls without one. */
export type Part = { id: string; name: string | null; value: bigint; requests: bigint; visible: boolean };
export type Series = { id: string; name: string | null; color: string; total: bigint };
/** One bar: exact sums by series. */
export type Bar = { start: string; total: bigint; requests: bigint; parts: Map<string, bigint> };
export type Stacked = {
  measure: Measure;
  /** At most six by size, and the rest as one, which has its own name if it is only one. */
  series: Series[];
  bars: Bar[];
  /** All of them, by size, with the colors of those that have their own. */
  parts: Part[];
  total: bigint;
  requests: bigint;
};
/**
 * The bars of the period before, each at the place of the one that it is compared with; nothing where there is none.
 */
export type Past = Omit<Stacked, "bars"> & { bars: (Bar | undefined)[] };
type Look = { measure?: Measure; nameOf?: (id: string, row: UsageRow) => string | null };

export function measured(
  row: Pick<UsageRow, "cost" | "requests" | "quantities">,
  measure: Measure,
  scale: number,
): bigint {
  if (measure === "cost") return parseAmount(row.cost, scale, { signed: true });
  if (measure === "requests") return BigInt(row.requests);
  return BigInt(row.quantities[measure] ?? 0);
}

/** The group of a row: its endpoint, model, key, member or tag value. */
export function idOf(row: UsageRow, group: string): string {
  const field = group.startsWith("tag:") ? "tag" : (group as "endpoint" | "model" | "key" | "member");
  return row[field] ?? "";
}

function partsOf(usage: UsageAnswer, group: string, scale: number, measure: Measure, nameOf: Look["nameOf"]): Part[] {
  const parts = new Map<string, Part>();
  for (const row of usage.data) {
    const id = idOf(row, group);
    const part = parts.get(id) ?? {
      id,
      name: nameOf ? nameOf(id, row) : id,
      value: 0n,
      requests: 0n,
      visible: false,
    };
    const value = measured(row, measure, scale);
    part.value += value;
    part.visible ||= value !== 0n;
    part.requests += BigInt(row.requests);
    parts.set(id, part);
  }
  return [...parts.values()].sort((a, b) =>
    a.value === b.value ? compareNames(a.id, b.id) : a.value > b.value ? -1 : 1,
  );
}

function barsOf(usage: UsageAnswer, group: string, scale: number, measure: Measure, own: ReadonlySet<string>): Bar[] {
  const bars = new Map<string, Bar>(
    (usage.starts ?? [usage.from]).map((start) => [start, { start, total: 0n, requests: 0n, parts: new Map() }]),
  );
  for (const row of usage.data) {
    const bar = bars.get(row.start ?? usage.from);
    if (!bar) continue;
    const id = idOf(row, group);
    const series = own.has(id) ? id : OTHER;
    const value = measured(row, measure, scale);
    bar.total += value;
    bar.requests += BigInt(row.requests);
    bar.parts.set(series, (bar.parts.get(series) ?? 0n) + value);
  }
  return [...bars.values()];
}

/** Bars of a usage answer: the six largest series, the rest as "Other", empty intervals included, nothing lost. */
export function stack(
  usage: UsageAnswer,
  group: string,
  scale: number,
  catalogue: readonly string[],
  { measure = "cost", nameOf }: Look = {},
): Stacked {
  const parts = partsOf(usage, group, scale, measure, nameOf);
  // A free model has no part in a picture of costs; the table below still names it.
  const visible = parts.filter((part) => part.visible);
  const shown = visible.slice(0, SERIES_COLORS.length);
  const colors = colorsOf(
    shown.map(({ id }) => id),
    catalogue,
  );
  const series: Series[] = shown.map(({ id, name, value }) => ({
    id,
    name,
    color: colors.get(id) ?? OTHER_COLOR,
    total: value,
  }));
  const rest = visible.slice(SERIES_COLORS.length);
  if (rest.length > 0) {
    const total = rest.reduce((sum, part) => sum + part.value, 0n);
    const { id, name } = rest.length === 1 ? (rest[0] as Part) : { id: OTHER, name: null };
    series.push({ id, name, color: OTHER_COLOR, total });
  }
  return {
    measure,
    series,
    bars: barsOf(usage, group, scale, measure, new Set(series.map(({ id }) => id))),
    parts,
    total: parts.reduce((sum, part) => sum + part.value, 0n),
    requests: parts.reduce((sum, part) => sum + part.requests, 0n),
  };
}

/** How high to draw an amount. Only a picture is drawn from it; every figure in words is printed from the amount. */
export function height(amount: bigint, scale: number): number {
  return Number(formatAmount(amount, scale));
}

/** How much more or less than before, in tenths of a percent; null when there was nothing to compare with. */
export function changeOf(now: bigint, before: bigint): number | null {
  if (before <= 0n) return null;
  return Number(((now - before) * 1000n) / before);
}
