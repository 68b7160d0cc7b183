import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allocate,
  floorSignificant,
  formatAmount,
  MAX_AMOUNT,
  multiplyDivide,
  multiplyDivideDown,
  parseAmount,
  roundDown,
  roundHalfUp,
  shiftDecimal,
} from "./money";

const amount = fc.bigInt({ min: 0n, max: MAX_AMOUNT });
const signedAmount = fc.bigInt({ min: -MAX_AMOUNT, max: MAX_AMOUNT });
const scale = fc.integer({ min: 0, max: 12 });

describe("parseAmount", () => {
  it.each([
    ["0.24", 9, 240_000_000n, "0.24"],
    ["5", 9, 5_000_000_000n, "5"],
    ["5.00", 9, 5_000_000_000n, "5"],
    ["0", 3, 0n, "0"],
    ["4.999999999", 9, 4_999_999_999n, "4.999999999"],
    ["9223372036.854775807", 9, MAX_AMOUNT, "9223372036.854775807"],
  ])("reads %s at scale %i, and formatAmount prints it again", (text, digits, value, printed) => {
    expect(parseAmount(text, digits)).toBe(value);
    expect(formatAmount(value, digits)).toBe(printed);
  });

  it.each([
    "",
    " 1",
    "1 ",
    "+1",
    "-1",
    "1e5",
    "1E-3",
    "NaN",
    "Infinity",
    ".5",
    "5.",
    "01",
    "0x10",
    "1,000",
    "1_000",
    "٣",
    "0.0000000001",
    "9223372036.854775808",
    "1".repeat(41),
    "1\n",
    "1\u0000",
  ])("refuses %j", (text) => {
    expect(() => parseAmount(text, 9)).toThrow(expect.objectContaining({ code: "validation_failed" }));
  });

  it("takes a minus sign only where the caller wants one", () => {
    expect(parseAmount("-0.5", 3, { signed: true })).toBe(-500n);
    expect(parseAmount("-0", 3, { signed: true })).toBe(0n);
    expect(formatAmount(-500n, 3)).toBe("-0.5");
  });

  it("reads back whatever formatAmount printed", () => {
    fc.assert(
      fc.property(signedAmount, scale, (value, digits) => {
        expect(parseAmount(formatAmount(value, digits), digits, { signed: true })).toBe(value);
      }),
    );
  });
});

describe("multiplyDivide", () => {
  it.each([
    [1n, 1n, 2n, 1n],
    [-1n, 1n, 2n, -1n],
    [1n, -1n, -2n, 1n],
    [1n, 1n, 3n, 0n],
    [2n, 1n, 3n, 1n],
    [300_000_000n, 7n, 1_000_000n, 2100n],
    [0n, 5n, 7n, 0n],
  ])("gives %d × %d ÷ %d = %d", (a, b, c, result) => {
    expect(multiplyDivide(a, b, c)).toBe(result);
  });

  it("is never further than half a step from the exact quotient, and mirrors at zero", () => {
    fc.assert(
      fc.property(amount, amount, fc.bigInt({ min: 1n, max: 10n ** 12n }), (a, b, c) => {
        const result = multiplyDivide(a, b, c);
        const twice = 2n * (a * b - result * c);
        expect(twice < c && -twice <= c).toBe(true);
        expect(multiplyDivide(-a, b, c)).toBe(-result);
      }),
    );
  });

  it("refuses to divide by zero", () => {
    expect(() => multiplyDivide(1n, 1n, 0n)).toThrow(RangeError);
  });
});

describe("multiplyDivideDown", () => {
  it("never rounds up", () => {
    expect(multiplyDivideDown(2n, 2n, 3n)).toBe(1n);
    expect(multiplyDivideDown(5n, 3n, 3n)).toBe(5n);
    expect(multiplyDivideDown(MAX_AMOUNT, MAX_AMOUNT, MAX_AMOUNT)).toBe(MAX_AMOUNT);
  });

  it.each([
    [-1n, 1n, 1n],
    [1n, -1n, 1n],
    [1n, 1n, 0n],
    [1n, 1n, -1n],
  ])("refuses %s × %s ÷ %s", (a, b, c) => {
    expect(() => multiplyDivideDown(a, b, c)).toThrow(RangeError);
  });
});

describe("allocate", () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 })
    .filter((list) => list.some((weight) => weight > 0n));

  it("makes parts that sum to the whole, each within one step of its share", () => {
    fc.assert(
      fc.property(signedAmount, weights, (total, list) => {
        const parts = allocate(total, list);
        const sum = list.reduce((all, weight) => all + weight, 0n);
        expect(parts.reduce((all, part) => all + part, 0n)).toBe(total);
        parts.forEach((part, index) => {
          const off = part * sum - total * (list[index] ?? 0n);
          expect(off < sum && -off < sum).toBe(true);
        });
      }),
    );
  });

  it("gives what is left to the largest remainders, the earliest first", () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(10n, [1n, 2n, 4n])).toEqual([1n, 3n, 6n]);
    expect(() => allocate(1n, [0n, 0n])).toThrow(RangeError);
    expect(() => allocate(1n, [2n, -1n])).toThrow(RangeError);
  });
});

describe("rounding for display", () => {
  it("never shows more than there is, and halves go up, away from zero", () => {
    fc.assert(
      fc.property(signedAmount, scale, fc.integer({ min: 0, max: 12 }), (value, digits, shown) => {
        const step = 10n ** BigInt(Math.max(0, digits - shown));
        const down = roundDown(value, digits, shown);
        const near = roundHalfUp(value, digits, shown);
        expect(down <= value && value - down < step && down % step === 0n).toBe(true);
        const distance = 2n * (near < value ? value - near : near - value);
        expect(distance <= step && near % step === 0n && near === -roundHalfUp(-value, digits, shown)).toBe(true);
      }),
    );
  });

  it("floors to significant digits", () => {
    expect(floorSignificant(142n, 2)).toBe(140n);
    expect(floorSignificant(33n, 2)).toBe(33n);
    expect(floorSignificant(7n, 2)).toBe(7n);
    expect(floorSignificant(0n, 2)).toBe(0n);
    expect(floorSignificant(99_999n, 2)).toBe(99_000n);
  });
});

describe("shiftDecimal", () => {
  it.each([
    ["1.5e-07", 6, "0.15"],
    ["1.5e-7", 6, "0.15"],
    ["3.75e-06", 6, "3.75"],
    ["0.000003", 6, "3"],
    ["8.125e-06", 6, "8.125"],
    ["2", 0, "2"],
    ["0.08", 0, "0.08"],
    ["1e3", 0, "1000"],
    ["0", 6, "0"],
  ])("makes of %s × 10^%i the decimal %s", (text, places, result) => {
    expect(shiftDecimal(text, places)).toBe(result);
  });

  it.each(["-1", "NaN", "Infinity", "", "1e", "1e9999"])("refuses %j", (text) => {
    expect(() => shiftDecimal(text, 6)).toThrow(expect.objectContaining({ code: "validation_failed" }));
  });
});
