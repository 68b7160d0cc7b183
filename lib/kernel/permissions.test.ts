import { expect, it } from "vitest";
import { allows, PERMISSIONS, type Permission, permissionSentence, type ROLES } from "./permissions";

it("permissions give money to owners, members and keys to admins, own keys to developers, and reading to viewers", () => {
  const may = (role: (typeof ROLES)[number]) =>
    (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => allows(role, permission));
  expect(may("owner")).toEqual(Object.keys(PERMISSIONS));
  const owners = ["billing.manage", "organization.transfer", "organization.delete"];
  expect(may("admin")).toEqual(Object.keys(PERMISSIONS).filter((name) => !owners.includes(name)));
  expect(may("developer")).toEqual(["key.own"]);
  expect(may("viewer")).toEqual([]);
});

it("permissions name the roles that may do something", () => {
  expect(permissionSentence("organization.delete")).toBe("Only an owner may delete the organization.");
  expect(permissionSentence("audit.read")).toBe("Only an owner or an admin may read the audit log.");
  expect(permissionSentence("key.own")).toBe(
    "Only an owner, an admin or a developer may create, change, rotate and revoke their own keys.",
  );
});
