/** Pleyor's page, sentence by sentence, as far as the gate makes it true. */
import { describe, expect, it } from "vitest";
import { charge, hold, settle } from "@/lib/gate";
import { daysAgo, expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Call } from "../fixtures/gateway-calls";

const api = await gatewayApi("pleyor");

const image = (count: number, options: Call["options"] = {}): Call => ({
  endpoint: "image",
  model: "pixel-1",
  quantities: { image: count },
  options,
});
const video = (second: number, options: Call["options"] = {}): Call => ({
  endpoint: "video",
  model: "motion-1",
  quantities: { second },
  options,
});
const text = (input_token: number, output_token: number): Call => ({
  endpoint: "text",
  model: "script-1",
  quantities: { input_token, output_token },
});
const audio = (character: number, options: Call["options"] = {}): Call => ({
  endpoint: "audio",
  model: "voice-1",
  quantities: { character },
  options,
});

describe("Credits are the currency for AI generation in Pleyor", () => {
  const rows: [string, Call, string][] = [
    ["image: Pixel 1 at its usual resolution", image(1), "4"],
    ["image: Pixel 1 at 512px", image(3, { resolution: "512px" }), "6"],
    ["image: Pixel 1 at 2048px, upscaled", image(2, { resolution: "2048px", upscale: true }), "26"],
    ["image: Pixel 1 Fast", { endpoint: "image", model: "pixel-1-fast", quantities: { image: 7 } }, "7"],
    ["video: Motion 1 at its usual resolution", video(5), "60"],
    ["video: Motion 1 at 1080p with sound", video(4, { resolution: "1080p", sound: true }), "96"],
    ["text: Script 1", text(1_500, 333), "0.8496"],
    [
      "text: Script 1 Mini",
      { endpoint: "text", model: "script-1-mini", quantities: { input_token: 1, output_token: 1 } },
      "0.0001",
    ],
    ["audio: Voice 1, standard", audio(1_234), "12.34"],
    ["audio: Voice 1, studio", audio(1_234, { quality: "studio" }), "29.616"],
    ["audio: Score 1", { endpoint: "audio", model: "score-1", quantities: { second: 181 } }, "90.5"],
  ];
  it.each(rows)("Every model call — image, video, text, audio — consumes credits: %s", async (_name, call, cost) => {
    const customer = await api.customer();
    expect(await api.cost(customer, call)).toBe(cost);
    expect(await api.available(customer)).toBe(api.amount(api.steps("100") - api.steps(cost)));
  });

  it.each([
    ["61 seconds of video", video(61), "quantities.second"],
    ["17 images", image(17), "quantities.image"],
    ["a resolution that the model does not have", image(1, { resolution: "8k" }), "options.resolution"],
  ])("more than a model makes is refused: %s", async (_name, call, field) => {
    const problem = expectProblem(await api.hold(await api.customer(), call), 422, "validation_failed");
    expect(problem.errors?.map((error) => error.field)).toEqual([field]);
  });
});

