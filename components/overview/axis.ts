const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const INTERVALS = 3;
const ALMOST = 1 - 1e-9;

/** Four ticks from zero on, at round numbers; only a picture is drawn with them. */
export function ticksFor(highest: number): number[] {
  if (!(highest > 0)) return [0, 1];
  const least = highest / INTERVALS;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = (STEPS.find((one) => one * power >= least * ALMOST) ?? 10) * power;
  return Array.from({ length: INTERVALS + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
