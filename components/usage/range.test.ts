import { describe, expect, it } from "vitest";
import { apiRange, chosenDays, daysOf, intervalFor } from "./range";

const now = new Date("2026-03-01T20:00:00Z");

describe("days of a range", () => {
  it("are those of the organization's zone", () => {
    expect(daysOf("today", now, "UTC")).toEqual({ from: "2026-03-01", to: "2026-03-01" });
    expect(daysOf("today", now, "Asia/Kathmandu")).toEqual({ from: "2026-03-02", to: "2026-03-02" });
    expect(daysOf("7d", now, "UTC")).toEqual({ from: "2026-02-23", to: "2026-03-01" });
    expect(daysOf("last-month", now, "UTC")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  });

  it("come from the address when they are a range", () => {
    const chosen = (from: string, to: string) => chosenDays(from, to, "today", now, "UTC");
    expect(chosen("2026-01-05", "2026-01-09")).toEqual({ from: "2026-01-05", to: "2026-01-09" });
    for (const [from, to] of [
      ["2026-01-09", "2026-01-05"],
      ["2026-02-30", "2026-03-01"],
      ["x", "y"],
    ] as const) {
      expect(chosen(from, to)).toEqual({ from: "2026-03-01", to: "2026-03-01" });
    }
  });

  it("include the last day and are cut into hours when they are few", () => {
    expect(apiRange({ from: "2026-01-31", to: "2026-01-31" })).toEqual({ from: "2026-01-31", to: "2026-02-01" });
    expect(intervalFor({ from: "2026-01-01", to: "2026-01-02" })).toBe("hour");
    expect(intervalFor({ from: "2026-01-01", to: "2026-01-03" })).toBe("day");
  });
});