describe("Where credits come from", () => {
  it("Subscription credits arrive with your plan", async () => {
    const customer = await api.customer();
    expect(await api.balance(customer)).toMatchObject({
      unit: "credits",
      available: "100",
      plan: { allowance: "100", remaining: "100" },
      prepaid: { purchased: "0", promotional: "0" },
    });
    await api.changePlan(customer, "studio");
    expect(await api.balance(customer)).toMatchObject({ available: "7500", plan: { allowance: "7500" } });
  });

  it("Any unused subscription credits don’t carry over — they reset. Purchased credits never expire.", async () => {
    const customer = await api.customer({ at: daysAgo(40) });
    await api.give(customer, "50", "purchased", daysAgo(39));
    const then = daysAgo(38);
    const spent = { ...video(5), quantities: { second: 5n }, organization: customer.id, options: {} };
    await charge({ ...api.operator(then), simulatedAt: then }, { ...spent, idempotencyKey: "then" });
    const { available, funding } = await api.held(customer, image(1));
    expect({ available, funding }).toEqual({ available: "146", funding: { plan: "4", prepaid: "0" } });
    expect(await api.balance(customer)).toMatchObject({ plan: { remaining: "100" }, prepaid: { purchased: "50" } });
    expect((await api.transactions(customer)).map(({ type, amount }) => [type, amount])).toEqual([
      ["renewal", "100"],
      ["expiry", "-40"],
      ["deduction", "-60"],
      ["grant", "50"],
      ["renewal", "100"],
    ]);
  });

  it("subscription credits are used first and purchased credits second", async () => {
    const customer = await api.customer();
    await api.give(customer, "50");
    expect((await api.paid(customer, video(8))).funding).toEqual({ plan: "96", prepaid: "0" });
    expect((await api.paid(customer, image(3))).funding).toEqual({ plan: "4", prepaid: "8" });
    expect(await api.paid(customer, image(3))).toMatchObject({
      funding: { plan: "0", prepaid: "12" },
      available: "30",
    });
  });

  it("everyone in your workspace shares the same credit balance", async () => {
    const customer = await api.customer();
    const colleague = await api.keyOf(customer);
    await api.paid(customer, image(1));
    await api.paid(colleague, image(2));
    expect([await api.available(customer), await api.available(colleague)]).toEqual(["88", "88"]);
  });
});

describe("Estimated cost per node", () => {
  it("The estimate updates live as you change the model and its settings", async () => {
    const costs = [image(1), image(1, { resolution: "2048px" }), image(1, { upscale: true }), video(3)].map(
      async (call) => (await api.quoted(undefined, call)).cost,
    );
    expect(await Promise.all(costs)).toEqual(["4", "10", "7", "36"]);
  });

  it("compare models and dial in settings against your budget up front", async () => {
    const customer = await api.customer();
    const dear = await api.send("POST", "/v1/quotes", { token: customer.key, body: video(9) });
    expect(dear.body).toMatchObject({ cost: "108", affordable: false });
    const cheap = await api.send("POST", "/v1/quotes", { token: customer.key, body: video(8) });
    expect(cheap.body).toMatchObject({
      cost: "96",
      affordable: true,
      lines: [{ meter: "second", quantity: 8, unitAmount: "12", per: 1, amount: "96", when: "resolution=720p" }],
    });
    expect(await api.balance(customer)).toMatchObject({ available: "100", held: "0" });
  });
});

