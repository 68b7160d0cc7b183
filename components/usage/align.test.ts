import { describe, expect, it } from "vitest";
import type { Stacked } from "@/components/charts/series";
import { alignBefore } from "./align";

const HOUR_MS = 3_600_000;

/** A bar an hour from the start on, each as large as its place. */
function hours(start: string, count: number): Stacked {
  const bars = Array.from({ length: count }, (_, at) => ({
    start: new Date(Date.parse(start) + at * HOUR_MS).toISOString(),
    total: BigInt(at),
    requests: 1n,
    parts: new Map([["m", BigInt(at)]]),
  }));
  return { measure: "cost", series: [], bars, parts: [], total: 0n, requests: 0n };
}
const totals = (before: Stacked, now: Stacked, zone: string) =>
  alignBefore(before, now, "hour", zone).bars.map((bar) => (bar ? Number(bar.total) : null));

describe("the hours of the period before", () => {
  // In Berlin 25 October 2026 has 25 hours, the third and fourth at 02:00; 29 March has 23, without 02:00.
  it("keep their clock on the day that has one twice", () => {
    const [before, now] = [hours("2026-10-23T22:00:00Z", 24), hours("2026-10-24T22:00:00Z", 25)];
    expect(totals(before, now, "Europe/Berlin")).toEqual([
      0,
      1,
      2,
      null,
      ...before.bars.slice(3).map((_, at) => at + 3),
    ]);
  });

  it("keep their clock on the day after one that had it twice", () => {
    const [before, now] = [hours("2026-10-24T22:00:00Z", 25), hours("2026-10-25T23:00:00Z", 24)];
    expect(totals(before, now, "Europe/Berlin").slice(0, 5)).toEqual([0, 1, 2 + 3, 4, 5]);
  });

  it("leave out the hour that spring leaves out", () => {
    const [before, now] = [hours("2026-03-27T23:00:00Z", 24), hours("2026-03-28T23:00:00Z", 23)];
    expect(totals(before, now, "Europe/Berlin").slice(0, 4)).toEqual([0, 1, 3, 4]);
    expect(totals(now, before, "Europe/Berlin").slice(0, 5)).toEqual([0, 1, null, 2, 3]);
  });

  it("stay as they are where the interval is longer", () => {
    const [before, now] = [hours("2026-10-23T22:00:00Z", 3), hours("2026-10-24T22:00:00Z", 3)];
    expect(alignBefore(before, now, "day", "Europe/Berlin")).toBe(before);
  });
});
