import { expect, it } from "vitest";
import { raisedBalances } from "@/components/gallery/sample";
import { readCatalogue } from "@/lib/catalogue/load";
import { listPrices } from "@/lib/catalogue/price-list";
import { factsOf } from "@/tests/fixtures/facts";
import { show } from "@/tests/setup/screen";
import type { LimitFacts } from "./limit-facts";
import { Limits } from "./limits";

const [balance] = raisedBalances;
if (!balance) throw new Error("The gallery has no balance.");
const facts: LimitFacts = {
  rates: [{ name: "key", quota: 600, windowSeconds: 60 }],
  bodyBytes: 1_000_000,
  quotas: [{ what: "keys", used: 2, most: 10 }],
  balance,
  keys: [],
  members: [],
  plans: { columns: [], rows: [] },
};

async function shown(name: string, own: Partial<LimitFacts> = {}): Promise<string> {
  const catalogue = await readCatalogue(name);
  const list = listPrices({ catalogue, version: 1 });
  show(<Limits {...facts} {...own} list={list} meters={factsOf(catalogue).meters} />, factsOf(catalogue));
  return document.body.textContent ?? "";
}

it("the page of limits says how often, how large and how many, and the most of one call of each model", async () => {
  const page = await shown("persly");
  expect(page).toContain("Requests with one API key600 per minute");
  expect(page).toContain("Body of one request to this API1,000,000 bytes");
  expect(page).toContain("Working API keys2 of 10");
  expect(page).toMatch(/persly-chat-pro-v1up to 60 pages and .*\/request/);
});

it("the page of limits has no word of plans or PAYG where the catalogue has none", async () => {
  expect(await shown("persly")).not.toMatch(/plan|PAYG/i);
  const plans = { columns: ["keys" as const], rows: [{ id: "basic", name: "Basic", allowance: "20", limits: [10] }] };
  const page = await shown("apertis", {
    plans,
    balance: {
      ...balance,
      plan: { allowance: "20", remaining: "5", resetsAt: "2026-12-01T09:00:00.000Z" },
      payg: { mode: "toggle", enabled: true, limit: "50", spent: "3", held: "0" },
    },
  });
  expect(page).toContain("PAYG Fallback in this cycle$3.00 of $50.00");
  expect(page).toContain("Limits of the plans");
});
