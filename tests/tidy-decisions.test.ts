/** Each decision of docs/adr says whether it holds and since when, in one form, and stands in the index. */
import { describe, expect, it } from "vitest";
import { readTree } from "./setup/tree";

const FILE = /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/;
const DATE = "20\\d{2}-\\d{2}-\\d{2}";
const ACCEPTED = `accepted on ${DATE}(?:; amended on ${DATE})?`;
const STATUS = new RegExp(`^Status: (?:${ACCEPTED}|superseded on ${DATE} by docs/adr/[\\w-]+\\.md)\\.$`);

const tree = readTree();
const decisions = tree.filter(({ name }) => FILE.test(name));
const index = tree.find(({ name }) => name === "docs/adr/README.md")?.text ?? "";

describe("a decision", () => {
  it("begins with its number and its status", () => {
    const wrong = decisions.filter(({ name, text }) => {
      const [title, , status, gap] = text.split("\n");
      const number = Number(FILE.exec(name)?.[1]);
      return !title?.startsWith(`# ${number}. `) || !STATUS.test(status ?? "") || gap !== "";
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("has a number of its own", () => {
    const numbers = decisions.map(({ name }) => FILE.exec(name)?.[1]);
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
  });

  it("says context, decision and consequences", () => {
    const headings = ({ text }: { text: string }) => [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const lacking = decisions.filter((file) =>
      ["Context", "Decision", "Consequences"].some((heading) => !headings(file).includes(heading)),
    );
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });

  it("is in the index with its title", () => {
    const lines = decisions.map(({ name, text }) => {
      const title = text.split("\n")[0]?.replace(/^# /, "");
      return `- [${title}](${name.replace("docs/adr/", "")})`;
    });
    expect(lines.filter((line) => !index.includes(line))).toEqual([]);
  });
});
