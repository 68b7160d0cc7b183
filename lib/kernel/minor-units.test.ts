import { describe, expect, it } from "vitest";
import { creditOf, formatMinor, parseMinor } from "./minor-units";

describe("minor units", () => {
  it.each([
    ["50", 2, 5_000n, "50.00"],
    ["0.5", 2, 50n, "0.50"],
    ["10000", 2, 1_000_000n, "10000.00"],
    ["10000", 0, 10_000n, "10000"],
    ["1.234", 3, 1_234n, "1.234"],
    ["50.00", 0, 50n, "50"],
    ["21474836.48", 2, 2_147_483_648n, "21474836.48"],
  ])("are read from %s with %i digits and printed again", (text, digits, minor, printed) => {
    expect(parseMinor(text, digits)).toBe(minor);
    expect(formatMinor(minor, digits)).toBe(printed);
  });

  it.each([
    ["1.5", 0],
    ["0.001", 2],
    ["-5", 2],
    ["5e3", 2],
    ["NaN", 2],
    ["", 2],
  ])("cannot be read from %s with %i digits", (text, digits) => {
    expect(() => parseMinor(text, digits)).toThrow(expect.objectContaining({ code: "validation_failed" }));
  });

  it("turn money into credit by whole units of the currency", () => {
    expect(creditOf(1_000_000n, 1_000_000_000n, 2)).toBe(10_000_000_000_000n);
    expect(creditOf(10_000n, 1_000_000n, 0)).toBe(10_000_000_000n);
    expect(creditOf(1n, 1_000n, 2)).toBe(10n);
  });
});
