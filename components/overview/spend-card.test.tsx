import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { sampleFacts } from "@/components/gallery/sample";
import type { UsageAnswer } from "@/lib/usage/schema";
import { show } from "@/tests/setup/screen";
import { SpendCard } from "./spend-card";

const start = "2026-11-21T00:00:00.000Z";
const answer = (groups: string[], field: "model" | "endpoint" = "model"): UsageAnswer => ({
  ...{ unit: "USD", from: start, to: "2026-11-22T00:00:00.000Z", timezone: "UTC", interval: "day" as const },
  ...{ groupBy: [field], starts: [start], totals: { requests: groups.length, quantities: {}, cost: "0" } },
  data: groups.map((name) => ({ start, [field]: name, requests: 1, quantities: {}, cost: "2" })),
});

function card(usage: UsageAnswer, models = ["gpt-4o", "gpt-4.1"]): HTMLElement {
  show(
    <QueryClientProvider
      client={new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })}
    >
      <SpendCard initial={usage} before={answer([])} />
    </QueryClientProvider>,
    { ...sampleFacts, models, endpoints: ["enrichment", "hygiene"] },
  );
  return screen.getByRole("region", { name: "Spend in the last 30 days" });
}

describe("the spend of thirty days", () => {
  it("is split by model where there are several", () => {
    expect(card(answer(["gpt-4o", "gpt-4.1"])).querySelector("thead")?.textContent).toContain("Model");
  });

  it("is split by endpoint where all prices name the same model", () => {
    const shown = card(answer(["enrichment", "hygiene"], "endpoint"), ["standard"]);
    expect(shown.querySelector("thead")?.textContent).toContain("Endpoint");
    expect(shown.textContent).toContain("hygiene");
  });

  it("has its total alone where there is only one part", () => {
    const shown = card(answer(["gpt-4o"]));
    expect(shown.querySelector("table")).toBeNull();
    expect(shown.textContent).not.toContain("gpt-4o");
    expect(shown.textContent).toContain("$2.00");
  });

  it("is one sentence and the way to a key before the first call", () => {
    const shown = card(answer([]));
    expect(shown.textContent).toBe("Spend in the last 30 daysNo calls in the last 30 days.Create a key");
  });
});
