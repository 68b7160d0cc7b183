import { expect, it } from "vitest";
import { difference } from "./difference";

it("the difference separates what changed from what stayed", () => {
  const before = { name: "ci", models: ["a"], expiresAt: null };
  const after = { name: "ci", models: ["a", "b"], expiresAt: null };
  expect(difference({ before, after })).toEqual({
    changed: [{ field: "models", before: ["a"], after: ["a", "b"] }],
    kept: ["name", "expiresAt"],
  });
});

it("the difference counts a field that one side does not name as empty there", () => {
  expect(difference({ before: { day: "5" }, after: { month: "9" } }).changed).toEqual([
    { field: "day", before: "5", after: null },
    { field: "month", before: null, after: "9" },
  ]);
});

it("the difference shows the first values of a new thing, and no empty ones", () => {
  const made = difference({ before: null, after: { role: "viewer", limits: null } });
  expect(made).toEqual({ changed: [{ field: "role", before: null, after: "viewer" }], kept: [] });
});
