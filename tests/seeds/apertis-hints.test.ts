/** Cost Optimization of Apertis' page: hints from the organization's own usage, each with the sum behind it. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { CostHints } from "@/lib/usage/schema";
import { daysAgo, expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

const api = await gatewayApi("apertis");

const fingerprint = (prompt: string) => createHash("sha256").update(prompt).digest("hex");
const hints = (customer: Customer) => api.get<CostHints>(customer, "/v1/usage/hints");
const paid = (customer: Customer, model: string, input: number, output: number, tags?: Record<string, string>) =>
  api.paid(
    customer,
    { endpoint: "chat", model, quantities: { input_token: input, output_token: output } },
    { ...(tags && { tags }) },
  );

describe("Model Selection", () => {
  it("Choose cost-effective models for your use case", async () => {
    const customer = await api.customer({ credit: "50" });
    // Short prompts, and one that is too long for GPT-4o-mini.
    await paid(customer, "gpt-4o", 30_000, 10_000);
    await paid(customer, "gpt-4o", 2_000, 1_000);
    await paid(customer, "gpt-4o", 100_000, 0);
    await paid(customer, "claude-sonnet-4-5", 300_000, 0);
    const found = await hints(customer);
    expect(found).toMatchObject({ unit: "USD", spend: "2.24", calls: 4, complete: true });
    expect(found.models).toEqual([
      {
        ...{ endpoint: "chat", model: "gpt-4o", useCase: "General tasks", suggested: "gpt-4o-mini" },
        ...{ longerThan: 0, longestPrompt: 32_000, calls: 2, cost: "0.19", wouldCost: "0.0114", saves: "0.1786" },
      },
    ]);
    const quoted = await api.quoted(customer, {
      endpoint: "chat",
      model: "gpt-4o-mini",
      quantities: { input_token: 32_000, output_token: 11_000 },
    });
    expect(quoted.cost).toBe("0.0114");
  });

  it("Simple chat: GPT-3.5 Turbo $, General tasks: GPT-4o-mini $, Complex reasoning: GPT-4o $$, Long context: Claude Sonnet 4.5 $$", async () => {
    const { advice, models, caching } = await hints(await api.customer());
    expect(advice.models.map(({ useCase, name, cost }) => [useCase, name, cost])).toEqual([
      ["Simple chat", "GPT-3.5 Turbo", "$"],
      ["General tasks", "GPT-4o-mini", "$"],
      ["Complex reasoning", "GPT-4o", "$$"],
      ["Long context", "Claude Sonnet 4.5", "$$"],
    ]);
    expect({ models, caching }).toEqual({ models: [], caching: null });
  });

  it("a hint is left out if it is worth less than five cents or 1 % of the spend", async () => {
    const customer = await api.customer({ credit: "50" });
    await paid(customer, "gpt-4o", 16_000, 0);
    expect((await hints(customer)).models).toEqual([]);
    await paid(customer, "gpt-4o", 8_000, 0);
    expect((await hints(customer)).models).toMatchObject([{ calls: 2, saves: "0.0564" }]);
    await paid(customer, "claude-sonnet-4-5", 1_000_000, 0);
    expect((await hints(customer)).models).toEqual([]);
  });

  it("calls that were refunded, or are older than 30 days, are in no hint", async () => {
    const customer = await api.customer({ credit: "50", at: daysAgo(60) });
    const call = { endpoint: "chat", model: "gpt-4o", quantities: { input_token: 30_000 } };
    await api.paid(customer, call, { occurredAt: daysAgo(34).toISOString() });
    await api.refunded((await api.paid(customer, call)).id);
    expect(await hints(customer)).toMatchObject({ spend: "0", calls: 0, models: [] });
  });
});

describe("Caching Strategy", () => {
  it("Implement caching for repeated queries", async () => {
    const customer = await api.customer({ credit: "50" });
    const question = { fingerprint: fingerprint("Summarize the key points:") };
    for (let time = 0; time < 3; time += 1) await paid(customer, "gpt-4o", 8_000, 1_000, question);
    // Another model, another prompt, and one that nobody asked twice.
    await paid(customer, "gpt-4.1", 8_000, 1_000, question);
    await paid(customer, "gpt-4o", 8_000, 1_000, { fingerprint: fingerprint("Once") });
    await paid(customer, "gpt-4o", 8_000, 1_000);
    expect((await hints(customer)).caching).toEqual({
      ...{ prompts: 1, calls: 2, saves: "0.06" },
      most: [{ endpoint: "chat", model: "gpt-4o", ...question, calls: 2, cost: "0.06" }],
    });
    const { data } = await api.get<{ data: unknown[] }>(
      customer,
      `/v1/usage/events?tag=fingerprint:${question.fingerprint}`,
    );
    expect(data).toHaveLength(4);
  });

  it("prompts of another customer are none of the customer's repeats", async () => {
    const tags = { fingerprint: fingerprint("Shared") };
    const [one, other] = [await api.customer({ credit: "5" }), await api.customer({ credit: "5" })];
    await paid(one, "gpt-4o", 40_000, 0, tags);
    await paid(other, "gpt-4o", 40_000, 0, tags);
    expect([(await hints(one)).caching, (await hints(other)).caching]).toEqual([null, null]);
    const answer = await api.send("GET", `/v1/usage/hints?organization=${other.id}`, { token: one.key });
    expectProblem(answer, 404, "not_found");
  });
});

describe("Prompt Optimization", () => {
  it("Reduce costs by optimizing prompts", async () => {
    const customer = await api.customer({ credit: "50" });
    for (let call = 0; call < 3; call += 1) await paid(customer, "claude-sonnet-4-5", 1_000, 100);
    await paid(customer, "claude-sonnet-4-5", 104_000, 0);
    // Beyond 4,000 tokens there are 100,000, at $3 a million.
    const { spend, prompts } = await hints(customer);
    expect(spend).toBe("0.3255");
    expect(prompts).toEqual({
      ...{ share: 98, cost: "0.321", step: null },
      long: { median: 1_000, longest: 4_000, calls: 1, saves: "0.3" },
    });
  });

  it("prompts above 200,000 tokens: what they cost more than at the lower price", async () => {
    const customer = await api.customer({ credit: "50" });
    await paid(customer, "claude-sonnet-4-5", 200_000, 0);
    await paid(customer, "claude-sonnet-4-5", 200_001, 10_000);
    await paid(customer, "gpt-4.1", 300_000, 0);
    // Twice $3 a million for the input, $22.50 and not $15 for the output.
    const { step, long } = (await hints(customer)).prompts;
    expect(step).toEqual({ above: 200_000, calls: 1, cost: "0.675003" });
    expect(long).toBeNull();
  });
});

describe("Set Max Tokens", () => {
  const ask = { endpoint: "chat", model: "gpt-4o", quantities: { input_token: 1_000, output_token: 8_000 } };
  const answered = async (customer: Customer, output_token: number) =>
    api.settled((await api.held(customer, ask)).id, { input_token: 1_000, output_token });

  it("Limit response length to control costs: answers far longer than the others", async () => {
    const customer = await api.customer({ credit: "50" });
    for (const output of [500, 500, 500, 8_000]) await answered(customer, output);
    const { long, held, reached, ofHeld } = (await hints(customer)).maxTokens;
    // Beyond 2,000 tokens there are 6,000, at $10 a million.
    expect(long).toEqual({ median: 500, longest: 2_000, calls: 1, saves: "0.06" });
    expect({ held, reached, ofHeld }).toEqual({ held: [], reached: 1, ofHeld: 4 });
  });

  it("holds that declare far more output than their calls use reserve credit for nothing", async () => {
    const customer = await api.customer({ credit: "50" });
    for (let call = 0; call < 3; call += 1) await answered(customer, 500);
    await paid(customer, "gpt-4o", 1_000, 500);
    expect((await hints(customer)).maxTokens).toEqual({
      ...{ long: null, reached: 0, ofHeld: 3 },
      held: [
        {
          ...{ endpoint: "chat", model: "gpt-4o", calls: 3, declared: 24_000, used: 1_500 },
          ...{ held: "0.2475", cost: "0.0225" },
        },
      ],
    });
  });
});
