/** Round steps, so that the axis reads easily. */
const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const INTERVALS = 3;

function stepFor(size: number, whole: boolean): number {
  const least = size / INTERVALS;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = (STEPS.find((one) => one * power >= least * (1 - 1e-9)) ?? 10) * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/** Four ticks from zero on; as many more below zero as are needed where more was given back than used. */
export function ticksFor(lowest: number, highest: number, whole = false): number[] {
  const size = Math.max(highest, -lowest);
  if (size <= 0) return [0];
  const step = stepFor(size, whole);
  const below = Math.ceil(Math.max(0, -lowest) / step);
  const above = highest <= 0 ? 0 : below > 0 ? Math.ceil(highest / step) : INTERVALS;
  return Array.from({ length: below + above + 1 }, (_, index) => Number(((index - below) * step).toPrecision(12)));
}
