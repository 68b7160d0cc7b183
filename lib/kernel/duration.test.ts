import { createTranslator } from "next-intl";
import { expect, it } from "vitest";
import level from "@/messages/en/level.json";
import { durationOf } from "./duration";

const t = createTranslator({ locale: "en", messages: { level }, namespace: "level" });
const words = (days: number) => {
  const { key, count } = durationOf(days);
  return t(`lasting.${key}`, { count });
};

it("a duration says how long a balance lasts, and never longer", () => {
  expect(words(-1)).toBe("nothing left");
  expect(words(0)).toBe("nothing left");
  expect(words(0.02)).toBe("less than an hour");
  expect(words(0.05)).toBe("about 1 hour");
  expect(words(0.22)).toBe("about 5 hours");
  expect(words(1.99)).toBe("about 47 hours");
  expect(words(2)).toBe("about 2 days");
  expect(words(12.9)).toBe("about 12 days");
  expect(words(364.99)).toBe("about 364 days");
  expect(words(4000)).toBe("more than a year");
});
