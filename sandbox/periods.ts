/** Billing periods: counted from the anchor, in UTC, clamped where a month is shorter. Seconds, as Stripe counts. */
export type Every = { interval: string; interval_count: number };

const DAY = 86_400;

function monthsOn(anchor: number, months: number): number {
  const date = new Date(anchor * 1_000);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const time = anchor - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) / 1_000;
  return first.getTime() / 1_000 + (Math.min(date.getUTCDate(), last) - 1) * DAY + time;
}

/** The end of the `index`th period after the anchor. */
function boundary(anchor: number, { interval, interval_count }: Every, index: number): number {
  const count = interval_count * index;
  if (interval === "day") return anchor + count * DAY;
  if (interval === "week") return anchor + count * 7 * DAY;
  return monthsOn(anchor, interval === "year" ? count * 12 : count);
}

/** The first boundary after `moment`. */
export function periodEnd(anchor: number, every: Every, moment: number): number {
  let index = 1;
  while (boundary(anchor, every, index) <= moment) index += 1;
  return boundary(anchor, every, index);
}
