/** What the page shows, as its address says it; read by the server and by the browser alike. */
import { createLoader, createParser, type inferParserType, parseAsString } from "nuqs/server";
import type { endpoints, ParametersOf } from "@/lib/adapters/portal/endpoints";
import { dayStart } from "@/lib/kernel/local-time";
import { shiftDate } from "@/lib/kernel/print-time";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const PAGE_ROWS = "50";

const date = createParser({
  parse: (text) => (DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? text : null),
  serialize: (text: string) => text,
});
const words = createParser({
  parse: (text) => text.trim().slice(0, 64) || null,
  serialize: (text: string) => text,
});

export const runsParsers = { search: words, from: date, to: date, run: parseAsString, call: parseAsString };
export type RunsState = inferParserType<typeof runsParsers>;
export const loadRuns = createLoader(runsParsers);
export const NO_FILTERS = { search: null, from: null, to: null };

type Chosen = Pick<RunsState, "search" | "from" | "to">;
type RunsParameters = ParametersOf<typeof endpoints.runs>;
type Range = { from?: string; to?: string };
/** The API query for one state of the page, the same on the server and in the browser. */
export type Question = { runs: RunsParameters; costs: Range };

/** Without dates the answer is about the last 30 days, which is the API's usual range. */
export function questionOf({ search, from, to }: Chosen, timeZone: string): Question {
  const costs: Range = {
    ...(from && { from: dayStart(from, timeZone).toISOString() }),
    ...(to && { to: dayStart(shiftDate(to, 1), timeZone).toISOString() }),
  };
  return { costs, runs: { ...costs, ...(search && { search }), limit: PAGE_ROWS } };
}

export const isFiltered = ({ search, from, to }: Chosen) => Boolean(search || from || to);
