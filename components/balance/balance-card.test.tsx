import { expect, it } from "vitest";
import { raisedBalances, sampleFacts } from "@/components/gallery/sample";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { show } from "@/tests/setup/screen";
import { BalanceCard } from "./balance-card";

const [low] = raisedBalances as [BalanceAnswer];
const links = (may: { manage: boolean; buy: boolean }, plansSold = true) => {
  show(<BalanceCard balance={low} />, { ...sampleFacts, may, plansSold });
  return [...document.querySelectorAll("a")].map((link) => link.textContent);
};

it("the balance card leads only to what the reader may do", () => {
  expect(links({ manage: true, buy: true })).toEqual(["Add funds", "Auto top-up is off"]);
  expect(links({ manage: true, buy: false })).toEqual(["Choose a plan"]);
  expect(links({ manage: true, buy: false }, false)).toEqual(["Grants and plan"]);
  expect(links({ manage: false, buy: false })).toEqual(["Grants and plan"]);
});

it("the balance card has no word of plans where the catalogue has none", () => {
  const offered = { ...sampleFacts.offered, subscription: false };
  show(<BalanceCard balance={low} />, { ...sampleFacts, offered, may: { manage: false, buy: false } });
  expect([...document.querySelectorAll("a")].map((link) => link.textContent)).toEqual(["Grants"]);
});

it("the balance card says what the first call brings while nothing is available yet", () => {
  const fresh = { ...low, available: "0", spendable: "100", firstCall: "100", level: "normal" } as const;
  const labels = { ...sampleFacts.labels, promotional: "Initial allowance" };
  show(<BalanceCard balance={fresh} />, { ...sampleFacts, labels });
  expect(document.body.textContent).toContain("Your first billable call grants the initial allowance of $100.00.");
});
