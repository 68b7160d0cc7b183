import { expect, it } from "vitest";
import { accentColor } from "./accent";

it.each([
  ["oklch(1 0 0)", [255, 255, 255]],
  ["oklch(62.8% 0.2577 29.23)", [255, 0, 0]],
  ["oklch(0.45201 0.31321 264.05)", [0, 0, 255]],
  ["#0a7", [0, 170, 119]],
  ["#00aA77", [0, 170, 119]],
])("the accent of a paper is the catalogue's color: %s", (css, rgb) => {
  const shown = accentColor(css);
  for (const [index, channel] of rgb.entries()) expect(Math.abs((shown[index] ?? 0) - channel)).toBeLessThanOrEqual(1);
});

it.each([null, "", "rebeccapurple", "oklch(0.5 0.1)"])(
  "the accent of a paper is black without a color it knows: %s",
  (css) => {
    expect(accentColor(css)).toEqual([17, 17, 20]);
  },
);
