import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { PlanList } from "@/lib/plans/schema";
import { show } from "@/tests/setup/screen";
import { CurrentPlan } from "./current-plan";

const usd = (amount: string) => ({ amount, currency: "USD" });
const list: PlanList = {
  ...{ currency: "USD", symbol: "$", digits: 2, plans: [], subscription: null, ended: null, upgrade: null },
  ...{ used: { members: 1, keys: 1 }, afterwards: null },
};
const never = async () => ({ value: undefined });
const text = (of: Partial<PlanList>) => {
  const actions = { cancel: never, resume: never };
  show(
    <CurrentPlan
      list={{ ...list, ...of }}
      mayChange
      support="support@plans.example"
      actions={actions}
      onChanged={() => undefined}
    />,
  );
  return screen.getByRole("region", { name: "Current plan" }).textContent;
};

describe("the current plan", () => {
  it("compares what was bought beside it with the next plan, where that saves money", () => {
    const upgrade = { name: "Business", packs: usd("2700"), more: usd("2000"), extra: "8000", saves: usd("700") };
    expect(text({ upgrade })).toContain(
      "In each of the last three months you also bought credit, for $27.00 a month on average. Business costs $20.00 more a month and includes $8,000.00 more. With your usage it saves about $7.00 a month.",
    );
  });

  it("says that buying credit costs less, where it does", () => {
    const upgrade = { name: "Business", packs: usd("1000"), more: usd("2000"), extra: "8000", saves: usd("-1000") };
    expect(text({ upgrade })).toContain("With your usage, buying credit costs less than Business.");
  });

  it("names no saving of nothing", () => {
    const upgrade = { name: "Business", packs: usd("2000"), more: usd("2000"), extra: "8000", saves: usd("0") };
    expect(text({ upgrade })).toContain("With your usage, Business costs as much as buying credit.");
    expect(text({ upgrade })).not.toContain("$0.00");
  });

  it("says why a paid plan ended before its period did", () => {
    const ended = { name: "Pro", at: "2026-11-03T12:00:00.000Z", reason: "refund" } as const;
    expect(text({ ended })).toMatch(/Pro ended on .*3 Nov.*, because its payment was refunded\./);
  });
});
