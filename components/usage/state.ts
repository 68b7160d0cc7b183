/** What the page shows, as its address says it; read by the server and by the browser alike. */
import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { usualGroup } from "@/components/context/call-names";
import { GROUPS, INTERVALS, type Interval } from "@/lib/usage/schema";
import { type Range, readRange, writeRange } from "./range";

/** Bars, or the table of the same numbers. */
export const VIEWS = ["chart", "table"] as const;
const TAG_GROUP = /^tag:[a-z][a-z0-9_-]{0,63}$/;
const MOST_STEPS = 6;

const range = createParser<Range>({
  parse: readRange,
  serialize: writeRange,
  eq: (a, b) => writeRange(a) === writeRange(b),
});

/** A range that was narrowed, with the interval that it was cut into: the way back. */
export type Step = { range: Range; interval: Interval | null };

const step = createParser<Step>({
  parse: (text) => {
    const [first = "", second, ...more] = text.split("~");
    const found = readRange(first);
    const interval = INTERVALS.find((name) => name === second) ?? null;
    return found && more.length === 0 && (second === undefined || interval) ? { range: found, interval } : null;
  },
  serialize: (value) => writeRange(value.range) + (value.interval ? `~${value.interval}` : ""),
});

const group = createParser({
  parse: (text) => (GROUPS.some((name) => name === text) || TAG_GROUP.test(text) ? text : null),
  serialize: (text: string) => text,
});

export const explorerParsers = {
  range: range.withDefault("30d"),
  path: parseAsArrayOf(step).withDefault([]),
  interval: parseAsStringLiteral(INTERVALS),
  group: group.withDefault("model"),
  /** A second group: both together have a table of their own. */
  also: group,
  measure: parseAsString.withDefault("cost"),
  compare: parseAsBoolean.withDefault(true),
  endpoint: parseAsString,
  model: parseAsString,
  key: parseAsString,
  member: parseAsString,
  tag: parseAsString,
  refunded: parseAsBoolean.withDefault(false),
  view: parseAsStringLiteral(VIEWS).withDefault("chart"),
  call: parseAsString,
};
/** Short names, because links are pasted into chats. */
export const explorerNames = {
  range: "r",
  path: "p",
  interval: "i",
  group: "g",
  also: "a",
  measure: "v",
  compare: "c",
  endpoint: "e",
  model: "m",
  key: "k",
  member: "u",
  tag: "t",
  refunded: "f",
  view: "w",
  call: "x",
} as const;

export type ExplorerState = inferParserType<typeof explorerParsers>;
export const loadExplorer = createLoader(explorerParsers, { urlKeys: explorerNames });

export const FILTERS = ["endpoint", "model", "key", "member", "tag"] as const;
export type FilterName = (typeof FILTERS)[number];
export type Change = Partial<{ [Name in keyof ExplorerState]: ExplorerState[Name] | null }>;

const tagOf = (text: string | null | undefined) => (text?.startsWith("tag:") ? text.slice("tag:".length) : undefined);

/** The sums know one tag at a time, so choosing another lets go of the one before. */
export function choose(state: ExplorerState, change: Change): Change {
  const filter = change.tag === undefined ? state.tag : change.tag;
  const filtered = filter?.split(":", 1)[0];
  const group = tagOf(change.group);
  if (group !== undefined && filtered !== undefined && filtered !== group) return { ...change, tag: null };
  const other = typeof change.tag === "string" && tagOf(state.group) !== undefined && tagOf(state.group) !== filtered;
  return other ? { ...change, group: `tag:${filtered}` } : change;
}

/** By what differs in this catalogue. */
export function groupedByWhatDiffers(state: ExplorerState, models: readonly string[]): ExplorerState {
  const usual = usualGroup({ models });
  return state.group === "model" && usual !== "model" ? { ...state, group: usual } : state;
}

/** The second group, where the sums know both together: not the first one again, and no second tag. */
export function secondGroup({ group, also, tag }: Pick<ExplorerState, "group" | "also" | "tag">): string | null {
  if (also === null || also === group) return null;
  const tags = [group, also].flatMap((name) => tagOf(name) ?? []);
  const filtered = tag?.split(":", 1)[0];
  return new Set(filtered === undefined ? tags : [...tags, filtered]).size > 1 ? null : also;
}

/** One range deeper; the way back grows by a step. */
export function narrowed(state: ExplorerState, to: Range): Change {
  const path = [...state.path, { range: state.range, interval: state.interval }].slice(-MOST_STEPS);
  return { range: to, interval: null, path };
}

/** Back to a step of the way, which ends there. */
export function returned(state: ExplorerState, index: number): Change {
  const to = state.path[index];
  if (!to) return {};
  const path = state.path.slice(0, index);
  return { range: to.range, interval: to.interval, path: path.length > 0 ? path : null };
}
