import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type Facts, FactsProvider } from "@/components/context/facts";
import { sampleFacts } from "@/components/gallery/sample";
import { english } from "@/messages/english";
import { Burnt } from "./burnt";
import { PriceLines } from "./price-lines";
import { entry, plan, setting, topUp } from "./sample";

const facts: Facts = {
  organization: { id: "org_AAAAAAAAQACAAAAAAAAAAA", name: "Acme" },
  unit: setting.unit,
  timeZone: setting.timeZone,
  now: setting.now.toISOString(),
  meters: { input_token: { label: "input tokens", singular: "input token" } },
  endpoints: [],
  models: [],
  planName: null,
  may: { manage: true, buy: true },
  plansSold: true,
  runs: null,
  resources: [],
  offered: sampleFacts.offered,
  places: sampleFacts.places,
  paygToggles: true,
  countsPlaces: false,
  claims: false,
  grantsAtFirst: true,
  support: "support@acme.example",
  recommendedBalance: "5",
  labels: {
    balance: "Balance",
    plan: "Plan credit",
    purchased: "Purchased",
    promotional: "Promotional",
    bought: "Top-up",
    payg: "PAYG",
    paygLimit: "Spending limit (optional)",
    prices: "Prices",
    topUp: "Add funds",
    autoTopUp: "Auto top-up",
  },
};

function text(children: ReactNode): string {
  const markup = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={english} timeZone="UTC">
      <FactsProvider facts={facts}>{children}</FactsProvider>
    </NextIntlClientProvider>,
  );
  const page = document.createElement("div");
  page.innerHTML = markup;
  return page.textContent;
}

describe("the funding of a call on the page", () => {
  it("lists the grants under the sentence", () => {
    const shown = text(<Burnt entries={[entry("grant", "-0.1", plan), entry("grant", "-0.093", topUp)]} />);
    expect(shown).toContain(
      "This charge used $0.10 of the plan credit of November and $0.093 of the top-up of 3 November.",
    );
    expect(shown).toContain("The plan credit of NovemberUsable until 1 December$0.10");
    expect(shown).toContain("The top-up of 3 NovemberDoes not expire$0.093");
  });

  it("says so when no credit was used", () => {
    expect(text(<Burnt entries={[]} />)).toBe("This call used no credit.");
  });
});

describe("the price of a call on the page", () => {
  const line = { meter: "input_token", quantity: 1200, unitAmount: "2.5", per: 1_000_000, amount: "0.003" };
  const surcharge = { meter: "byte", quantity: 2, unitAmount: "0.01", per: 1, amount: "0.02", label: "Large file" };

  it("writes out each line, and surcharges by their names", () => {
    const shown = text(<PriceLines lines={[line, surcharge]} version={3} />);
    expect(shown).toContain("input tokens1,200 ÷ 1,000,000 × $2.50 equals $0.003");
    expect(shown).toContain("Large filebyte2 × $0.01 equals $0.02");
    expect(shown).toContain("Cost$0.023");
    expect(shown).toContain("Priced with version 3 of the price list.");
    const whenTotal = { meters: ["input_token", "cached"], above: 200_000 };
    expect(text(<PriceLines lines={[{ ...line, whenTotal, whenPeriod: "peak" }]} />)).toContain(
      "input tokensabove 200,000 input tokens + cached · peak1,200",
    );
    expect(shown).not.toContain("Standard price");
  });

  it("shows the way from the standard price to the cost", () => {
    const shown = text(<PriceLines lines={[line]} cost="0.002" waived="0.0004" discountPercent={20} />);
    expect(shown).toContain("Standard price$0.003");
    expect(shown).toContain("Plan discount, 20 % of what the plan paid−$0.0006");
    expect(shown).toContain("Waived−$0.0004");
    expect(shown).toContain("Cost$0.002");
  });
});
