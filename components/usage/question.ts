import type { endpoints, ParametersOf } from "@/lib/adapters/portal/endpoints";
import { periodBefore } from "./before";
import { intervalOf } from "./intervals";
import { type Period, periodOf } from "./range";
import { type ExplorerState, secondGroup } from "./state";

export type UsageParameters = ParametersOf<typeof endpoints.usage>;
type LogParameters = ParametersOf<typeof endpoints.events>;
/** The API query for one state of the page, the same on the server and in the browser. */
export type Question = {
  period: Period;
  interval: "hour" | "day" | "week" | "month";
  usage: UsageParameters;
  before: UsageParameters;
  /** The two groups together, in the whole range; null without a second one. */
  both: UsageParameters | null;
  /** The calls of the list and of the file. */
  log: Omit<LogParameters, "limit">;
  /** The list, by pages. */
  logPage: LogParameters;
  csv: Omit<LogParameters, "limit"> & { totals: "true" };
};

const LOG_PAGE = "50";

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
  const also = secondGroup(state);
  const log = { ...within(period), successfulOnly: state.refunded ? undefined : "true" } as const;
  return {
    period,
    interval,
    usage: { ...within(period), ...sums },
    before: { ...within(periodBefore(period, now, timezone)), ...sums },
    both: also === null ? null : { ...within(period), groupBy: `${state.group},${also}`, quantities: "false" },
    log,
    logPage: { ...log, limit: LOG_PAGE },
    csv: { ...log, totals: "true" },
  };
}
