/** Pages that the browser translates: what is read after a change is what React shows, amounts most of all. */
import { act, type RenderResult, render } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { Change } from "@/components/charts/change";
import { FactsProvider } from "@/components/context/facts";
import { raisedBalances, sampleFacts } from "@/components/gallery/sample";
import { PriceLines } from "@/components/ledger/price-lines";
import { ArrivalsPill } from "@/components/transactions/arrivals-pill";
import { Button } from "@/components/ui/button";
import { LiveText } from "@/components/ui/live-text";
import { english } from "@/messages/english";
import { translatePage } from "@/tests/setup/translate";
import { Amount } from "./amount";
import { ExactAmount } from "./exact-amount";
import { Quantity } from "./quantity";

const page = (children: ReactNode) => (
  <NextIntlClientProvider locale="en" messages={english} timeZone="UTC">
    <FactsProvider facts={sampleFacts}>{children}</FactsProvider>
  </NextIntlClientProvider>
);
const line = (quantity: number, amount: string) => ({
  meter: "input_token",
  quantity,
  unitAmount: "2.5",
  per: 1_000_000,
  amount,
});
const none = () => undefined;
const [low, warning] = raisedBalances;

/** What is shown, what it becomes, each with its name. */
const CHANGES: [string, ReactNode, ReactNode][] = [
  ["a button", <Button key="a">Add $50.00</Button>, <Button key="a">Add $500.00</Button>],
  [
    "a button with an icon and two texts",
    <Button key="a">
      <svg />
      {"Add "}
      {50}
    </Button>,
    <Button key="a">
      <svg />
      {"Add "}
      {500}
    </Button>,
  ],
  [
    "a button that waits",
    <Button key="a">Add $50.00</Button>,
    <Button key="a" pending>
      Add $500.00
    </Button>,
  ],
  ["an amount", <Amount key="a" of="50" kind="balance" signed />, <Amount key="a" of="-500" kind="balance" signed />],
  ["an exact amount", <ExactAmount key="a" of="50" signed />, <ExactAmount key="a" of="-500.5" signed />],
  ["a count", <Quantity key="a" of="1" meter="request" />, <Quantity key="a" of="2" meter="request" />],
  ["a change", <Change key="a" now={2n} before={1n} />, <Change key="a" now={1n} before={4n} />],
  [
    "a calculation",
    <PriceLines key="a" lines={[line(1, "0.0000025")]} cost="0.0000025" discountPercent={0} version={1} />,
    <PriceLines key="a" lines={[line(1_000, "0.0025")]} cost="0.0025" discountPercent={0} version={1} />,
  ],
  [
    "what has arrived",
    <ArrivalsPill key="a" count={1} more={false} onShow={none} />,
    <ArrivalsPill key="a" count={7} more onShow={none} />,
  ],
  [
    "words beside an element",
    <p key="a">
      <LiveText>{low?.advice}</LiveText> <b>now</b>
    </p>,
    <p key="a">
      <LiveText>{warning?.advice}</LiveText> <b>then</b>
    </p>,
  ],
];

function changed(before: ReactNode, after: ReactNode, translates: boolean): string {
  const shown: RenderResult = render(page(before));
  if (translates) act(() => translatePage(shown.container));
  shown.rerender(page(after));
  const text = shown.container.textContent ?? "";
  shown.unmount();
  return text;
}

describe("a page that a browser translated", () => {
  it.each(CHANGES)("shows the new value of %s, not the old one", (_, before, after) => {
    expect(changed(before, after, true)).toBe(changed(before, after, false));
  });

  it.each(CHANGES)("can remove %s", (_, before) => {
    const shown = render(page(before));
    act(() => translatePage(shown.container));
    expect(() => shown.rerender(page(null))).not.toThrow();
    expect(shown.container.textContent).toBe("");
  });

  it("leaves an amount as it is", () => {
    const shown = render(page(<Amount of="50" kind="balance" />));
    translatePage(shown.container);
    expect(shown.container.querySelector("font")).toBeNull();
  });
});
