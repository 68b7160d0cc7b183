import { expect, it } from "vitest";
import type { UnsummedKey } from "@/lib/accounts/schema";
import { nearLimits } from "./near-limit";

const now = new Date("2026-11-21T12:00:00Z");
type Limit = UnsummedKey["limits"][number];
const limit = (window: Limit["window"], most: string | null, spent: string, held = "0"): Limit => ({
  window,
  limit: most,
  spent,
  held,
  resetsAt: window === "total" ? null : "2026-12-01T00:00:00.000Z",
});
const key = (name: string, limits: Limit[], more: Partial<UnsummedKey> = {}): UnsummedKey => ({
  id: `key_${name}`,
  name,
  hint: "abcd",
  createdAt: "2026-01-01T00:00:00.000Z",
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  owner: null,
  limits,
  ...more,
});
const near = (...keys: UnsummedKey[]) =>
  nearLimits(keys, 9, now).map(({ name, window, percent }) => [name, window, percent]);

it("the list of keys near a limit has windows from four fifths on, held credit included", () => {
  expect(near(key("a", [limit("day", "10", "7.999999999")]))).toEqual([]);
  expect(near(key("a", [limit("day", "10", "8")]))).toEqual([["a", "day", 80]]);
  expect(near(key("a", [limit("month", "10", "5", "3")]))).toEqual([["a", "month", 80]]);
});

it("the list of keys near a limit never says a hundred percent while something is left", () => {
  expect(near(key("a", [limit("total", "10", "9.999999999")]))).toEqual([["a", "total", 99]]);
  expect(near(key("a", [limit("total", "10", "12")]))).toEqual([["a", "total", 120]]);
  expect(near(key("a", [limit("week", "0", "0")]))).toEqual([["a", "week", 100]]);
});

it("the list of keys near a limit begins with the fullest, and has only keys that still work", () => {
  const full = limit("day", "1", "1");
  expect(
    near(
      key("none", [limit("day", null, "99")]),
      key("b", [limit("month", "10", "9"), full]),
      key("revoked", [full], { revokedAt: "2026-11-20T00:00:00.000Z" }),
      key("over", [full], { expiresAt: "2026-11-21T12:00:00.000Z" }),
      key("a", [full], { expiresAt: "2026-11-22T00:00:00.000Z" }),
    ),
  ).toEqual([
    ["a", "day", 100],
    ["b", "day", 100],
    ["b", "month", 90],
  ]);
});
