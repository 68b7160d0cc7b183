/** The end of Pleyor's page: tracking usage, and plans as far as the gate holds them. */
import { describe, expect, it } from "vitest";
import { raiseAlerts } from "@/lib/alerts";
import { welcome } from "@/lib/ledger";
import type { RunList, UsageAnswer, UsageEventList } from "@/lib/usage/schema";
import { expectProblem, gatewayApi, newcomer } from "../fixtures/gateway";
import type { Call } from "../fixtures/gateway-calls";
import { ownerRows } from "../fixtures/ledger";
import { memberOf } from "../fixtures/organization";

const api = await gatewayApi("pleyor");

const image: Call = { endpoint: "image", model: "pixel-1", quantities: { image: 1 } };
const video = (second: number): Call => ({ endpoint: "video", model: "motion-1", quantities: { second } });
const script: Call = { endpoint: "text", model: "script-1-mini", quantities: { output_token: 1 } };
const agent = (name: string) => ({ tags: { agent: name } });

const REFUSED = "Not enough credits to reserve this run. Top up or upgrade, then run it again.";
const mailsTo = async (address: string) => {
  const sql = "SELECT subject, text FROM mail WHERE recipient = $1";
  const mails = await ownerRows<{ subject: string; text: string }>(sql, [address]);
  return mails.map(({ subject, text }) => ({
    subject,
    advice: text.split("\n\n").find((part) => /top-up/.test(part)),
  }));
};

describe("Tracking usage", () => {
  it("You can see your current balance and a history of credit transactions", async () => {
    const customer = await api.customer();
    const { id } = await api.held(customer, image, { tags: { agent: "poster", run: "r1" } });
    await api.settled(id, { image: 1 });
    const [latest] = await api.transactions(customer);
    expect(latest).toMatchObject({
      type: "deduction",
      amount: "-4",
      balanceAfter: "96",
      usage: { endpoint: "image", model: "pixel-1", tags: { agent: "poster", run: "r1" } },
    });
  });

  it("Each run reports the credits it consumed, so you can spot which agents are expensive", async () => {
    const customer = await api.customer();
    await api.give(customer, "100");
    await api.changePlan(customer, "creator");
    await api.paid(customer, video(5), { tags: { agent: "trailer", run: "r1", node: "n1" } });
    await api.paid(customer, image, { tags: { agent: "trailer", run: "r1", node: "n2" } });
    await api.paid(customer, { ...image, quantities: { image: 2 } }, { tags: { agent: "poster", run: "r2" } });
    const { data } = await api.get<UsageAnswer>(customer, "/v1/usage?groupBy=tag:agent");
    expect(data.map(({ tag, requests, cost }) => [tag, requests, cost])).toEqual([
      ["trailer", 2, "64"],
      ["poster", 1, "8"],
    ]);
    const log = await api.get<UsageEventList>(customer, "/v1/usage/events");
    expect(log.data.map(({ tags, cost }) => [tags?.run, tags?.node, cost])).toEqual([
      ["r2", undefined, "8"],
      ["r1", "n2", "4"],
      ["r1", "n1", "60"],
    ]);
    const runs = await api.get<RunList>(customer, "/v1/runs");
    expect(runs.data.map(({ id, calls, cost, models, tags }) => [id, calls, cost, models, tags])).toEqual([
      ["r2", 1, "8", ["pixel-1"], { agent: ["poster"] }],
      ["r1", 2, "64", ["motion-1", "pixel-1"], { agent: ["trailer"] }],
    ]);
    const ofRun = await api.get<UsageEventList>(customer, "/v1/usage/events?tag=run:r1");
    expect(ofRun.data.map(({ cost }) => cost)).toEqual(["4", "60"]);
    const both = await api.get<UsageAnswer>(customer, "/v1/usage?groupBy=tag:agent,model");
    expect(both.data.map(({ tag, model, cost }) => [tag, model, cost])).toEqual([
      ["trailer", "motion-1", "60"],
      ["poster", "pixel-1", "8"],
      ["trailer", "pixel-1", "4"],
    ]);
  });

  it.each([
    ["200.000001", "normal"],
    ["200", "low"],
    ["100", "low"],
    ["99.999999", "warning"],
    ["25", "warning"],
    ["24.999999", "critical"],
  ])("If your balance runs low, Pleyor notifies you: %s is %s", async (amount, level) => {
    const customer = await api.customer();
    await api.changePlan(customer);
    await api.give(customer, amount);
    expect(await api.balance(customer)).toMatchObject({ available: amount, level });
  });

  it("If your balance runs low, Pleyor notifies you by mail, once", async () => {
    const customer = await api.customer();
    const owner = await memberOf({ ...customer, ctx: api.contextOf(customer) }, "owner", "owner@studio.example");
    await api.changePlan(customer);
    await api.give(customer, "204");
    await api.paid(customer, image);
    for (let look = 0; look < 2; look += 1) await raiseAlerts({ ...owner, now: new Date() });
    expect(await mailsTo("owner@studio.example")).toEqual([
      { subject: "Balance low: 200 credits left", advice: "Consider a top-up or a larger plan." },
    ]);
  });

  it("a run that can’t reserve enough credits prompts you to top up or upgrade before it starts", async () => {
    const customer = await api.customer();
    const answer = await api.hold(customer, video(9));
    expect(answer.text).toBe(
      `{"type":"/docs#insufficient_credits","title":"Insufficient credits","status":402,"detail":"${REFUSED}","code":"insufficient_credits","required":"108","available":"100"}`,
    );
    expectProblem(answer, 402, "insufficient_credits");
    await api.give(customer, "8");
    await api.held(customer, video(9));
  });
});

