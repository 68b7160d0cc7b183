import { describe, expect, it } from "vitest";
import type { UsageAnswer } from "@/lib/usage/schema";
import { ticksFor } from "./axis";
import { changeOf } from "./change";
import { spendOf } from "./spend";

const days = ["2026-11-19T00:00:00.000Z", "2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z"];
const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
const answer = (data: UsageAnswer["data"], starts: string[] | null): UsageAnswer => ({
  unit: "USD",
  from: days[0] as string,
  to: "2026-11-22T00:00:00.000Z",
  timezone: "UTC",
  interval: starts ? "day" : null,
  groupBy: ["model"],
  starts,
  totals: { requests: 0, quantities: {}, cost: "0" },
  data,
});
const row = (model: string, cost: string, start?: string) => ({
  model,
  cost,
  requests: 1,
  quantities: {},
  ...(start && { start }),
});

describe("spend by model", () => {
  const now = names.flatMap((model, index) => [0, 2].map((day) => row(model, `0.00000000${index + 1}`, days[day])));
  const spend = spendOf(answer(now, days), answer([row("h", "0.000000004"), row("old", "1")], null), 9, names);

  it("shows the six largest and the rest as one, nothing lost", () => {
    expect(spend.series.map(({ name }) => name)).toEqual(["h", "g", "f", "e", "d", "c", null]);
    expect(spend.series.reduce((sum, { total }) => sum + total, 0n)).toBe(spend.total);
    expect(spend.series.reduce((sum, { before }) => sum + before, 0n)).toBe(spend.before);
    expect(spend.before).toBe(1_000_000_004n);
  });

  it("names the seventh where it is the only one that is left", () => {
    const seven = spendOf(answer(now.slice(0, 14), days), answer([], null), 9, names);
    expect(seven.series.map(({ name }) => name)).toEqual(["g", "f", "e", "d", "c", "b", "a"]);
    expect(seven.days[0]?.parts).toEqual([7n, 6n, 5n, 4n, 3n, 2n, 1n]);
  });

  it("is by endpoint where the answers are", () => {
    const by = (endpoint: string, cost: string) => ({ ...row("standard", cost, days[0]), endpoint });
    const both = { ...answer([by("enrich", "1"), by("clean", "2")], days), groupBy: ["endpoint" as const] };
    const spent = spendOf(both, { ...both, data: [] }, 0, ["enrich", "clean"]);
    expect(spent.series.map(({ name, total }) => [name, total])).toEqual([
      ["clean", 2n],
      ["enrich", 1n],
    ]);
    expect(spent.days[0]?.parts).toEqual([2n, 1n]);
  });

  it("has every day, also those without calls", () => {
    expect(spend.days.map(({ total, requests }) => [total, requests])).toEqual([
      [36n, 8n],
      [0n, 0n],
      [36n, 8n],
    ]);
    expect(spend.days[0]?.parts.at(-1)).toBe(3n);
  });
});

it("says how a sum changed", () => {
  const said = (now: bigint, before: bigint) => Object.values(changeOf(now, before));
  expect(said(0n, 0n)).toEqual(["none", 0]);
  expect(said(5n, 0n)).toEqual(["new", 0]);
  expect(said(0n, 5n)).toEqual(["gone", 100]);
  expect(said(1_004n, 1_000n)).toEqual(["same", 0]);
  expect(said(1_005n, 1_000n)).toEqual(["more", 1]);
  expect(said(112n, 100n)).toEqual(["more", 12]);
  expect(said(88n, 100n)).toEqual(["less", 12]);
  expect(said(1n, 100_000n)).toEqual(["less", 99]);
  expect(said(1_000n, 100n)).toEqual(["more", 900]);
  expect(said(1_100n, 100n)).toEqual(["much", 0]);
});

it("puts round numbers on the axis, always from zero", () => {
  expect(ticksFor(0.29)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(ticksFor(7)).toEqual([0, 2.5, 5, 7.5]);
  expect(ticksFor(1_000)).toEqual([0, 400, 800, 1_200]);
  expect(ticksFor(0)).toEqual([0, 1]);
});
