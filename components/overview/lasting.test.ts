import { expect, it } from "vitest";
import { lasting } from "./lasting";

it("says how long a balance lasts, never longer than it does", () => {
  expect(lasting(0)).toBe("nothing left");
  expect(lasting(0.02)).toBe("less than an hour");
  expect(lasting(0.05)).toBe("about 1 hour");
  expect(lasting(0.22)).toBe("about 5 hours");
  expect(lasting(1.99)).toBe("about 47 hours");
  expect(lasting(12.9)).toBe("about 12 days");
  expect(lasting(4000)).toBe("more than a year");
});
