import { usualGroup } from "@/components/context/call-names";
import type { Facts } from "@/components/context/facts";
import { localDate, shiftDate } from "@/lib/kernel/print-time";

/** The questions of the overview, the same on the server and in the browser. */
export function spendQuery(facts: Pick<Facts, "models">) {
  return { interval: "day", groupBy: usualGroup(facts), quantities: "false" } as const;
}

const DAYS = 30;
const DAY_MS = 86_400_000;

/** The thirty days before those of spendQuery, up to the same point of its last day: like is compared with like. */
export function beforeQuery(facts: Pick<Facts, "models">, now: Date, timeZone: string) {
  return {
    from: shiftDate(localDate(now, timeZone), 1 - 2 * DAYS),
    to: new Date(now.getTime() - DAYS * DAY_MS).toISOString(),
    groupBy: usualGroup(facts),
    quantities: "false",
  } as const;
}
export const HISTORY_DAYS = DAYS;
