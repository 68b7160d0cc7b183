import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameField, plainName } from "./name";

const isName = (text: string) => nameField.safeParse(text).success;

describe("a name that people type", () => {
  it.each([
    ...["Acme", "Acme, Inc.", "A. B. Sons", "e.V. Köln", "gpt-4.1 key", "v1.2", "北京公司", "Ünïcödé", "O'Brien & Co"],
    ...["❤️ Hearts", "Dr. No", "prod (EU)", "https", "C++", "№ 5"],
  ])("may be %s", (text) => expect(nameField.parse(text)).toBe(text));

  it.each([
    ...["https://evil.example", "HTTP://x", "www.evil", "WWW.EVIL", "evil.com", "See evil.com now", "a@evil.com"],
    ...["пример.рф", "evil．com", "evil。com", "ｗｗｗ．evil", "(evil.co)", "pay at evil.com/now"],
  ])("is no address: %s", (text) => expect(isName(text)).toBe(false));

  it.each([
    ...["\u202Eemca", "a\u2066b\u2069", "a\u200Bb", "a\u200Db", "a\u200Cb", "a\uFEFFb", "a\u00ADb", "a\u2060b"],
    ...["a\u0000b", "a\nb", "a\u2028b", "\u3164", "a\u034Fb", "a\uFE0Fb", "\u2800", "a\u{E0041}b", "\uD800"],
  ])("holds nothing that is invisible or turns the writing round: %j", (text) => expect(isName(text)).toBe(false));

  it("has one form of each letter and plain spaces, and is not empty", () => {
    expect(nameField.parse("  Cafe\u0301\u00A0\u3000 Nord ")).toBe("Café Nord");
    expect([isName(""), isName(" \u00A0 "), isName("x".repeat(120)), isName("x".repeat(121))]).toEqual([
      ...[false, false, true, false],
    ]);
  });

  it("can be made of any text", () => {
    expect(plainName("https://evil.example/x")).toBe("https evil example/x");
    expect(plainName("www.evil.com")).toBe("www evil com");
    expect(plainName("\u202Ejohn.smith@evil.com")).toBe("john smith@evil com");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const plain = plainName(text);
        expect(plain === "" || isName(plain)).toBe(true);
      }),
    );
  });
});
