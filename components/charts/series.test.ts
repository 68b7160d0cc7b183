import { describe, expect, it } from "vitest";
import type { UsageAnswer } from "@/lib/usage/schema";
import { colorsOf, OTHER } from "./palette";
import { changeOf, stack } from "./series";
import { ticksFor } from "./ticks";

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
      quantities: (index === 0 ? { page: "9007199254740993" } : {}) as Record<string, string>,
      cost: `0.00000000${index + 1}`,
    })),
  ),
};
const ids = (series: readonly { id: string }[]) => series.map(({ id }) => id);

describe("stacked bars", () => {
  const stacked = stack(answer, "model", 9, names);
  const { series, bars, total } = stacked;

  it("show the six largest series and the rest as Other, nothing lost", () => {
    expect(ids(series)).toEqual(["h", "g", "f", "e", "d", "c", OTHER]);
    expect(series.reduce((sum, part) => sum + part.total, 0n)).toBe(72n);
    expect(total).toBe(72n);
    expect(stacked.requests).toBe(16n);
    expect(bars[0]?.parts.get(OTHER)).toBe(3n);
  });

  it("name the seventh series where it is the only one that is left", () => {
    const seven = stack({ ...answer, data: answer.data.slice(0, 14) }, "model", 9, names);
    expect(ids(seven.series)).toEqual(["g", "f", "e", "d", "c", "b", "a"]);
    expect(seven.bars[0]?.parts.get("a")).toBe(1n);
  });

  it("draw empty days as empty", () => {
    expect(bars.map((bar) => bar.total)).toEqual([36n, 0n, 36n]);
  });

  it("list every part below the picture", () => {
    expect(ids(stacked.parts)).toEqual([...names].reverse());
  });

  it("count requests or a meter, exactly", () => {
    expect(stack(answer, "model", 9, names, { measure: "requests" }).total).toBe(16n);
    const pages = stack(answer, "model", 9, names, { measure: "page" });
    expect(pages.total).toBe(18_014_398_509_481_986n);
    expect(ids(pages.series)).toEqual(["a"]);
    expect(pages.parts).toHaveLength(8);
  });

  it("keep a series that was refunded in another interval", () => {
    const back = stack(
      {
        ...answer,
        data: [
          { start: days[0] as string, model: "a", requests: 1, quantities: {}, cost: "1" },
          { start: days[2] as string, model: "a", requests: -1, quantities: {}, cost: "-1" },
        ],
      },
      "model",
      9,
      names,
    );
    expect(ids(back.series)).toEqual(["a"]);
    expect(back.bars.map((bar) => bar.parts.get("a") ?? 0n)).toEqual([1_000_000_000n, 0n, -1_000_000_000n]);
  });

  it("give a name the same color wherever it has no rival", () => {
    const alone = colorsOf(["c"], names).get("c");
    expect(colorsOf(["a", "b", "c"], names).get("c")).toBe(alone);
    expect(new Set(colorsOf(["a", "g"], names).values()).size).toBe(2);
  });
});

describe("the change since the period before", () => {
  it("is in tenths of a percent, and nothing without something before", () => {
    expect(changeOf(150n, 100n)).toBe(500);
    expect(changeOf(1n, 3n)).toBe(-666);
    expect(changeOf(5n, 0n)).toBeNull();
  });
});

describe("the axis", () => {
  it("has four round ticks, the first is zero", () => {
    expect(ticksFor(0, 0.92)).toEqual([0, 0.4, 0.8, 1.2]);
    expect(ticksFor(0, 30)).toEqual([0, 10, 20, 30]);
    expect(ticksFor(0, 2, true)).toEqual([0, 1, 2, 3]);
    expect(ticksFor(0, 0)).toEqual([0]);
  });

  it("goes below zero where more was refunded", () => {
    expect(ticksFor(-1, 30)).toEqual([-10, 0, 10, 20, 30]);
    expect(ticksFor(-6, 0)).toEqual([-6, -4, -2, 0]);
  });
});
