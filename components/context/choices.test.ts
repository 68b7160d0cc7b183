import { describe, expect, it } from "vitest";
import { presetNames, readCatalogue } from "@/lib/catalogue/load";
import { factsOf } from "@/tests/fixtures/facts";
import { callName } from "./call-names";
import { auditActions, transactionTypes, usageGroups } from "./choices";

/** What each catalogue leaves out of the choices; the test of a preset fails when it could do more or less. */
const WITHOUT: Record<string, { groups: string[]; types: string[]; actions: string[] }> = {
  apertis: { groups: ["endpoint"], types: [], actions: ["organization.claimed", "place.freed"] },
  humalike: { groups: [], types: ["renewal"], actions: ["payg.changed", "place.freed", "plan.*"] },
  persly: {
    groups: [],
    types: ["renewal"],
    actions: ["organization.claimed", "payg.changed", "place.freed", "plan.*"],
  },
  pleyor: { groups: [], types: [], actions: ["organization.claimed", "payg.changed"] },
  "token-packs": { groups: ["model"], types: [], actions: ["organization.claimed", "payg.changed", "place.freed"] },
};
const presets = await Promise.all(
  (await presetNames()).map(async (name) => ({ name, facts: factsOf(await readCatalogue(name)) })),
);

describe("the choices of Usage, Transactions and the audit log", () => {
  it.each(presets)("leave out what the catalogue cannot do: $name", ({ name, facts }) => {
    const all = factsOfEverything(facts);
    const missing = (whole: readonly string[], here: readonly string[]) =>
      whole.filter((one) => !here.includes(one)).sort();
    const actions = missing(auditActions(all), auditActions(facts)).map((one) => one.replace(/^plan\..*/, "plan.*"));
    expect({
      groups: missing(usageGroups(all), usageGroups(facts)),
      types: missing(transactionTypes(all), transactionTypes(facts)),
      actions: [...new Set(actions)],
    }).toEqual(WITHOUT[name]);
  });
});

it("the name of a call has its model only where there are others", () => {
  const call = { endpoint: "hygiene", model: "standard" };
  expect(callName({ models: ["standard"] }, call)).toBe("hygiene");
  expect(callName({ models: ["standard", "large"] }, call)).toBe("hygiene · standard");
  // It was called by a name that the catalogue no longer has.
  expect(callName({ models: ["large"] }, call)).toBe("hygiene · standard");
});

/** The facts of a catalogue that can do all. */
function factsOfEverything(facts: (typeof presets)[number]["facts"]) {
  const offered = { addFunds: true, autoTopUp: true, subscription: true, runs: true };
  const switches = { offered, paygToggles: true, countsPlaces: true, claims: true };
  return { ...facts, ...switches, endpoints: ["a", "b"], models: ["a", "b"] };
}
