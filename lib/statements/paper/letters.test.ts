import { describe, expect, it } from "vitest";
import { paperFaces } from "./fonts";
import { cut, printable, wrap } from "./letters";

const face = paperFaces().regular;

describe("a printable text", () => {
  it.each([
    ["Ada Lindqvist, €5 — “ok”…", "Ada Lindqvist, €5 — “ok”…"],
    ["Жанна Ąę Őű Ğş", "Жанна Ąę Őű Ğş"],
    ["e\u0301te\u0301", "été"],
    ["two\nlines\tand\u00a0a\u2003gap", "two lines and a gap"],
    ["\u202ereversed\u202c", "reversed"],
    ["q\u0301uite", "?uite"],
    ["株式会社 שלום", "???? ????"],
    ["\ud83d\ude80 \ud800", "? ?"],
  ])("has only letters of its face: %j", (text, shown) => {
    expect(printable(text, face)).toBe(shown);
  });
});

describe("a text that is cut", () => {
  const room = { face, size: 9, width: 60 };

  it("fits its room, and is whole where there is enough", () => {
    expect(cut("Short", room)).toBe("Short");
    const long = cut("Nightly evaluation of the retrieval pipeline", room);
    expect(long).toMatch(/^Nightly .*…$/);
    expect(face.width(long, 9)).toBeLessThanOrEqual(60);
    expect(cut("Anything", { ...room, width: 0 })).toBe("…");
  });

  it("breaks between words into at most so many lines", () => {
    const lines = wrap("Nightly evaluation of the retrieval pipeline", room, 3);
    expect(lines.slice(0, 2)).toEqual(["Nightly", "evaluation of"]);
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toMatch(/^the retrieval.*…$/);
    expect(wrap("", room, 2)).toEqual([""]);
  });
});

describe("a width", () => {
  it("is the same for each figure of a column, and less where letters are kerned", () => {
    const widths = [..."0123456789"].map((digit) => face.width(digit, 10, true));
    expect(new Set(widths).size).toBe(1);
    expect(face.width("AV", 10)).toBeLessThan(face.width("A", 10) + face.width("V", 10));
  });
});
