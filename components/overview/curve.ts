import type { BalanceAnswer, BalanceHistory } from "@/lib/ledger/schema";

const HEIGHT = 40;
const TOP = 3;
const FEWEST_AHEAD = 7;
const MOST_AHEAD = 30;

/**
 * Paths in a box of 100 × 40. `ahead` is the projection; it `ends` where nothing is left that calls can be paid from.
 */
export type Curve = {
  line: string;
  area: string;
  zero: number;
  today: { x: number; y: number };
  least: string;
  ahead: { line: string; days: number; ends: boolean } | null;
};

const round = (value: number) => Math.round(value * 100) / 100;

/** How the balance went and how it continues; null when there is too little to draw. Only a picture is made of it. */
export function curveOf(days: BalanceHistory["days"], { available, spendable, runway }: BalanceAnswer): Curve | null {
  if (days.length < 2) return null;
  const values = days.map(({ closing }) => Number(closing));
  const least = days.reduce((low, day) => (Number(day.closing) < Number(low.closing) ? day : low));
  const left = Number(available);
  const payable = Number(spendable);
  const goesOn = runway !== null && runway.days > 0 && payable > 0;
  const aheadDays = goesOn ? Math.min(MOST_AHEAD, Math.max(FEWEST_AHEAD, Math.ceil(runway.days))) : 0;
  const top = Math.max(...values, left, 0);
  const bottom = Math.min(...values, left, 0);
  if (top === bottom) return null;
  const x = (day: number) => round((100 * day) / (days.length - 1 + aheadDays));
  const y = (value: number) => round(TOP + ((HEIGHT - TOP) * (top - value)) / (top - bottom));
  const points = values.map((value, day) => `${x(day)} ${y(value)}`);
  const lastDay = days.length - 1;
  const line = `M${points.join("L")}`;
  const drawn = goesOn ? Math.min(runway.days, aheadDays) : 0;
  const rest = goesOn ? Math.max(0, left - (payable * drawn) / runway.days) : 0;
  return {
    line,
    area: `${line}L${x(lastDay)} ${y(0)}L0 ${y(0)}Z`,
    zero: y(0),
    today: { x: x(lastDay), y: y(values[lastDay] ?? 0) },
    least: least.closing,
    ahead: goesOn
      ? {
          line: `M${x(lastDay)} ${y(values[lastDay] ?? 0)}L${x(lastDay + drawn)} ${y(rest)}`,
          days: aheadDays,
          ends: runway.days <= aheadDays,
        }
      : null,
  };
}
