import { describe, expect, it } from "vitest";
import { readCatalogue } from "@/lib/catalogue";
import { type Means, standingOf } from "./standing";

const DOLLAR = 1_000_000_000n;
const dollars = (amount: number) => BigInt(Math.round(amount * 100)) * (DOLLAR / 100n);
const nothing: Means = { plan: 0n, prepaid: 0n, debt: 0n, firstCall: 0n, running: null, payg: null };
const basic = { allowance: dollars(20), free: false, unpaid: false };
const off = { enabled: false, room: null };

async function apertis(means: Partial<Means>) {
  return standingOf(await readCatalogue("apertis"), { ...nothing, ...means });
}

describe("the level of a balance", () => {
  it("is critical when the plan is used up and PAYG fallback is off, however much prepaid credit there is", async () => {
    expect(await apertis({ prepaid: dollars(59.99), running: basic, payg: off })).toEqual({
      spendable: 0n,
      level: "critical",
      reason: "payg_disabled",
      action: "switch_on_payg",
      advice: "Turn on PAYG Fallback",
    });
  });

  it("asks to add credit too, when switching PAYG on alone would pay nothing", async () => {
    expect(await apertis({ plan: dollars(4), running: basic, payg: off })).toMatchObject({
      level: "critical",
      reason: "payg_disabled",
      advice: "Turn on PAYG Fallback and add credit",
    });
  });

  it.each([
    [0, "critical", 0],
    [4.5, "critical", 4.5],
    [7, "warning", 7],
    [20, "low", 20],
  ])("follows what is left of the cycle's limit: $%d is %s", async (room, level, spendable) => {
    const payg = { enabled: true, room: dollars(room) };
    expect(await apertis({ prepaid: dollars(59.99), running: basic, payg })).toEqual({
      spendable: dollars(spendable),
      level,
      reason: "payg_limit",
      action: "raise_payg_limit",
      advice: "Raise the limit of PAYG Fallback",
    });
  });

  it("does not blame a limit that lets more through than there is", async () => {
    const payg = { enabled: true, room: dollars(50) };
    expect(await apertis({ prepaid: dollars(7), running: basic, payg })).toMatchObject({
      spendable: dollars(7),
      level: "warning",
      reason: "balance",
      action: "add_funds",
      advice: "Top up soon",
    });
  });

  it("counts a limit that was exceeded as one that lets nothing through", async () => {
    const payg = { enabled: true, room: dollars(-3) };
    const running = { plan: dollars(2), running: basic };
    expect(await apertis({ ...running, prepaid: dollars(9), payg })).toMatchObject({ spendable: dollars(2) });
  });

  it("is normal while the plan pays, even with the fallback off", async () => {
    expect(await apertis({ plan: dollars(20), running: basic, payg: off })).toMatchObject({
      level: "normal",
      reason: null,
      action: null,
      advice: "Continue usage",
    });
  });

  it("points to the invoice where it is past due", async () => {
    const running = { ...basic, unpaid: true };
    expect(await apertis({ prepaid: dollars(59.99), running, payg: off })).toMatchObject({
      spendable: 0n,
      level: "critical",
      reason: "plan_unpaid",
      action: "pay_invoice",
      advice: "Pay the plan's invoice",
    });
  });

  it("is critical with debt, which the next credit pays first", async () => {
    expect(await apertis({ debt: dollars(3), prepaid: dollars(2) })).toMatchObject({
      spendable: 0n,
      level: "critical",
      reason: "debt",
      action: "add_funds",
    });
    expect(await apertis({ plan: dollars(30), debt: dollars(3), running: basic, payg: off })).toMatchObject({
      spendable: dollars(27),
      level: "normal",
    });
  });
});

describe("the level of a plan's customer", () => {
  const tokens = (count: number) => BigInt(count) * 1000n;
  const free = { allowance: tokens(50_000), free: true, unpaid: false };
  const team = { allowance: tokens(1_000_000), free: false, unpaid: false };
  const payg = { enabled: true, room: null };
  const packs = async (means: Partial<Means>) =>
    standingOf(await readCatalogue("token-packs"), { ...nothing, payg, ...means });

  it.each([
    [50_000, "normal", "Continue usage"],
    [25_000, "normal", "Continue usage"],
    [24_999, "low", "Consider a paid plan"],
    [12_499, "warning", "Choose a paid plan soon"],
    [4_999, "critical", "Choose a paid plan to continue"],
  ])("follows the share of the allowance: %d of 50,000 is %s, and no pack is advised", async (left, level, advice) => {
    const found = await packs({ plan: tokens(left), running: free });
    expect(found).toMatchObject({ level, advice, action: level === "normal" ? null : "choose_plan" });
  });

  it("advises a pack on a paid plan", async () => {
    expect(await packs({ plan: tokens(99_999), running: team })).toMatchObject({
      level: "warning",
      reason: "balance",
      action: "add_funds",
      advice: "Buy a credit pack soon",
    });
  });

  it("is the milder of both levels, because prepaid credit counts as well", async () => {
    expect(await packs({ prepaid: tokens(600_000), running: team })).toMatchObject({ level: "normal" });
    expect(await packs({ prepaid: tokens(300_000), running: free })).toMatchObject({ level: "low" });
  });
});

it("a level counts what the first call will bring before that call", async () => {
  const humalike = await readCatalogue("humalike");
  const credits = (count: number) => BigInt(count) * 1_000_000n;
  expect(standingOf(humalike, { ...nothing, firstCall: credits(100) })).toMatchObject({
    spendable: credits(100),
    level: "normal",
    reason: null,
  });
  expect(standingOf(humalike, nothing)).toMatchObject({ spendable: 0n, level: "critical", action: "add_funds" });
});
