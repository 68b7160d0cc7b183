import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const MESSAGES = path.join(import.meta.dirname, "../../messages/en");
/** Texts that people type, or that providers report about them. */
const TYPED = /\{(?:organization|inviter|requester|name|member|person|owner|key|reason|note|description|email)\b/;

function subjects(value: unknown, place: string): [string, string][] {
  if (typeof value === "string") return /subject/i.test(place) ? [[place, value]] : [];
  return Object.entries(value as object).flatMap(([key, inner]) => subjects(inner, `${place}.${key}`));
}

it("a mail's subject holds nothing that people typed", () => {
  const all = readdirSync(MESSAGES).flatMap((name) =>
    subjects(JSON.parse(readFileSync(path.join(MESSAGES, name), "utf8")), name),
  );
  expect(all.length).toBeGreaterThan(9);
  expect(all.filter(([, text]) => TYPED.test(text))).toEqual([]);
});
