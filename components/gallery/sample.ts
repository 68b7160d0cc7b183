import { z } from "zod";
import type { Facts } from "@/components/context/facts";
import type { BalanceAnswer } from "@/lib/ledger/schema";

/** The gallery's facts: one organization in dollars, at one moment. */
export const sampleFacts: Facts = {
  organization: { id: "org_AAAAAAAAQACAAAAAAAAAAA", name: "Acme" },
  unit: { code: "USD", kind: "currency", scale: 9, symbol: "$", singular: "US dollar", plural: "US dollars" },
  timeZone: "Europe/Berlin",
  now: "2026-11-21T13:32:00.000Z",
  meters: { input_token: { label: "input tokens", singular: "input token" } },
  endpoints: ["chat"],
  models: ["gpt-4o"],
  planName: "Pro",
  may: { manage: true, buy: true },
  plansSold: true,
  runs: null,
  resources: [],
  offered: { addFunds: true, autoTopUp: true, subscription: true, runs: false },
  places: {
    billing: ["Billing"],
    addFunds: ["Billing", "Add funds"],
    paymentMethods: ["Billing", "Payment methods"],
    autoTopUp: ["Billing", "Auto top-up"],
    subscription: ["Billing", "Subscription"],
    invoices: ["Billing", "Invoices"],
    statements: ["Billing", "Statements"],
  },
  paygToggles: true,
  countsPlaces: false,
  claims: false,
  grantsAtFirst: true,
  support: "support@acme.example",
  recommendedBalance: "5",
  labels: {
    balance: "Balance",
    plan: "Plan",
    purchased: "Purchased",
    promotional: "Promotional",
    bought: "Credit",
    payg: "Pay as you go",
    paygLimit: "Spending limit (optional)",
    prices: "Prices",
    topUp: "Add funds",
    autoTopUp: "Auto top-up",
  },
};

const normal: BalanceAnswer = {
  unit: "USD",
  available: "53.12",
  spendable: "53.12",
  firstCall: "0",
  held: "0.5",
  debt: "0",
  plan: null,
  prepaid: { purchased: "50", promotional: "3.62", adjustment: "0" },
  level: "normal",
  reason: null,
  action: null,
  advice: "",
  payg: null,
  autoTopUp: { enabled: false, threshold: null, state: "off", reason: null },
  runway: { days: 12.4, perDay: "4.28" },
};
const low = { ...normal, level: "low", reason: "balance", action: "add_funds" } as const;
const amount = (left: string) => ({ available: left, spendable: left });
const plan = { allowance: "20", remaining: "0", resetsAt: "2026-12-01T09:00:00.000Z" };
const payg = { mode: "toggle", enabled: false, limit: null, spent: "0", held: "0" } as const;
/** A balance at each raised level, one that is owed, and one that calls cannot be paid from. */
export const raisedBalances: readonly BalanceAnswer[] = [
  { ...low, ...amount("18.4"), advice: "Add funds this week", runway: { days: 4.3, perDay: "4.28" } },
  { ...low, ...amount("8.4"), level: "warning", advice: "Add funds today", runway: { days: 1.9, perDay: "4.28" } },
  { ...low, ...amount("3.129"), level: "critical", advice: "Add funds now", runway: { days: 0.22, perDay: "14" } },
  {
    ...low,
    ...{ level: "critical", reason: "debt", available: "-1.24", spendable: "0", debt: "1.24", runway: null },
    advice: "Add funds now",
  },
  {
    ...low,
    ...{ level: "critical", reason: "payg_disabled", action: "switch_on_payg", available: "59.99", spendable: "0" },
    ...{ plan, payg, advice: "Turn on PAYG fallback", runway: { days: 0, perDay: "4.28" } },
  },
];

export type SampleCall = { id: string; at: string; model: string; key: string; tokens: number; cost: string };
const call = (id: string, at: string, model: string, key: string, tokens: number, cost: string): SampleCall => ({
  id,
  at,
  model,
  key,
  tokens,
  cost,
});
export const sampleCalls: readonly SampleCall[] = [
  call("evt_1", "2026-11-21T13:31:04.000Z", "gpt-4o", "production", 1_204, "-0.003"),
  call("evt_2", "2026-11-21T09:12:40.000Z", "claude-sonnet-4-with-a-name-that-is-long", "staging", 2_310_001, "-6.93"),
  call("evt_3", "2026-11-19T22:05:11.000Z", "gpt-4o-mini", "a key with a long name of its own", 87, "-0.000435"),
  call("evt_4", "2026-11-03T08:00:00.000Z", "gpt-4o", "production", 0, "50"),
];

/** The form's rules; the fourth reason to refuse is the one that only a server knows. */
export const inviteSchema = z.strictObject({
  name: z.string().max(40),
  email: z.email(),
  role: z.enum(["viewer", "developer", "admin"]),
  limit: z.coerce.number().min(5).max(10_000).optional(),
  agreed: z.literal("on", { error: "Say that the limit is known to them." }),
});
