import { describe, expect, it } from "vitest";
import { hourStart, instantOf, minuteOfDay } from "@/lib/kernel/local-time";
import { printRange } from "@/lib/kernel/print-time";
import { periodBefore } from "./before";
import { intervalOf, intervalsOf, rangeOfBar } from "./intervals";
import { type Period, periodOf, type Range } from "./range";

const now = new Date("2026-03-01T20:07:00Z");
const period = (range: Range, zone = "UTC", at = now) => periodOf(range, at, zone);
const earlier = (range: Range, zone: string, at: string) => {
  const { from, to } = periodBefore(periodOf(range, new Date(at), zone), new Date(at), zone);
  return { from, to };
};

describe("a range", () => {
  it("is made of the organization's days", () => {
    expect(period("7d")).toEqual({ from: "2026-02-23", to: "2026-03-02", months: null });
    expect(period("30d", "Asia/Kathmandu")).toEqual({ from: "2026-02-01", to: "2026-03-03", months: null });
    expect(period("month")).toEqual({ from: "2026-03-01", to: "2026-03-02", months: 1 });
    expect(period("last-month")).toEqual({ from: "2026-02-01", to: "2026-03-01", months: 1 });
    expect(period("12m")).toEqual({ from: "2025-04-01", to: "2026-03-02", months: 12 });
    expect(period({ from: "2026-01-01", to: "2026-02-28" })).toMatchObject({ to: "2026-03-01", months: 2 });
    expect(period({ from: "2026-01-01", to: "2026-02-27" })).toMatchObject({ to: "2026-02-28", months: null });
  });

  it("is made of the clock's hours, wherever the clock is", () => {
    expect(period("24h")).toMatchObject({ from: "2026-02-28T21:00:00.000Z", to: "2026-03-01T21:00:00.000Z" });
    expect(period("24h", "Asia/Kathmandu")).toMatchObject({
      from: "2026-02-28T20:15:00.000Z",
      to: "2026-03-01T20:15:00.000Z",
    });
  });
});

describe("the 24 hours before", () => {
  it("are the same hours of the clock, even across its change", () => {
    // 25 October in Berlin at 12:10, from 13:00 of the day before: 13:00 is 11:00 UTC then, and 12:00 UTC now.
    expect(earlier("24h", "Europe/Berlin", "2026-10-26T08:10:00Z")).toEqual({
      from: "2026-10-24T08:00:00.000Z",
      to: "2026-10-25T08:15:00.000Z",
    });
    expect(earlier("24h", "UTC", "2026-10-26T08:10:00Z")).toEqual({
      from: "2026-10-24T09:00:00.000Z",
      to: "2026-10-25T08:15:00.000Z",
    });
  });
});

describe("local times", () => {
  it("are found where a zone is 45 minutes off", () => {
    expect(instantOf("2026-03-02", 0, "Asia/Kathmandu").toISOString()).toBe("2026-03-01T18:15:00.000Z");
    expect(minuteOfDay(now, "Asia/Kathmandu")).toBe(112);
    expect(hourStart(now, "Asia/Kathmandu").toISOString()).toBe("2026-03-01T19:15:00.000Z");
  });

  it("are found around changes of the clock", () => {
    const at = (date: string, hour: number) => instantOf(date, hour * 60, "Europe/Berlin").toISOString();
    expect(at("2026-03-29", 0)).toBe("2026-03-28T23:00:00.000Z");
    expect(at("2026-03-29", 1.5)).toBe("2026-03-29T00:30:00.000Z");
    expect(at("2026-03-29", 3)).toBe("2026-03-29T01:00:00.000Z");
    expect(at("2026-03-30", 0)).toBe("2026-03-29T22:00:00.000Z");
    expect(at("2026-10-25", 2.5)).toBe("2026-10-25T00:30:00.000Z");
    expect(at("2026-10-25", 3)).toBe("2026-10-25T02:00:00.000Z");
  });
});

