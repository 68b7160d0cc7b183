import { describe, expect, it } from "vitest";
import { parseAmount } from "./money";
import { kindOfRest, printAmount, printCount, printDecimal, type UnitFacts } from "./print-amount";

const usd: UnitFacts = {
  code: "USD",
  kind: "currency",
  scale: 9,
  symbol: "$",
  singular: "US dollar",
  plural: "US dollars",
};
const credits: UnitFacts = {
  code: "credits",
  kind: "credits",
  scale: 6,
  symbol: "",
  singular: "credit",
  plural: "credits",
};
const tokens: UnitFacts = { code: "tokens", kind: "tokens", scale: 3, symbol: "", singular: "token", plural: "tokens" };

const balance = (decimal: string, unit = usd) => printDecimal(decimal, unit, "balance").text;
const record = (decimal: string, unit = usd) => printDecimal(decimal, unit).text;

describe("an amount on the page", () => {
  it("is rounded down as a balance, and half up otherwise", () => {
    expect(balance("3.129999999")).toBe("$3.12");
    expect(record("3.125")).toBe("$3.13");
    expect(record("3.124999999")).toBe("$3.12");
    expect(balance("1234567.891")).toBe("$1,234,567.89");
    expect(balance("4.999999999")).toBe("$4.99");
    expect(balance("0")).toBe("$0.00");
  });

  it("keeps three significant digits below a cent, and below a dollar for amounts of record", () => {
    expect(record("0.000435")).toBe("$0.000435");
    expect(record("0.0004351")).toBe("$0.000435");
    expect(record("0.01234")).toBe("$0.0123");
    expect(record("0.15")).toBe("$0.15");
    expect(record("0.9999")).toBe("$1.00");
    expect(record("0.000000001")).toBe("$0.000000001");
    expect(balance("0.0004359")).toBe("$0.000435");
    expect(balance("0.0199")).toBe("$0.01");
  });

  it("has a true minus, and is further below zero as a balance below zero", () => {
    expect(balance("-1.234")).toBe("−$1.24");
    expect(record("-0.0004351")).toBe("−$0.000435");
  });

  it("has its unit for credits and tokens", () => {
    expect(balance("12480", credits)).toBe("12,480 credits");
    expect(balance("1", credits)).toBe("1 credit");
    expect(balance("2.5", credits)).toBe("2.50 credits");
    expect(record("0.0975", credits)).toBe("0.0975 credits");
    expect(record("0.8", credits)).toBe("0.80 credits");
    expect(balance("2319999", tokens)).toBe("2.31 M tokens");
    expect(record("2310001", tokens)).toBe("2.31 M tokens");
    expect(balance("999999.5", tokens)).toBe("999,999 tokens");
    expect(record("105976.51", tokens)).toBe("105,977 tokens");
    expect(balance("999.5", tokens)).toBe("999.50 tokens");
  });

  it("is printed one way: as given, as moved, and as left while all of it is left", () => {
    for (const [amount, text, unit] of [
      ["37.295", "$37.30", usd],
      ["1345678", "1.35 M tokens", tokens],
    ] as const) {
      expect(record(amount, unit)).toBe(text);
      expect(record(`-${amount}`, unit)).toBe(`−${text}`);
      expect(printDecimal(amount, unit, kindOfRest(amount, amount)).text).toBe(text);
    }
    expect(printDecimal("37.2949", usd, kindOfRest("37.2949", "37.295")).text).toBe("$37.29");
  });

  it("is known exactly", () => {
    expect(printAmount(parseAmount("3.129999999", 9), usd, "balance").exact).toBe("$3.129999999");
    expect(printDecimal("2319999.5", tokens, "balance").exact).toBe("2,319,999.5 tokens");
    expect(printCount("18014398509481984")).toBe("18,014,398,509,481,984");
  });
});
