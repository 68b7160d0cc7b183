/** The titles of tests, as a test: each is a sentence that a reader of a report understands alone. */
import { describe, expect, it } from "vitest";
import { type Title, titlesOf } from "./setup/titles";
import { readTree } from "./setup/tree";

/** A title that begins with one of these is a fragment: it needs the one before it. */
const FRAGMENT =
  /^(?:after|also|although|and|as|at|because|before|but|by|for|from|if|in|into|no more|nor|of|on|or|over|so|than|that|though|to|under|until|what|whatever|when|where|which|while|who|whoever|whose|with|without)\b/i;
/** The rest of a sentence begins with its verb: neither with a noun's companion, nor with a value of the table. */
const NO_VERB = /^(?:a|an|each|every|its|nobody|no|nothing|one|only|the|their|this)\b|^[%(`$"']/i;
const FEWEST_WORDS = 3;
/** Titles there quote the customers' pages. */
const QUOTES = /^(?:tests|e2e)\/seeds\//;

function faultOf({ place, parts }: Title): string | undefined {
  const [subject = "", ...rest] = parts;
  const whole = `${place} ${parts.join(" > ")}`;
  if (QUOTES.test(place)) return undefined;
  if (FRAGMENT.test(subject)) return `${whole}: begin with the subject`;
  const verb = rest.find((part, index) => FRAGMENT.test(part) || (index === rest.length - 1 && NO_VERB.test(part)));
  if (verb !== undefined) return `${whole}: begin with the verb of "${subject}"`;
  if (parts.join(" ").split(/\s+/).length < FEWEST_WORDS) return `${whole}: write a whole sentence`;
  if (/\.$/.test(whole)) return `${whole}: end without a period`;
  return undefined;
}

const faults = (titles: readonly Title[]) => titles.flatMap((title) => faultOf(title) ?? []);

it("a test's title begins with its subject and goes on with a verb", () => {
  const titles = readTree().flatMap(titlesOf);
  expect(titles.length).toBeGreaterThan(1_000);
  expect(faults(titles)).toEqual([]);
});

describe("the rule about titles", () => {
  const titles = (text: string) => titlesOf({ name: "lib/x.test.ts", text });

  it("accepts a sentence in one part or in two", () => {
    const text = `
      it("settle refuses a hold that has expired", () => {});
      describe("settle", () => { it("refuses a hold that has expired", () => {}); });
      describe.each([1])("the role %s", () => { it.each([1])("may read: %s", () => {}); });`;
    expect(titles(text).map(({ parts }) => parts.length)).toEqual([1, 2, 2]);
    expect(faults(titles(text))).toEqual([]);
  });

  it.each([
    'describe("of a deleted organization", () => { it("ends its plan at the provider", () => {}); });',
    'describe("a refund", () => { it("of a spent purchase becomes debt", () => {}); });',
    'describe("aliases", () => { it("the model is named by them", () => {}); });',
    'describe("bodies", () => { it.each([1])("%s is refused with a status", () => {}); });',
    'it("when a hold expires", () => {});',
    'it("is refused", () => {});',
  ])("finds a fragment: %s", (text) => {
    expect(faults(titles(text))).toHaveLength(1);
  });
});
