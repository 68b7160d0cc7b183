import { describe, expect, it } from "vitest";
import { periodEnd } from "./periods";

const at = (text: string) => Date.parse(text) / 1_000;
const text = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 19);

describe("a billing period", () => {
  it("is clamped in short months and returns to its day", () => {
    const anchor = at("2027-01-31T10:00:00Z");
    const ends = [anchor, at("2027-02-28T10:00:00Z"), at("2027-03-31T10:00:00Z")].map((moment) =>
      periodEnd(anchor, { interval: "month", interval_count: 1 }, moment),
    );
    expect(ends.map(text)).toEqual(["2027-02-28T10:00:00", "2027-03-31T10:00:00", "2027-04-30T10:00:00"]);
  });

  it("keeps the 29th of February in mind when it is a year", () => {
    const anchor = at("2028-02-29T00:00:00Z");
    expect(text(periodEnd(anchor, { interval: "year", interval_count: 1 }, anchor))).toBe("2029-02-28T00:00:00");
    expect(text(periodEnd(anchor, { interval: "year", interval_count: 1 }, at("2031-03-01T00:00:00Z")))).toBe(
      "2032-02-29T00:00:00",
    );
  });
});
