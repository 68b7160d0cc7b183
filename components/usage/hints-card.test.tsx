import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { sampleFacts } from "@/components/gallery/sample";
import { endpoints, queryKey } from "@/lib/adapters/portal/endpoints";
import type { CostHints } from "@/lib/usage/schema";
import { show } from "@/tests/setup/screen";
import { HintsCard } from "./hints-card";

const none: CostHints = {
  ...{ unit: "USD", from: "2026-11-01T00:00:00.000Z", to: "2026-11-30T12:00:00.000Z", timezone: "UTC" },
  ...{ spend: "0", calls: 0, complete: true, models: [], caching: null },
  prompts: { share: 0, cost: "0", long: null, step: null },
  maxTokens: { long: null, held: [], reached: 0, ofHeld: 0 },
  advice: {
    models: [{ useCase: "Simple chat", model: "gpt-3.5-turbo", name: "GPT-3.5 Turbo", cost: "$" }],
    practices: [
      { kind: "models", title: "Model Selection", text: "Choose cost-effective models for your use case." },
      { kind: "prompts", title: "Prompt Optimization", text: "Reduce costs by optimizing prompts." },
      { kind: "caching", title: "Caching Strategy", text: "Implement caching for repeated queries." },
      { kind: "max_tokens", title: "Set Max Tokens", text: "Limit response length with max_tokens to control costs." },
    ],
  },
};

function card(hints: CostHints): HTMLElement {
  const client = new QueryClient();
  client.setQueryData(queryKey(sampleFacts.organization.id, endpoints.costHints, {}), hints);
  show(
    <QueryClientProvider client={client}>
      <HintsCard tag="fingerprint" />
    </QueryClientProvider>,
  );
  return screen.getByRole("region", { name: "Cost optimization" });
}
const section = (name: string) => screen.getByRole("region", { name });
const linkOf = (name: RegExp) =>
  new URLSearchParams(screen.getByRole("link", { name }).getAttribute("href")?.split(/[?#]/)[1]);

describe("the card of hints on costs", () => {
  it("has the operator's advice, and no sum where there is nothing to save", () => {
    const { textContent } = card(none);
    for (const { title, text } of none.advice.practices) expect(textContent).toContain(`${title}${text}`);
    expect(textContent).toContain("Simple chatGPT-3.5 Turbo$");
    expect(textContent).toContain("You made no calls in the last 30 days.");
    expect(textContent).not.toContain("Could save");
  });

  it("leads from each hint to the calls behind it", () => {
    card({
      ...none,
      models: [
        {
          ...{ endpoint: "chat", model: "gpt-4o", useCase: "General tasks", suggested: "gpt-4o-mini" },
          ...{ longerThan: 0, longestPrompt: 32_000, calls: 1_200, cost: "10.12", wouldCost: "0.612", saves: "9.508" },
        },
      ],
      caching: {
        ...{ prompts: 2, calls: 12, saves: "1.5" },
        most: [{ endpoint: "chat", model: "gpt-4.1", fingerprint: "671e98feb309bcb0", calls: 11, cost: "1.4" }],
      },
    });
    expect(section("Model Selection").textContent).toContain(
      "1,200 calls of gpt-4o with prompts of up to 32,000 tokensgpt-4o-mini General tasks$10.12$0.612$9.51",
    );
    expect(Object.fromEntries(linkOf(/^1,200 calls/))).toEqual({ r: "30d", e: "chat", m: "gpt-4o" });
    expect(section("Caching Strategy").textContent).toContain("Could save $1.50");
    expect(Object.fromEntries(linkOf(/^671e98feb309/))).toEqual({
      ...{ r: "30d", e: "chat", m: "gpt-4.1", t: "fingerprint:671e98feb309bcb0" },
    });
  });

  it("says what long prompts, long answers and high ceilings cost", () => {
    const long = { median: 1_000, longest: 4_000, calls: 1, saves: "0.3" };
    card({
      ...none,
      prompts: { share: 71, cost: "2.5", long, step: { above: 200_000, calls: 2, cost: "0.9" } },
      maxTokens: {
        long: { ...long, calls: 3 },
        held: [
          { endpoint: "chat", model: "gpt-4o", calls: 3, declared: 24_000, used: 1_500, held: "0.25", cost: "0.02" },
        ],
        ...{ reached: 1, ofHeld: 4 },
      },
    });
    const prompts = section("Prompt Optimization").textContent;
    expect(prompts).toContain("Prompts are 71 % of the cost: $2.50.");
    expect(prompts).toContain("1 prompt is longer than 4,000 tokens, four times your median of 1,000.");
    expect(prompts).toContain("2 calls have prompts above 200,000 tokens, where the price is higher.");
    const answers = section("Set Max Tokens").textContent;
    expect(answers).toContain("3 answers are longer than 4,000 tokens");
    expect(answers).toContain("3 calls of gpt-4o declared 24,000 output tokens and used 1,500. $0.25 was reserved");
    expect(answers).toContain("1 answer is as long as max_tokens allows, of 4 calls with a hold.");
  });
});