describe("Reserve, then settle", () => {
  it("Reserve: the estimated cost is held from your available balance", async () => {
    const customer = await api.customer();
    const { ceiling, available, state } = await api.held(customer, video(5));
    expect({ ceiling, available, state }).toEqual({ ceiling: "60", available: "40", state: "open" });
    expect(await api.balance(customer)).toMatchObject({ available: "40", held: "60", plan: { remaining: "100" } });
  });

  it("This prevents starting work you can’t pay for: sixty runs at once on credits for 25", async () => {
    const customer = await api.customer();
    const { passed, refused } = await api.together(60, () => api.hold(customer, image(1)));
    expect(passed).toBe(25);
    for (const answer of refused) expectProblem(answer, 402, "insufficient_credits");
    expect(await api.balance(customer)).toMatchObject({ available: "0", held: "100" });
  });

  it("Settle: the actual cost is deducted and the reservation is cleared", async () => {
    const customer = await api.customer();
    const { id } = await api.held(customer, video(8));
    expect(await api.settled(id, { second: 5 })).toMatchObject({ cost: "60", released: "36", available: "40" });
    expect(await api.balance(customer)).toMatchObject({ available: "40", held: "0", debt: "0" });
  });

  it("The final cost can differ from the estimate: above it, from what is available", async () => {
    const customer = await api.customer();
    const { id, ceiling } = await api.held(customer, text(1_000, 1_000));
    expect(ceiling).toBe("1.5");
    const settled = await api.settled(id, { input_token: 1_000, output_token: 2_000 });
    expect(settled).toMatchObject({ cost: "2.7", released: "0", waived: "0", available: "97.3" });
  });

  it("The final cost can differ from the estimate: beyond what is available it is owed, and the next credit pays", async () => {
    const customer = await api.customer();
    await api.give(customer, "10");
    const { id, funding } = await api.held(customer, video(9));
    expect(funding).toEqual({ plan: "100", prepaid: "8" });
    expect(await api.settled(id, { second: 10 })).toMatchObject({
      cost: "120",
      waived: "0",
      funding: { plan: "100", prepaid: "20" },
      available: "-10",
    });
    expect(await api.balance(customer)).toMatchObject({ available: "-10", debt: "10", level: "critical" });
    expectProblem(await api.hold(customer, image(1)), 402, "insufficient_credits");
    const { transaction } = await api.give(customer, "25");
    expect(await api.balance(customer)).toMatchObject({ available: "15", debt: "0", prepaid: { purchased: "15" } });
    const { entries } = await api.transaction(customer, transaction);
    const sides = entries.map(({ account, amount }) => `${account} ${amount}`).sort();
    expect(sides).toEqual(["debt 10", "funding -25", "grant -10", "grant 25"]);
  });

  it("what is owed is paid by the credits of the next billing cycle", async () => {
    const customer = await api.customer({ at: daysAgo(40) });
    const then = { ...api.operator(daysAgo(38)), simulatedAt: daysAgo(38) };
    const run = { endpoint: "video", model: "motion-1", quantities: { second: 8n }, organization: customer.id };
    const { id } = await hold(then, { ...run, idempotencyKey: "then" });
    const settled = await settle(then, { id, quantities: { second: 10n } });
    expect(settled).toMatchObject({ cost: "120", available: "-20" });
    expect((await api.paid(customer, image(1))).available).toBe("76");
    expect(await api.balance(customer)).toMatchObject({ debt: "0", plan: { allowance: "100", remaining: "76" } });
  });

  it("what would pass a key's limit is not taken, however much the run used", async () => {
    const customer = await api.customer();
    const limited = await api.keyOf(customer, { total: api.steps("2") });
    const { id } = await api.held(limited, text(1_000, 1_000));
    const settled = await api.settled(id, { input_token: 1_000, output_token: 2_000 });
    expect(settled).toMatchObject({ cost: "2", waived: "0.7", available: "98" });
  });

  it("Release: If the call fails, the reservation is returned to your balance", async () => {
    const customer = await api.customer();
    await api.give(customer, "20");
    const { id } = await api.held(customer, video(9));
    expect(await api.released(id)).toMatchObject({ released: "108", available: "120" });
    expect(await api.balance(customer)).toMatchObject({ plan: { remaining: "100" }, prepaid: { purchased: "20" } });
    expect(await api.transactions(customer, "?type=deduction")).toEqual([]);
    const answer = await api.post<{ state: string }>(`/v1/holds/${id}/settle`, { quantities: { second: 9 } });
    expect(expectProblem(answer, 409, "conflict")).toMatchObject({ state: "released" });
  });

  it("Your available balance is your subscription and purchased credits combined, minus anything reserved", async () => {
    const customer = await api.customer();
    const check = async () => {
      const { available, held, debt, plan, prepaid } = await api.balance(customer);
      const all = api.steps(plan?.remaining ?? "0") + api.steps(prepaid.purchased);
      expect(available).toBe(api.amount(all - api.steps(held) - api.steps(debt)));
      return available;
    };
    expect(await check()).toBe("100");
    await api.give(customer, "30");
    expect(await check()).toBe("130");
    const first = await api.held(customer, video(9));
    const second = await api.held(customer, image(5));
    expect(await check()).toBe("2");
    await api.settled(first.id, { second: 4 });
    expect(await check()).toBe("62");
    await api.released(second.id);
    expect(await check()).toBe("82");
  });
});
