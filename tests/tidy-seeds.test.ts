/** Each statement of an operator's page names the test that shows it, and that test exists. */
import { describe, expect, it } from "vitest";
import { readTree } from "./setup/tree";

/** How many statements are not true yet. A number may only become smaller. */
const NOT_YET: Record<string, number> = {};
const HEADING = "## The page's statements";
const LATER = "not yet";
const TEST_CELL = /^`([^`]+)`: (.+)$/;

const tree = new Map(readTree().map(({ name, text }) => [name, text]));
const pages = [...tree].filter(([name]) => /^docs\/seeds\/.*\.md$/.test(name));

function rowsOf(text: string): string[][] {
  const [, table = ""] = text.split(HEADING);
  const lines = table.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) => line.slice(2, -2).split(" | "));
}

/** What is wrong with a row: no test, or none with this title. */
function problemOf([statement, where, test, ...more]: string[]): string | undefined {
  if (more.length > 0 || !where) return `"${statement}" has not three cells`;
  if (test === LATER) return undefined;
  const [, file = "", title = ""] = TEST_CELL.exec(test ?? "") ?? [];
  const text = tree.get(file);
  if (text === undefined) return `"${statement}" names no test file: ${test}`;
  return text.includes(title) ? undefined : `"${statement}" names a test that ${file} does not have: ${title}`;
}

describe("a statement of a page", () => {
  it("has a test that exists", () => {
    const problems = pages.flatMap(([name, text]) =>
      rowsOf(text)
        .map(problemOf)
        .filter((problem) => problem !== undefined)
        .map((problem) => `${name}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  it("is true, except for those that are listed as not yet", () => {
    const later = pages.map(([name, text]): [string, number] => [
      name.slice(11, -3),
      rowsOf(text).filter((row) => row[2] === LATER).length,
    ]);
    expect(Object.fromEntries(later.filter(([, count]) => count > 0))).toEqual(NOT_YET);
  });

  it("is in a table, for each page", () => {
    expect(pages.filter(([, text]) => rowsOf(text).length === 0).map(([name]) => name)).toEqual([]);
  });
});
