import { expect, it } from "vitest";
import { printDayTime, printInterval, printIntervalLong } from "./print-time";

it.each([
  ["2026-10-24T23:00:00Z", "01:00"],
  ["2026-10-25T00:00:00Z", "02:00 (GMT+2)"],
  ["2026-10-25T01:00:00Z", "02:00 (GMT+1)"],
  ["2026-10-25T02:00:00Z", "03:00"],
])("the hour that begins at %s in Berlin is %s: a repeated one says which it is", (start, text) => {
  expect(printInterval(new Date(start), "hour", "Europe/Berlin")).toBe(text);
  expect(printIntervalLong(new Date(start), "hour", "Europe/Berlin")).toContain(text);
});

it.each([
  ["2026-11-21T13:32:05Z", "21 Nov, 14:32:05"],
  ["2026-10-25T00:32:05Z", "25 Oct, 02:32:05 (GMT+2)"],
  ["2026-10-25T01:32:05Z", "25 Oct, 02:32:05 (GMT+1)"],
  ["2026-10-25T02:00:00Z", "25 Oct, 03:00:00"],
])("the moment %s in Berlin is %s, to the second and without a doubt", (at, text) => {
  expect(printDayTime(new Date(at), "Europe/Berlin")).toBe(text);
});
