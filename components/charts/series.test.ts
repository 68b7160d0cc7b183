import { describe, expect, it } from "vitest";
import type { UsageAnswer } from "@/lib/usage/schema";
import { colorsOf, OTHER } from "./palette";
import { stack } from "./series";

const days = ["2026-11-19T00:00:00.000Z", "2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z"];
const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
const answer: UsageAnswer = {
  unit: "USD",
  from: days[0] as string,
  to: "2026-11-22T00:00:00.000Z",
  timezone: "UTC",
  interval: "day",
  groupBy: ["model"],
  starts: days,
  totals: { requests: 16, quantities: {}, cost: "0.000000072" },
  data: names.flatMap((model, index) =>
    [0, 2].map((day) => ({
      start: days[day] as string,
      model,
      requests: 1,
      quantities: {},
      cost: `0.00000000${index + 1}`,
    })),
  ),
};

describe("stacked bars", () => {
  const { series, bars, total } = stack(answer, "model", 9, names);

  it("show the six largest series and the rest as Other, nothing lost", () => {
    expect(series.map(({ name }) => name)).toEqual(["h", "g", "f", "e", "d", "c", OTHER]);
    expect(series.reduce((sum, part) => sum + part.total, 0n)).toBe(72n);
    expect(total).toEqual({ cost: 72n, requests: 16n });
    expect(bars[0]?.parts.get(OTHER)).toEqual({ cost: 3n, requests: 2n });
  });

  it("draw empty days as empty", () => {
    expect(bars.map((bar) => bar.total.cost)).toEqual([36n, 0n, 36n]);
  });

  it("give a name the same color wherever it has no rival", () => {
    const alone = colorsOf(["c"], names).get("c");
    expect(colorsOf(["a", "b", "c"], names).get("c")).toBe(alone);
    expect(new Set(colorsOf(["a", "g"], names).values()).size).toBe(2);
  });
});
