import { expect, it } from "vitest";
import { difference } from "./difference";

it("tells what changed from what stayed", () => {
  const before = { name: "ci", models: ["a"], expiresAt: null };
  const after = { name: "ci", models: ["a", "b"], expiresAt: null };
  expect(difference({ before, after })).toEqual({
    changed: [{ field: "models", before: ["a"], after: ["a", "b"] }],
    kept: ["name", "expiresAt"],
  });
});

it("counts a field that one side does not name as empty there", () => {
  expect(difference({ before: { day: "5" }, after: { month: "9" } }).changed).toEqual([
    { field: "day", before: "5", after: null },
    { field: "month", before: null, after: "9" },
  ]);
});

it("shows what something was made with, and nothing that it was made without", () => {
  const made = difference({ before: null, after: { role: "viewer", limits: null } });
  expect(made).toEqual({ changed: [{ field: "role", before: null, after: "viewer" }], kept: [] });
});
