import { periodBefore } from "./before";
import { intervalOf } from "./intervals";
import { type Period, periodOf } from "./range";
import type { ExplorerState } from "./state";

export type Parameters = Record<string, string | undefined>;
/** The API query for one state of the page, the same on the server and in the browser. */
export type Question = {
  period: Period;
  interval: "hour" | "day" | "week" | "month";
  usage: Parameters;
  before: Parameters;
  log: Parameters;
  csv: Parameters;
};

export const LOG_PAGE = "50";

export function questionOf(state: ExplorerState, now: Date, timezone: string): Question {
  const period = periodOf(state.range, now, timezone);
  const interval = intervalOf(period, state.interval);
  const filters = {
    timezone,
    endpoint: state.endpoint ?? undefined,
    model: state.model ?? undefined,
    key: state.key ?? undefined,
    member: state.member ?? undefined,
    tag: state.tag ?? undefined,
  };
  const within = ({ from, to }: Period) => ({ from, to, ...filters });
  const sums = { interval, groupBy: state.group };
  const log = { ...within(period), successfulOnly: state.refunded ? undefined : "true" };
  return {
    period,
    interval,
    usage: { ...within(period), ...sums },
    before: { ...within(periodBefore(period, now, timezone)), ...sums },
    log,
    csv: { ...log, totals: "true" },
  };
}

/** Only what has a value: what a query schema takes. */
export function given(parameters: Parameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

export const usageKey = (parameters: Parameters) => ["usage", given(parameters)] as const;
/** What is over does not move with every call, so it is not under the keys that do. */
export const beforeKey = (parameters: Parameters) => ["period-before", given(parameters)] as const;
export const logKey = (parameters: Parameters) => ["events", given(parameters)] as const;
export const callKey = (id: string) => ["call", id] as const;
