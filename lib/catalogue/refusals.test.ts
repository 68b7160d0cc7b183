import { describe, expect, it } from "vitest";
import { impossibleErrors, insufficientCode, readCatalogue } from "@/lib/catalogue";

const PAYG = ["payg_disabled", "payg_limit_reached"];

describe("the errors of a catalogue", () => {
  it.each([
    ["apertis", ["insufficient_credits"]],
    ["persly", ["insufficient_balance", ...PAYG, "plan_limit_reached"]],
    ["humalike", ["insufficient_balance", ...PAYG, "plan_limit_reached"]],
    ["pleyor", ["insufficient_balance", ...PAYG]],
    ["token-packs", ["insufficient_balance", ...PAYG]],
  ])("leave out what it cannot answer: %s", async (name, codes) => {
    expect([...impossibleErrors(await readCatalogue(name))].sort()).toEqual([...codes].sort());
  });

  it.each([
    ["humalike", "PAYMENT_REQUIRED"],
    ["persly", "insufficient_credits"],
    ["apertis", "insufficient_balance"],
    ["pleyor", "insufficient_credits"],
  ])("name an empty balance as its page does: %s", async (name, code) => {
    expect(insufficientCode(await readCatalogue(name))).toBe(code);
  });
});
