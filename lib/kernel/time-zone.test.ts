import { expect, it } from "vitest";
import { presentZone, presentZones, timeZoneField } from "./time-zone";

it.each([
  ["Europe/Kiev", "Europe/Kyiv"],
  ["Asia/Calcutta", "Asia/Kolkata"],
  ["Asia/Katmandu", "Asia/Kathmandu"],
  ["Asia/Saigon", "Asia/Ho_Chi_Minh"],
])("a link that says %s is read as %s", (former, present) => {
  expect(timeZoneField.parse(former)).toBe(present);
  expect(timeZoneField.parse(present)).toBe(present);
});

it("the zones to choose from have today's names, each known here", () => {
  const zones = presentZones();
  expect(zones).toEqual(
    expect.arrayContaining(["UTC", "Europe/Kyiv", "Asia/Kolkata", "America/Nuuk", "Europe/Berlin"]),
  );
  expect(zones.filter((name) => presentZone(name) !== name)).toEqual([]);
  for (const name of zones) expect(() => timeZoneField.parse(name)).not.toThrow();
});

it("an unknown zone is refused", () => {
  for (const text of ["Mars/Olympus", "", "x".repeat(65)]) expect(timeZoneField.safeParse(text).success).toBe(false);
});
