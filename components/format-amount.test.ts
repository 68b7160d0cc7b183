import { describe, expect, it } from "vitest";
import { parseAmount } from "@/lib/kernel/money";
import { printAmount, printCount, printDecimal, type UnitFacts } from "./format-amount";

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
const cost = (decimal: string, unit = usd) => printDecimal(decimal, unit, "cost").text;

describe("amounts on the page", () => {
  it("show a balance rounded down and a cost rounded up", () => {
    expect(balance("3.129999999")).toBe("$3.12");
    expect(cost("3.120000001")).toBe("$3.13");
    expect(balance("1234567.891")).toBe("$1,234,567.89");
    expect(balance("4.999999999")).toBe("$4.99");
    expect(balance("0")).toBe("$0.00");
  });

  it("keep three significant digits below a cent, and below a dollar for costs", () => {
    expect(cost("0.000435")).toBe("$0.000435");
    expect(cost("0.0004351")).toBe("$0.000436");
    expect(cost("0.01234")).toBe("$0.0124");
    expect(cost("0.15")).toBe("$0.15");
    expect(cost("0.9999")).toBe("$1.00");
    expect(cost("0.000000001")).toBe("$0.000000001");
    expect(balance("0.0004359")).toBe("$0.000435");
    expect(balance("0.0199")).toBe("$0.01");
  });

  it("write a true minus and never make a debt smaller", () => {
    expect(balance("-1.234")).toBe("−$1.24");
    expect(cost("-0.0004351")).toBe("−$0.000436");
  });

  it("print credits and tokens with their unit", () => {
    expect(balance("12480", credits)).toBe("12,480 credits");
    expect(balance("1", credits)).toBe("1 credit");
    expect(balance("2.5", credits)).toBe("2.50 credits");
    expect(cost("0.0975", credits)).toBe("0.0975 credits");
    expect(cost("0.8", credits)).toBe("0.80 credits");
    expect(balance("2319999", tokens)).toBe("2.31 M tokens");
    expect(cost("2310001", tokens)).toBe("2.32 M tokens");
    expect(balance("999999.5", tokens)).toBe("999,999 tokens");
    expect(cost("105976.51", tokens)).toBe("105,977 tokens");
    expect(balance("999.5", tokens)).toBe("999.50 tokens");
  });

  it("know the exact amount", () => {
    expect(printAmount(parseAmount("3.129999999", 9), usd, "balance").exact).toBe("$3.129999999");
    expect(printDecimal("2319999.5", tokens, "balance").exact).toBe("2,319,999.5 tokens");
    expect(printCount("18014398509481984")).toBe("18,014,398,509,481,984");
  });
});
