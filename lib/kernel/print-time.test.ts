import { expect, it } from "vitest";
import { printInterval, printIntervalLong } from "./print-time";

it.each([
  ["2026-10-24T23:00:00Z", "01:00"],
  ["2026-10-25T00:00:00Z", "02:00 (GMT+2)"],
  ["2026-10-25T01:00:00Z", "02:00 (GMT+1)"],
  ["2026-10-25T02:00:00Z", "03:00"],
])("the hour that begins at %s in Berlin is %s: a repeated one says which it is", (start, text) => {
  expect(printInterval(new Date(start), "hour", "Europe/Berlin")).toBe(text);
  expect(printIntervalLong(new Date(start), "hour", "Europe/Berlin")).toContain(text);
});
