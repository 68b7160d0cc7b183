import { expect, it, vi } from "vitest";
import { readCatalogue } from "@/lib/catalogue/load";
import { factsOf } from "@/tests/fixtures/facts";
import { click, show, type } from "@/tests/setup/screen";
import { GuideCard } from "./guide-card";
import { PaygCard } from "./payg-card";

const catalogue = await readCatalogue("apertis");
const facts = factsOf(catalogue);
const payg = { mode: "toggle", enabled: false, limit: null, spent: "0", held: "0" } as const;
const page = () => document.body.textContent ?? "";
const button = (name: string) =>
  [...document.querySelectorAll("button")].find((one) => one.textContent === name) as HTMLElement;

it("the PAYG Fallback section has the page's words, and saves the switch with its limit", async () => {
  const action = vi.fn(async (_: unknown) => ({ value: undefined }));
  const props = { payg, limitPresets: ["50"], mayChange: true, action: action as never, onChanged: () => undefined };
  show(<PaygCard {...props} />, facts);
  expect(document.querySelector("h2")?.textContent).toBe("PAYG Fallback");
  expect(page()).toContain("Enable PAYG Fallback");
  expect(page()).not.toContain("Set Spending Limit (optional)");
  await click(document.querySelector("[role=switch]") as HTMLElement);
  const label = [...document.querySelectorAll("label")].find(
    (one) => one.textContent === "Set Spending Limit (optional)",
  );
  await type(document.getElementById(label?.getAttribute("for") ?? "") as HTMLElement, "50");
  await click(button("Save changes"));
  expect(action).toHaveBeenLastCalledWith({ mode: "limit", limit: "50" });
});

it("the spending limits are explained: no limit, so much a cycle, and $0 as off", () => {
  const props = { payg, limitPresets: ["50"], mayChange: false, action: (async () => undefined) as never };
  show(<PaygCard {...props} onChanged={() => undefined} />, facts);
  const rows = [...document.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(rows).toEqual([
    ["No limit", "Use balance until exhausted"],
    ["$50.00/cycle", "Max $50.00 PAYG per month"],
    ["$0.00", "PAYG disabled (same as off)"],
  ]);
});

it("the guide PAYG vs. Subscription has the page's table and its reasons for each", () => {
  if (!catalogue.planGuide) throw new Error("Apertis has a guide.");
  show(<GuideCard guide={catalogue.planGuide} />, facts);
  const rows = [...document.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(rows).toEqual([
    ["Commitment", "None", "Monthly/Yearly"],
    ["Pricing", "Standard rates", "Discounted rates"],
    ["Quota Reset", "Never (balance-based)", "Monthly cycle"],
    ["Best For", "Variable usage", "Predictable usage"],
    ["Minimum", "$5", "Plan price"],
  ]);
  expect([...document.querySelectorAll("th")].map((head) => head.textContent)).toEqual([
    "Feature",
    "PAYG",
    "Subscription",
  ]);
  for (const reason of [
    "When to Use PAYG",
    "Testing phase - Evaluating the platform",
    "Sporadic usage - Occasional API calls",
    "Unpredictable volume - Usage varies significantly",
    "Budget flexibility - Pay only for what you use",
    "When to Use Subscription",
    "Regular usage - Consistent monthly volume",
    "Cost savings - Lower per-token rates",
    "Budgeting - Fixed monthly costs",
    "High volume - Heavy API usage",
  ]) {
    expect(page()).toContain(reason);
  }
});
