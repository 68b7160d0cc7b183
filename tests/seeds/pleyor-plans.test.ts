/** The last paragraph of Pleyor's page: plans, as far as the gate holds them. */
import { describe, expect, it } from "vitest";
import { type Call, expectProblem, openSeed } from "./fixture";

const seed = await openSeed("pleyor");

const image: Call = { endpoint: "image", model: "pixel-1", quantities: { image: 1 } };
const script: Call = { endpoint: "text", model: "script-1-mini", quantities: { output_token: 1 } };
const agent = (name: string) => ({ tags: { agent: name } });

describe("Plans", () => {
  it("Plans differ in how many credits you get each month", async () => {
    for (const [plan, credits] of [
      ["creator", "2000"],
      ["studio", "7500"],
      ["agency", "30000"],
    ] as const) {
      const customer = await seed.customer();
      await seed.changePlan(customer, plan);
      expect(await seed.balance(customer)).toMatchObject({ available: credits, plan: { allowance: credits } });
    }
  });

  it("agent limits: the second agent of a free plan is refused, the first goes on", async () => {
    const customer = await seed.customer();
    await seed.paid(customer, image, agent("poster"));
    expectProblem(await seed.hold(customer, image, agent("trailer")), 403, "plan_limit_reached");
    expectProblem(await seed.charge(customer, image, agent("trailer")), 403, "plan_limit_reached");
    await seed.paid(customer, image, agent("poster"));
    await seed.paid(customer, image);
    expect(await seed.available(customer)).toBe("88");
  });

  it("workspace limits: one workspace on a free plan, two on Creator, however many ask at once", async () => {
    const free = await seed.customer();
    const creator = await seed.customer();
    await seed.changePlan(creator, "creator");
    for (const [customer, most] of [
      [free, 1],
      [creator, 2],
    ] as const) {
      const tags = (index: number) => ({ tags: { workspace: `w${index}` } });
      const { passed, refused } = await seed.together(60, (index) => seed.hold(customer, script, tags(index)));
      expect(passed).toBe(most);
      for (const answer of refused) expectProblem(answer, 403, "plan_limit_reached");
    }
  });

  it("agent limits count agents, not runs: sixty agents at once on a plan of five", async () => {
    const customer = await seed.customer();
    await seed.changePlan(customer, "creator");
    const { passed } = await seed.together(60, (index) => seed.charge(customer, script, agent(`a${index % 30}`)));
    expect(passed).toBe(10);
  });

  it("upgrade: the agents that were known stay known, and there is room for more", async () => {
    const customer = await seed.customer();
    await seed.paid(customer, script, agent("a0"));
    await seed.changePlan(customer, "creator");
    const { passed } = await seed.together(10, (index) => seed.charge(customer, script, agent(`a${index}`)));
    expect(passed).toBe(5);
  });

  it("downgrade: known agents go on, new ones wait", async () => {
    const customer = await seed.customer();
    await seed.changePlan(customer, "creator");
    for (const name of ["a", "b", "c"]) await seed.paid(customer, script, agent(name));
    await seed.changePlan(customer, "free");
    await seed.paid(customer, script, agent("c"));
    expectProblem(await seed.charge(customer, script, agent("d")), 403, "plan_limit_reached");
  });

  it("a run that was refused for want of credits names no agent", async () => {
    const customer = await seed.customer();
    const dear: Call = { endpoint: "video", model: "motion-1", quantities: { second: 60 } };
    expectProblem(await seed.hold(customer, dear, agent("first")), 402, "insufficient_credits");
    await seed.paid(customer, image, agent("second"));
  });

  it("a tag that the catalogue does not declare is refused", async () => {
    const customer = await seed.customer();
    const problem = expectProblem(
      await seed.charge(customer, image, { tags: { team: "x" } }),
      422,
      "validation_failed",
    );
    expect(problem.errors?.map(({ field }) => field)).toEqual(["tags.team"]);
  });

  it("after a change of plan the next call is priced and limited by the new one", async () => {
    const customer = await seed.customer();
    await seed.paid(customer, image);
    await seed.changePlan(customer, "creator");
    expect((await seed.paid(customer, image)).available).toBe("1996");
    await seed.changePlan(customer);
    expectProblem(await seed.charge(customer, image), 402, "insufficient_credits");
  });

  it("Yearly billing is available at a discount over monthly", () => {
    const sold = seed.catalogue.plans.filter(({ free }) => !free);
    expect(sold.map(({ id, monthlyMinor, yearlyMinor }) => [id, yearlyMinor, monthlyMinor * 12n])).toEqual([
      ["creator", 19_200n, 24_000n],
      ["studio", 57_600n, 72_000n],
      ["agency", 192_000n, 240_000n],
    ]);
  });
});
