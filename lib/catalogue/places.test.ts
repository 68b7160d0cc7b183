import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { TollgateError } from "@/lib/kernel/errors";
import { parseCatalogue } from "./load";

/** It names no places of its own, and has every page of billing but the plans. */
const persly = await readFile("catalogues/persly.yaml", "utf8");

function refused(paths: string): string {
  try {
    parseCatalogue(`${persly}\npaths: ${paths}\n`, "x.yaml");
  } catch (error) {
    if (error instanceof TollgateError) return error.message;
    throw error;
  }
  return "accepted";
}

describe("the places of a catalogue", () => {
  it.each([
    [
      "two pages with the same words",
      "{ topUp: [Billing, Credits], plan: [Billing, Credits] }",
      "plan",
      "/billing/credits",
    ],
    [
      "words that make the same address",
      "{ topUp: [Billing, Add Funds], plan: [billing, add-funds!] }",
      "plan",
      "/billing/add-funds",
    ],
    ["purchases at the place of the invoices", "{ topUp: [Billing, Invoices] }", "balance", "/billing/invoices"],
    ["cards at the place of the plans", "{ paymentMethods: [Plans], plan: [Plans] }", "plan", "/plans"],
    ["auto top-up at the place of the cards", "{ paymentMethods: [Cards], autoTopUp: [Cards] }", "autoTopUp", "/cards"],
    ["billing at the page of usage", "{ balance: [Usage] }", "balance", "/usage"],
    ["auto top-up at the page of keys", "{ autoTopUp: [Keys] }", "autoTopUp", "/keys"],
    ["plans at the audit log", "{ plan: [Settings, Audit] }", "plan", "/settings/audit"],
    ["purchases at the provider's return address", "{ topUp: [Billing, Return] }", "topUp", "/billing/return"],
    ["cards among the reads of pages", "{ paymentMethods: [Data, Cards] }", "paymentMethods", "/data/cards"],
  ])("are refused with the line, the setting and the address: %s", (_, paths, setting, address) => {
    expect(refused(paths)).toMatch(/^x\.yaml:\d+:\d+ /m);
    expect(refused(paths)).toContain(
      `paths.${setting}: is the address ${address}, which another page has; use other words`,
    );
  });

  it.each([
    ["auto top-up is a part of the page of purchases", "{ topUp: [Wallet], autoTopUp: [Wallet] }"],
    ["a page is at the balance's own place, so it is a part below it", "{ balance: [Wallet], plan: [Wallet] }"],
    ["a page is below another task", "{ balance: [Settings, Billing] }"],
  ])("are accepted where %s", (_, paths) => {
    expect(refused(paths)).toBe("accepted");
  });
});
