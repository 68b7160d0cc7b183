import { describe, expect, it } from "vitest";
import { refundKey } from "./resolve-refunds";

const createdAt = new Date("2026-11-21T10:00:00Z");
const key = (minutes: number) =>
  refundKey({ id: "the-id", createdAt }, new Date(createdAt.getTime() + minutes * 60_000));

describe("the provider's key of a refund", () => {
  it.each([
    ["at once", 0, "the-id"],
    ["while the first may be under way", 49, "the-id"],
    ["in the last ten minutes of its hour: only looked for", 50, null],
    ["until the hour is over", 59, null],
    ["in the second hour", 60, "the-id:1"],
    ["not in its last minutes", 115, null],
    ["a day later", 24 * 60, "the-id:24"],
    ["when another process's clock is behind", -3, "the-id"],
  ])("is chosen by its age: %s", (_, minutes, expected) => {
    expect(key(minutes)).toBe(expected);
  });
});
