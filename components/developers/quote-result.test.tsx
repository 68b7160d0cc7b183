import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { show } from "@/tests/setup/screen";
import { QuoteResult } from "./quote-result";

const quote = { cost: "3.35", affordable: true, lines: [], unit: "USD", catalogueVersion: 1 } as never;
const paths = { developersReference: "/reference" } as never;

it.each([
  [
    "names what the first call brings, so that its sum is right",
    "100",
    "96.65",
    "Initial allowance of the first call$100.00",
  ],
  ["has no word of it afterwards", null, "46.65", null],
])("the price of a call %s", (_, firstCall, remains, words) => {
  const calculation = {
    quote,
    discountPercent: 0,
    available: firstCall ? "0" : "50",
    firstCall,
    remains,
    short: null,
    buys: null,
  };
  const props = { calculation, version: 1, asked: {}, paths, estimated: false, promotional: "Initial allowance" };
  show(<QuoteResult {...props} />);
  const text = screen.getByRole("region", { name: "Price of this call" }).textContent ?? "";
  expect(text.includes("of the first call")).toBe(words !== null);
  if (words) expect(text).toContain(words);
});
