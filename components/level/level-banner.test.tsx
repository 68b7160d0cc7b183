import { expect, it } from "vitest";
import { raisedBalances, sampleFacts } from "@/components/gallery/sample";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { show } from "@/tests/setup/screen";
import { LevelBanner } from "./level-banner";

const [low, , , owed, withheld] = raisedBalances as [
  BalanceAnswer,
  BalanceAnswer,
  BalanceAnswer,
  BalanceAnswer,
  BalanceAnswer,
];
const banner = () => document.querySelector("section");
const words = (balance: BalanceAnswer, facts = sampleFacts) => {
  show(<LevelBanner balance={balance} />, facts);
  return banner()?.textContent;
};
const link = () => {
  const found = banner()?.querySelector("a");
  return found && [found.textContent, found.getAttribute("href")];
};
const viewer = { ...sampleFacts, may: { manage: false, buy: false } };

it("the banner says that a call is refused which the balance cannot pay, not one at zero", () => {
  expect(words(low)).toContain(
    "Low: $18.40 left, about 4 days at this week's pace. Calls that the balance cannot pay for are refused. Add funds this week.",
  );
  expect(link()).toEqual(["Add funds", expect.stringContaining("/billing/add-funds")]);
});

it("the banner names prepaid credit that no call can use, with the way to the switch", () => {
  expect(words(withheld)).toContain(
    "Critical: The plan is used up and Pay as you go is off: calls are refused. Prepaid credit that is not used: $59.99. Turn on PAYG fallback.",
  );
  expect(link()).toEqual(["Open Pay as you go", expect.stringContaining("/billing/subscription")]);
  expect(words({ ...withheld, spendable: "4.5", runway: null })).toContain(
    "Critical: $4.50 left. Pay as you go is off: calls that the plan cannot pay for are refused. Prepaid credit that is not used: $55.49.",
  );
});

it("the banner names a limit of the cycle, an unpaid invoice and debt as what they are", () => {
  const limited = { ...withheld, reason: "payg_limit", action: "raise_payg_limit" } as const;
  expect(words(limited)).toContain("The plan is used up and the limit of Pay as you go is reached: calls are refused.");
  const unpaid = { ...withheld, reason: "plan_unpaid", action: "pay_invoice" } as const;
  expect(words(unpaid)).toContain("The plan's invoice is not paid: calls are refused.");
  expect(link()).toEqual(["Pay invoice", expect.stringContaining("/billing/subscription")]);
  expect(words(owed)).toContain(
    "You owe $1.24. Calls are refused until you add credit. New credit pays what you owe first.",
  );
});

it("the banner tells a member who may not buy to ask an owner, and leads nowhere", () => {
  expect(words(low, viewer)).toContain("Add funds this week. Ask an owner to do it.");
  expect(link()).toBeNull();
  expect(words({ ...low, action: null }, viewer)).not.toContain("Ask an owner");
});

it("the banner leads to the plans where only paid plans buy", () => {
  expect(words({ ...low, action: "choose_plan", advice: "Consider a paid plan" })).toContain("Consider a paid plan.");
  expect(link()).toEqual(["Choose a plan", expect.stringContaining("/billing/subscription")]);
});
