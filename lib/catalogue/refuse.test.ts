import { expect, it } from "vitest";
import { nearest } from "./refuse";

it("a suggestion never repeats the name that was given", () => {
  expect(nearest("gpt-4o", ["gpt-4o"])).toBeUndefined();
  expect(nearest("gpt-4o", ["gpt-4o", "gpt-4"])).toBe("gpt-4");
  expect(nearest("GPT-4o", ["gpt-4o"])).toBe("gpt-4o");
});
