import { describe, expect, it } from "vitest";
import { compareNames, grouped, printCompact, printList } from "./locale";
import { printFullTime, printInterval, printIntervalLong, printRunningOut, printTime } from "./print-time";

describe("numbers of an axis", () => {
  it.each([
    [0, "0"],
    [0.00125, "0.00125"],
    [0.5, "0.5"],
    [1, "1"],
    [40, "40"],
    [950, "950"],
    [999.6, "1K"],
    [1_000, "1K"],
    [1_200, "1.2K"],
    [15_000, "15K"],
    [250_000, "250K"],
    [999_999, "1M"],
    [6_000_000, "6M"],
    [1_500_000_000, "1.5B"],
    [2_000_000_000_000, "2T"],
    [3_000_000_000_000_000, "3,000T"],
    [-6_000_000, "−6M"],
    [-0.25, "−0.25"],
  ])("follow our own rule, the same on the server and in every browser: %d is %s", (value, text) => {
    expect(printCompact(value)).toBe(text);
  });

  it("group digits by thousands", () => {
    expect(["1", "123", "1234", "1234567", "-1234567"].map(grouped)).toEqual([
      "1",
      "123",
      "1,234",
      "1,234,567",
      "-1,234,567",
    ]);
  });
});

it("a list is joined the same in every browser", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(printList)).toEqual(["", "a", "a and b", "a, b and c"]);
});

it("names have one order, whatever language the reader's browser has", () => {
  // Swedish puts ä after z, and Estonian z before t.
  expect(["z", "ä", "B", "a", "t", "A"].sort(compareNames)).toEqual(["a", "A", "ä", "B", "t", "z"]);
});

describe("a date", () => {
  const at = new Date("2026-09-04T22:05:07Z");
  const now = new Date("2026-11-30T12:00:00Z");

  it("is put together from numbers on the axis, in full and as a guess", () => {
    expect(printInterval(at, "day", "UTC")).toBe("4 Sept");
    expect(printInterval(at, "month", "UTC")).toBe("Sept 2026");
    expect(printInterval(at, "hour", "Asia/Kathmandu")).toBe("03:50");
    expect(printIntervalLong(at, "hour", "UTC")).toBe("Fri 4 Sept, 22:05");
    expect(printIntervalLong(at, "week", "Europe/Berlin")).toBe("Week of Sat 5 Sept");
    expect(printIntervalLong(at, "month", "UTC")).toBe("September 2026");
    expect(printRunningOut(at, "UTC")).toBe("around Fri 4 Sept");
    expect(printFullTime(at, "UTC")).toBe("Friday 4 September 2026 at 22:05:07 UTC");
  });

  it("says 00 at midnight, not 24", () => {
    expect(printTime(new Date("2026-11-30T00:00:00Z"), now, "UTC")).toBe("00:00");
    expect(printTime(new Date("2026-11-29T23:00:00Z"), now, "Europe/Berlin")).toBe("00:00");
    expect(printTime(new Date("2026-11-28T23:00:00Z"), now, "UTC")).toBe("Sat 23:00");
    expect(printTime(new Date("2025-11-28T23:00:00Z"), now, "UTC", true)).toBe("28 Nov 2025 23:00");
  });
});
