import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { UsageAnswer } from "@/lib/usage/schema";
import { show } from "@/tests/setup/screen";
import { stack } from "./series";
import { SpendChart } from "./spend-chart";

const start = "2026-11-21T00:00:00.000Z";
const usage = (cost?: string): UsageAnswer => ({
  ...{ unit: "USD", from: start, to: "2026-11-22T00:00:00.000Z", timezone: "UTC", interval: "day" as const },
  ...{ groupBy: ["model"], starts: [start], totals: { requests: 0, quantities: {}, cost: cost ?? "0" } },
  data: cost ? [{ start, model: "gpt-4o", requests: 1, quantities: {}, cost }] : [],
});

it.each([
  ["says than which period it changed", usage("2"), true],
  ["is silent on a period before that had nothing", usage(), false],
])("a chart that compares %s", (_, past, said) => {
  const stacked = stack(usage("3"), "model", 9, ["gpt-4o"]);
  const before = stack(past, "model", 9, ["gpt-4o"]);
  show(
    <SpendChart
      id="cost"
      title="Cost"
      interval="day"
      stacked={stacked}
      before={before}
      beforeNote="than 1–30 Oct"
      view="table"
    />,
  );
  expect(screen.getByRole("region", { name: "Cost" }).textContent?.includes("than 1–30 Oct")).toBe(said);
});
