import { expect, it } from "vitest";
import { raisedBalances, sampleFacts } from "@/components/gallery/sample";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { show } from "@/tests/setup/screen";
import { BalanceCard } from "./balance-card";
import { PaygState } from "./payg-state";

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

it("the balance card names given credit only where the catalogue gives some, or there is some", () => {
  const none = { ...low, prepaid: { purchased: "1", promotional: "0", adjustment: "0" } };
  const rows = () => [...document.querySelectorAll("th")].map((row) => row.textContent);
  show(<BalanceCard balance={none} />, { ...sampleFacts, grantsAtFirst: false });
  expect(rows()).not.toContain("Promotional");
  show(<BalanceCard balance={none} />, { ...sampleFacts, grantsAtFirst: true });
  expect(rows()).toContain("Promotional");
  show(<BalanceCard balance={{ ...none, prepaid: { ...none.prepaid, promotional: "2" } }} />, {
    ...sampleFacts,
    grantsAtFirst: false,
  });
  expect(rows()).toContain("Promotional");
});

it("the state of the plan promises no prepaid credit where there is none", () => {
  const plan = { remaining: "5", allowance: "5", resetsAt: "2026-12-01T00:00:00.000Z" } as NonNullable<
    BalanceAnswer["plan"]
  >;
  const payg = { mode: "always", enabled: true, limit: null, spent: "0", held: "0" } as NonNullable<
    BalanceAnswer["payg"]
  >;
  const prepaid = { purchased: "0", promotional: "0", adjustment: "0" };
  show(<PaygState plan={plan} payg={payg} prepaid={prepaid} />);
  expect(document.body.textContent).toContain("when the plan is used up, calls are refused");
  show(<PaygState plan={plan} payg={payg} prepaid={{ ...prepaid, purchased: "1" }} />);
  expect(document.body.textContent).toContain("When the plan is used up, prepaid credit pays.");
});

it("the balance card says what the first call brings while nothing is available yet", () => {
  const fresh = { ...low, available: "0", spendable: "100", firstCall: "100", level: "normal" } as const;
  const labels = { ...sampleFacts.labels, promotional: "Initial allowance" };
  show(<BalanceCard balance={fresh} />, { ...sampleFacts, labels });
  expect(document.body.textContent).toContain("Your first billable call grants the initial allowance of $100.00.");
});
