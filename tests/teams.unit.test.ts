/** The documentation's table of permissions is the one that verbs ask. */
import { expect, it } from "vitest";
import { PERMISSIONS, ROLES } from "@/lib/kernel/permissions";
import { readTree } from "./setup/tree";

it("docs/teams.md says who may do what, and nothing else", () => {
  const text = readTree().find(({ name }) => name === "docs/teams.md")?.text ?? "";
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  const expected = Object.entries(PERMISSIONS).map(([name, { roles, what }]) => {
    const cells = ROLES.map((role) => ((roles as readonly string[]).includes(role) ? "yes" : "no"));
    return `| \`${name}\` | ${what} | ${cells.join(" | ")} |`;
  });
  expect(rows).toEqual(expected);
  expect(text).toContain(`| permission | allows members to | ${ROLES.join(" | ")} |`);
});
