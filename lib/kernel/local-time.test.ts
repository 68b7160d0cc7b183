import { expect, it } from "vitest";
import { dayStart } from "./local-time";

it.each([
  ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z"],
  ["2026-03-08", "America/Havana", "2026-03-08T05:00:00.000Z"],
  ["2026-03-29", "Asia/Beirut", "2026-03-28T22:00:00.000Z"],
  ["2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
  ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"],
])("the day %s of %s begins within itself, even where its midnight is left out or repeated", (date, zone, start) => {
  expect(dayStart(date, zone).toISOString()).toBe(start);
  expect(new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(dayStart(date, zone))).toBe(date);
});
