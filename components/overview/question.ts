import { localDate, shiftDate } from "@/lib/kernel/print-time";

/** The questions of the overview, the same on the server and in the browser. */
export const SPEND_QUERY = { interval: "day", groupBy: "model", quantities: "false" } as const;

const DAYS = 30;
const DAY_MS = 86_400_000;

/** The thirty days before those of SPEND_QUERY, up to the same point of its last day: like is compared with like. */
export function beforeQuery(now: Date, timeZone: string) {
  return {
    from: shiftDate(localDate(now, timeZone), 1 - 2 * DAYS),
    to: new Date(now.getTime() - DAYS * DAY_MS).toISOString(),
    groupBy: "model",
    quantities: "false",
  } as const;
}
export const HISTORY_DAYS = DAYS;