describe("Plans", () => {
  it("Plans differ in how many credits you get each month", async () => {
    for (const [plan, credits] of [
      ["creator", "2000"],
      ["studio", "7500"],
      ["agency", "30000"],
    ] as const) {
      const customer = await api.customer();
      await api.changePlan(customer, plan);
      expect(await api.balance(customer)).toMatchObject({ available: credits, plan: { allowance: credits } });
    }
  });

  it("agent limits: the second agent of a free plan is refused, the first goes on", async () => {
    const customer = await api.customer();
    await api.paid(customer, image, agent("poster"));
    expectProblem(await api.hold(customer, image, agent("trailer")), 403, "plan_limit_reached");
    expectProblem(await api.charge(customer, image, agent("trailer")), 403, "plan_limit_reached");
    await api.paid(customer, image, agent("poster"));
    await api.paid(customer, image);
    expect(await api.available(customer)).toBe("88");
  });

  it("workspace limits: one workspace on a free plan, two on Creator, however many ask at once", async () => {
    const free = await api.customer();
    const creator = await api.customer();
    await api.changePlan(creator, "creator");
    for (const [customer, most] of [
      [free, 1],
      [creator, 2],
    ] as const) {
      const tags = (index: number) => ({ tags: { workspace: `w${index}` } });
      const { passed, refused } = await api.together(60, (index) => api.hold(customer, script, tags(index)));
      expect(passed).toBe(most);
      for (const answer of refused) expectProblem(answer, 403, "plan_limit_reached");
    }
  });

  it("agent limits count agents, not runs: sixty agents at once on a plan of five", async () => {
    const customer = await api.customer();
    await api.changePlan(customer, "creator");
    const { passed } = await api.together(60, (index) => api.charge(customer, script, agent(`a${index % 30}`)));
    expect(passed).toBe(10);
  });

  it("upgrade: the agents that were known stay known, and there is room for more", async () => {
    const customer = await api.customer();
    await api.paid(customer, script, agent("a0"));
    await api.changePlan(customer, "creator");
    const { passed } = await api.together(10, (index) => api.charge(customer, script, agent(`a${index}`)));
    expect(passed).toBe(5);
  });

  it("downgrade: known agents go on, new ones wait", async () => {
    const customer = await api.customer();
    await api.changePlan(customer, "creator");
    for (const name of ["a", "b", "c"]) await api.paid(customer, script, agent(name));
    await api.changePlan(customer, "free");
    await api.paid(customer, script, agent("c"));
    expectProblem(await api.charge(customer, script, agent("d")), 403, "plan_limit_reached");
  });

  it("a run that was refused for want of credits names no agent", async () => {
    const customer = await api.customer();
    expectProblem(await api.hold(customer, video(60), agent("first")), 402, "insufficient_credits");
    await api.paid(customer, image, agent("second"));
  });

  it("a tag that the catalogue does not declare is refused", async () => {
    const customer = await api.customer();
    const problem = expectProblem(await api.charge(customer, image, { tags: { team: "x" } }), 422, "validation_failed");
    expect(problem.errors?.map(({ field }) => field)).toEqual(["tags.team"]);
  });

  it("a plan that ended does not begin again by itself", async () => {
    const customer = await api.customer();
    await api.changePlan(customer);
    await welcome(api.contextOf(customer));
    expect(await api.balance(customer)).toMatchObject({ available: "0", plan: null });
    expectProblem(await api.charge(customer, image), 402, "insufficient_credits");
  });

  it("after a change of plan the next call is priced and limited by the new one", async () => {
    const customer = await api.customer();
    await api.paid(customer, image);
    await api.changePlan(customer, "creator");
    expect((await api.paid(customer, image)).available).toBe("1996");
    await api.changePlan(customer);
    expectProblem(await api.charge(customer, image), 402, "insufficient_credits");
  });

  it("Yearly billing is available at a discount over monthly", () => {
    const sold = api.catalogue.plans.filter(({ free }) => !free);
    expect(sold.map(({ id, monthlyMinor, yearlyMinor }) => [id, yearlyMinor, monthlyMinor * 12n])).toEqual([
      ["creator", 19_200n, 24_000n],
      ["studio", 57_600n, 72_000n],
      ["agency", 192_000n, 240_000n],
    ]);
  });
});

it("a new Free organization is not low at its full allowance, and is warned as the allowance goes", async () => {
  const customer = await newcomer();
  expect(await api.balance(customer)).toMatchObject({ available: "100", level: "normal", advice: "Continue usage" });
  await api.paid(customer, video(5));
  expect(await api.balance(customer)).toMatchObject({ available: "40", level: "low", action: "add_funds" });
  await api.paid(customer, video(2));
  expect(await api.balance(customer)).toMatchObject({ available: "16", level: "warning" });
});
