import { expect, it } from "vitest";
import { masked } from "./masked";

it("a masked address shows the first letter and the host", () => {
  expect(masked("dev@example.com")).toBe("d···@example.com");
  expect(masked("a@b@example.com")).toBe("a···@example.com");
});