describe("the period before", () => {
  it("is as many calendar days, whole when the period has ended", () => {
    const over = { from: "2026-03-23", to: "2026-03-29" };
    expect(earlier(over, "Europe/Berlin", "2026-04-10T00:00:00Z")).toEqual({ from: "2026-03-16", to: "2026-03-23" });
  });

  it("ends at the same time of day while the period runs, across a change of the clock", () => {
    // 12:07 in Berlin's summer; seven days before, its winter time was on.
    expect(earlier("7d", "Europe/Berlin", "2026-03-31T10:07:00Z")).toEqual({
      from: "2026-03-18",
      to: "2026-03-24T11:15:00.000Z",
    });
    expect(earlier("7d", "Europe/Berlin", "2026-10-27T11:07:00Z").to).toBe("2026-10-20T10:15:00.000Z");
    expect(earlier("30d", "Asia/Kathmandu", "2026-03-01T20:07:00Z")).toEqual({
      from: "2026-01-02",
      to: "2026-01-30T20:15:00.000Z",
    });
  });

  it("is never empty, not even at midnight", () => {
    const { from, to } = earlier({ from: "2026-03-01", to: "2026-03-01" }, "UTC", "2026-03-01T00:00:00Z");
    expect({ from, to }).toEqual({ from: "2026-02-28", to: "2026-02-28T00:15:00.000Z" });
  });

  it("is made of months where the period is", () => {
    expect(earlier("last-month", "UTC", "2026-03-10T00:00:00Z")).toEqual({ from: "2026-01-01", to: "2026-02-01" });
    expect(earlier("month", "UTC", "2026-03-10T08:00:00Z")).toEqual({
      from: "2026-02-01",
      to: "2026-02-10T08:15:00.000Z",
    });
    // February has no 31st: all of it is before.
    expect(earlier("month", "UTC", "2026-03-31T08:00:00Z")).toEqual({ from: "2026-02-01", to: "2026-03-01" });
    expect(earlier("12m", "UTC", "2026-11-21T10:00:00Z")).toEqual({
      from: "2024-12-01",
      to: "2025-11-21T10:15:00.000Z",
    });
  });

  it("is as many hours where the period is made of hours", () => {
    expect(earlier("24h", "Asia/Kathmandu", "2026-03-01T20:07:00Z")).toEqual({
      from: "2026-02-27T20:15:00.000Z",
      to: "2026-02-28T20:15:00.000Z",
    });
    const hour = { from: "2026-03-01T10:00Z", to: "2026-03-01T11:00Z" };
    expect(earlier(hour, "UTC", "2026-03-05T00:00:00Z")).toEqual({
      from: "2026-03-01T09:00:00.000Z",
      to: "2026-03-01T10:00:00.000Z",
    });
  });
});

describe("intervals", () => {
  it("are those that make a picture of the range", () => {
    expect(intervalsOf(period("24h"))).toEqual(["hour"]);
    expect(intervalsOf(period("7d"))).toEqual(["hour", "day"]);
    expect(intervalsOf(period("30d"))).toEqual(["day", "week"]);
    expect(intervalsOf(period("90d"))).toEqual(["day", "week", "month"]);
    expect(intervalsOf(period("12m"))).toEqual(["week", "month"]);
  });

  it("always have a usual one that is offered, however long the range is", () => {
    for (let days = 1; days < 4_000; days += 1) {
      const to = new Date(Date.UTC(2010, 0, 1 + days)).toISOString().slice(0, 10);
      const length: Period = { from: "2010-01-01", to, months: null };
      expect(intervalsOf(length), `${days} days`).toContain(intervalOf(length, null));
    }
    expect(intervalOf(period("30d"), "hour")).toBe("day");
    expect(intervalOf(period("30d"), "week")).toBe("week");
  });
});

describe("a bar", () => {
  it("is a range of its own, cut where the page's range ends", () => {
    const zone = "Asia/Kathmandu";
    const month = period({ from: "2026-02-04", to: "2026-03-03" });
    const at = (date: string) => instantOf(date, 0, zone).toISOString();
    expect(rangeOfBar(at("2026-02-10"), at("2026-02-11"), "day", month, zone)).toEqual({
      from: "2026-02-10",
      to: "2026-02-10",
    });
    expect(rangeOfBar(at("2026-02-02"), at("2026-02-09"), "week", month, zone)).toEqual({
      from: "2026-02-04",
      to: "2026-02-08",
    });
    expect(rangeOfBar(at("2026-03-02"), undefined, "week", month, zone)).toEqual({
      from: "2026-03-02",
      to: "2026-03-03",
    });
    expect(rangeOfBar("2026-03-01T10:15:00.000Z", undefined, "hour", month, zone)).toEqual({
      from: "2026-03-01T10:15Z",
      to: "2026-03-01T11:15Z",
    });
  });
});

describe("two moments in words", () => {
  const span = (from: string, to: string, clock = false, year = false) =>
    printRange(new Date(from), new Date(to), { timeZone: "UTC", year, clock });

  it("share what is equal, once", () => {
    expect(span("2026-11-16", "2026-11-22")).toBe("16–22 Nov");
    expect(span("2026-10-28", "2026-11-03", false, true)).toBe("28 Oct 2026 – 3 Nov 2026");
    expect(span("2026-11-21", "2026-11-21")).toBe("21 Nov");
    expect(span("2026-11-21T14:00Z", "2026-11-21T15:00Z", true)).toBe("21 Nov, 14:00–15:00");
    expect(span("2026-11-20T14:00Z", "2026-11-21T14:00Z", true)).toBe("20 Nov, 14:00 – 21 Nov, 14:00");
  });
});
