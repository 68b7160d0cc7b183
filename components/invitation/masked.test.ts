import { expect, it } from "vitest";
import { masked } from "./masked";

it("shows the first letter and the host of an address", () => {
  expect(masked("dev@example.com")).toBe("d···@example.com");
  expect(masked("a@b@example.com")).toBe("a···@example.com");
});
