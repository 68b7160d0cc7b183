/** Entries, grants and a setting for tests of what the ledger says. */
import { createTranslator } from "next-intl";
import { english } from "@/messages/english";
import type { Entry, GrantFacts } from "./entry-sums";
import type { Setting } from "./grant-labels";

const usd = {
  code: "USD",
  kind: "currency",
  scale: 9,
  symbol: "$",
  singular: "US dollar",
  plural: "US dollars",
} as const;

export const setting: Setting = {
  t: createTranslator({ locale: "en", messages: english, namespace: "ledger" }),
  unit: usd,
  timeZone: "Europe/Berlin",
  now: new Date("2026-11-21T10:00:00Z"),
  promotional: "Welcome credit",
  plan: "Plan credit",
  bought: "Top-up",
  autoTopUp: "Auto top-up",
};

export function grantOf(facts: Partial<GrantFacts>): GrantFacts {
  return {
    id: `grt_${facts.kind ?? "purchased"}`,
    kind: "purchased",
    source: "operator",
    createdAt: "2026-11-03T12:00:00.000Z",
    expiresAt: null,
    ...facts,
  };
}

export const plan = grantOf({
  kind: "plan",
  source: "plan",
  createdAt: "2026-10-31T23:00:00.000Z",
  expiresAt: "2026-11-30T23:00:00.000Z",
});
export const topUp = grantOf({});

export function entry(account: Entry["account"], amount: string, grant: GrantFacts | null = null): Entry {
  return { account, amount, grant };
}
