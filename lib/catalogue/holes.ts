/**
 * Goes through all combinations of options, tiers and periods of each meter of a price: one that no component covers
 * is a hole; a tier in which a meter costs less than in the one below would make a longer prompt the cheaper one.
 */
import { shiftDecimal } from "@/lib/kernel/money";
import { sameMeters, totalHolds } from "./conditions";
import type { CatalogueFile, ComponentFile, PriceFile } from "./file";
import type { Path } from "./issues";

type Report = (path: Path, message: string) => void;
/** One way in which calls differ: its choices in words, and which components hold in each. */
type Dimension = { words: string[]; fixes: string[]; holds: boolean[][]; tier: boolean };

export const MOST_COMBINATIONS = 4_096;
const MOST_HOLES = 5;
/** 18 of an amount and 6 of a million, so that no rate is rounded. */
const RATE_DIGITS = 24;

function optionDimensions(price: PriceFile, parts: readonly ComponentFile[]): Dimension[] {
  const names = [...new Set(parts.flatMap((part) => Object.keys(part.when ?? {})))];
  return names.flatMap((name) => {
    const option = price.options[name];
    if (!option) return [];
    const values = option.type === "boolean" ? [false, true] : option.values;
    return {
      words: values.map((value) => `${name}=${value}`),
      fixes: values.map((value) => `when: {${name}: ${value}}`),
      holds: values.map((value) => parts.map(({ when }) => when?.[name] === undefined || when[name] === value)),
      tier: false,
    };
  });
}

function tierDimensions(parts: readonly ComponentFile[]): Dimension[] {
  const lists: string[][] = [];
  for (const { whenTotal } of parts) {
    if (whenTotal && !lists.some((list) => sameMeters(list, whenTotal.meters))) lists.push(whenTotal.meters);
  }
  return lists.map((meters) => {
    const own = parts.map(({ whenTotal }) =>
      whenTotal && sameMeters(whenTotal.meters, meters) ? whenTotal : undefined,
    );
    const bounds = [...new Set(own.flatMap((total) => [total?.above ?? [], total?.upTo ?? []].flat()))];
    bounds.sort((a, b) => a - b);
    const tiers = [...bounds, undefined].map((upTo, index) => ({ above: bounds[index - 1], upTo }));
    const text = ({ above, upTo }: (typeof tiers)[number], sign: string) =>
      [above === undefined ? [] : [`above${sign} ${above}`], upTo === undefined ? [] : [`upTo${sign} ${upTo}`]].flat();
    return {
      words: tiers.map((tier) => `${meters.join(" + ")} ${text(tier, "").join(" and ").replace("upTo", "up to")}`),
      fixes: tiers.map((tier) => `whenTotal: {meters: [${meters.join(", ")}], ${text(tier, ":").join(", ")}}`),
      holds: tiers.map(({ above, upTo }) => {
        const total = BigInt(upTo ?? (above ?? 0) + 1);
        return own.map((condition) => condition === undefined || totalHolds(condition, total));
      }),
      tier: true,
    };
  });
}

function periodDimensions(file: CatalogueFile, parts: readonly ComponentFile[]): Dimension[] {
  if (!file.periods || parts.every((part) => part.whenPeriod === undefined)) return [];
  const names = file.periods.list.map((period) => period.name);
  return [
    {
      words: names.map((name) => `period=${name}`),
      fixes: names.map((name) => `whenPeriod: ${name}`),
      holds: names.map((name) => parts.map(({ whenPeriod }) => whenPeriod === undefined || whenPeriod === name)),
      tier: false,
    },
  ];
}

/** The components that apply when each dimension is at its place. */
function applying(dimensions: readonly Dimension[], places: readonly number[], parts: readonly ComponentFile[]) {
  return parts.filter((_, part) => dimensions.every(({ holds }, index) => holds[places[index] ?? 0]?.[part]));
}

function* combinations(dimensions: readonly Dimension[]): Generator<number[]> {
  const places = dimensions.map(() => 0);
  for (;;) {
    yield [...places];
    let index = places.length - 1;
    while (index >= 0 && places[index] === (dimensions[index]?.words.length ?? 0) - 1) places[index--] = 0;
    if (index < 0) return;
    places[index] = (places[index] ?? 0) + 1;
  }
}

const rate = ({ amount = "0", per }: ComponentFile) => BigInt(shiftDecimal(amount, RATE_DIGITS)) / BigInt(per);

/**
 * Whether no quantity costs less by `upper`, rounding included: each rate of `lower` has one there that is not below.
 */
function risesTo(lower: readonly ComponentFile[], upper: readonly ComponentFile[]): boolean {
  const down = (a: bigint, b: bigint) => (a < b ? 1 : a > b ? -1 : 0);
  const [below, above] = [lower.map(rate).sort(down), upper.map(rate).sort(down)];
  return below.every((one, index) => one <= (above[index] ?? 0n));
}

function checkMeter(file: CatalogueFile, price: PriceFile, meter: string, at: Path, report: Report): void {
  const parts = price.components.filter((part) => part.meter === meter);
  const here = [...at, "components", price.components.indexOf(parts[0] as ComponentFile)];
  const dimensions = [...optionDimensions(price, parts), ...tierDimensions(parts), ...periodDimensions(file, parts)];
  const count = dimensions.reduce((product, { words }) => product * words.length, 1);
  if (count > MOST_COMBINATIONS) {
    const fix = "make separate models of some of its options";
    report(
      here,
      `${meter} has ${count} combinations of options, tiers and periods, and ${MOST_COMBINATIONS} is the maximum; ${fix}`,
    );
    return;
  }
  let holes = 0;
  const fallen = new Set<string>();
  for (const places of combinations(dimensions)) {
    const now = applying(dimensions, places, parts);
    const said = (list: "words" | "fixes") => dimensions.map((one, index) => one[list][places[index] ?? 0]).join(", ");
    if (now.length === 0 && ++holes <= MOST_HOLES) {
      const fix = `add a component with \`${said("fixes").replaceAll("}, when: {", ", ")}\``;
      report(here, `${meter} has no price for ${said("words")}; ${fix}, or one that says \`free: true\` there`);
    }
    dimensions.forEach(({ tier, words }, index) => {
      const next = places.map((place, other) => (other === index ? place + 1 : place));
      if (!tier || (next[index] ?? 0) >= words.length || risesTo(now, applying(dimensions, next, parts))) return;
      fallen.add(words[next[index] ?? 0] ?? "");
    });
  }
  if (holes > MOST_HOLES) report(here, `${meter} has no price for ${holes - MOST_HOLES} more combinations`);
  for (const tier of fallen) {
    const why = "a longer prompt would be the cheaper one, and a hold of it no ceiling for a shorter one";
    report(here, `${meter} costs less with ${tier} than below: ${why}; write a rate that is not lower`);
  }
}

/** Every combination of a billable price that would be free by omission, and every tier that falls. */
export function checkHoles(file: CatalogueFile, price: PriceFile, at: Path, report: Report): void {
  for (const meter of new Set(price.components.map((part) => part.meter))) checkMeter(file, price, meter, at, report);
}
