import { describe, expect, it } from "vitest";
import { rowCounter } from "./csv-rows";

describe("rows of a file that still arrives", () => {
  it("are counted when they end, however the text is cut", () => {
    const count = rowCounter();
    const piece = (text: string) => new TextEncoder().encode(text);
    expect(count(piece('time,note\n1,"two\nli'))).toBe(0);
    expect(count(piece('nes and a ""quote"""\n2,'))).toBe(1);
    expect(count(piece("plain\n"))).toBe(2);
  });
});
