import { compareNames } from "@/lib/kernel/locale";
/** Six series that color-blind readers can tell apart; the rest of a chart is "Other". */
export const SERIES_COLORS = [1, 2, 3, 4, 5, 6].map((number) => `var(--series-${number})`);
/** No name of the API can be it. */
export const OTHER = "\u0000other";
export const OTHER_COLOR = "var(--series-other)";

/**
 * A color for each name: the one of its place in the catalogue, the same on every page; where two of a chart would
 * share one, the later takes the next that is free.
 */
export function colorsOf(names: readonly string[], catalogue: readonly string[]): Map<string, string> {
  const inOrder = [...names].sort((a, b) => place(a, catalogue) - place(b, catalogue) || compareNames(a, b));
  const taken = new Set<number>();
  const colors = new Map<string, string>();
  for (const name of inOrder) {
    let slot = place(name, catalogue) % SERIES_COLORS.length;
    for (let tries = 0; taken.has(slot) && tries < SERIES_COLORS.length; tries++)
      slot = (slot + 1) % SERIES_COLORS.length;
    taken.add(slot);
    colors.set(name, SERIES_COLORS[slot] ?? OTHER_COLOR);
  }
  return colors;
}

/** Names that the catalogue no longer has come after all others. */
function place(name: string, catalogue: readonly string[]): number {
  const at = catalogue.indexOf(name);
  return at < 0 ? catalogue.length : at;
}
