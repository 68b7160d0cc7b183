import { describe, expect, it } from "vitest";
import type { Catalogue } from "@/lib/catalogue/schema";
import type { ProviderSubscription, SubscriptionInvoice } from "@/lib/payments";
import type { OpenPlanPayment, RunningPlan, SyncState } from "./plan-read-store";
import { planSync } from "./plan-sync";

const BEGIN = new Date("2026-01-01T00:00:00Z");
const END = new Date("2026-02-01T00:00:00Z");
const free = { id: "free", name: "Free", allowance: 10n, discountPercent: 0 };
const pro = { id: "pro", name: "Pro", allowance: 100n, discountPercent: 0 };
const big = { id: "big", name: "Big", allowance: 310n, discountPercent: 5 };
const catalogue = {
  planIndex: new Map([free, pro, big].map((plan) => [plan.id, plan])),
  defaultPlan: "free",
} as unknown as Catalogue;
const noDefault = { ...catalogue, defaultPlan: null } as unknown as Catalogue;

const invoice = (own: Partial<SubscriptionInvoice> = {}): SubscriptionInvoice => ({
  ...{ id: "in_1", number: "1", state: "paid", reason: "cycle", total: { amount: 1_000n, currency: "EUR" } },
  ...{ charged: 1_000n, intent: "pi_1", periodStart: BEGIN, payUrl: null, createdAt: BEGIN, paidAt: BEGIN },
  ...own,
});
const subscription = (own: Partial<ProviderSubscription> = {}): ProviderSubscription => ({
  ...{ id: "sub_1", organizationId: "o", paymentId: "p_first", state: "active" },
  ...{ tag: { plan: "pro", interval: "month" }, item: "si_1", periodStart: BEGIN, periodEnd: END },
  ...{ cancelsAtEnd: false, pending: false, owing: false, invoices: [] },
  ...own,
});
const running = (own: Partial<RunningPlan> = {}): RunningPlan => ({
  ...{ plan: "pro", version: 1, allowance: 100n, free: false, interval: "month", providerId: "sub_1", cycle: 0 },
  ...{ paidCycles: 1, cycleStart: BEGIN, cycleEnd: END, paidUntil: END, endsAt: null, pastDueSince: null },
  ...{ nextPlan: null, suspended: false, refunded: false },
  ...own,
});
const asked = (own: Partial<OpenPlanPayment> = {}): OpenPlanPayment => ({
  ...{ id: "p_change", plan: "big", interval: "month", amount: 1_000n, session: null, invoice: null, createdAt: BEGIN },
  ...own,
});
const state = (own: Partial<SyncState> = {}): SyncState => ({
  ...{ running: running(), deletedAt: null, payments: new Map(), open: [], bought: undefined },
  ...own,
});
const bought = { id: "p_first", plan: "pro", interval: "month" } as const;

/** The steps beside the copies of invoices. */
const steps = (found: ProviderSubscription, from: SyncState, by = catalogue) =>
  planSync(found, from, by).filter((step) => step.do !== "mirror");
const paid = (own: Partial<SubscriptionInvoice> = {}, more: Partial<ProviderSubscription> = {}) =>
  subscription({ invoices: [invoice(own)], ...more });
const mirrored = (found: ProviderSubscription, from: SyncState) =>
  planSync(found, from, catalogue).flatMap((step) => (step.do === "mirror" ? step.invoices : []));

describe("planSync", () => {
  it("plans nothing but the copies of invoices when our rows are equal already", () => {
    const settled = state({ payments: new Map([["in_1", { id: "p_1", settled: true }]]) });
    expect(steps(paid(), settled)).toEqual([]);
    expect(mirrored(paid(), settled)).toMatchObject([{ id: "in_1", paymentId: "p_1", description: "Pro, monthly" }]);
  });

  it.each<[string, Partial<ProviderSubscription>, Partial<RunningPlan> | null]>([
    ["runs another subscription", {}, { providerId: "sub_2" }],
    ["runs a free plan", {}, { providerId: null }],
    ["runs none", {}, null],
  ])("leaves the plan alone when the organization %s", (_, found, own) => {
    const from = state({ running: own ? running(own) : undefined });
    expect(steps(subscription({ state: "ended", cancelsAtEnd: true, ...found }), from)).toEqual([]);
    expect(steps(subscription({ state: "past_due", ...found }), from)).toEqual([]);
  });
});

describe("planSync of a deleted organization", () => {
  const from = state({ deletedAt: BEGIN });

  it("stops the subscription, and reports what was paid after the deletion only", () => {
    const invoices = [invoice({ id: "in_old" }), invoice({ id: "in_late", paidAt: END }), invoice({ paidAt: null })];
    expect(planSync(subscription({ invoices }), from, catalogue)).toEqual([
      { do: "report_late", invoice: "in_late" },
      { do: "stop" },
    ]);
  });

  it("stops nothing that has ended", () => {
    expect(planSync(subscription({ state: "ended" }), from, catalogue)).toEqual([]);
  });
});

describe("planSync of a first invoice", () => {
  const none = state({ running: undefined, bought });

  it("starts the plan with the payment that bought it, then reads the card", () => {
    const instead = { credit: 100n, plan: "pro", name: "Pro", description: "Pro, monthly" };
    expect(steps(paid({ reason: "create" }), none)).toEqual([
      { do: "start", paymentId: "p_first", invoice: invoice({ reason: "create" }), name: "Pro", instead, stop: true },
      { do: "sync_cards" },
    ]);
    expect(mirrored(paid({ reason: "create" }), none)).toMatchObject([{ paymentId: "p_first" }]);
  });

  it("reports a subscription that no payment here explains", () => {
    expect(steps(paid({ reason: "create" }), state({ running: undefined }))).toEqual([
      { do: "report_unknown", invoice: "in_1" },
      { do: "sync_cards" },
    ]);
  });

  it("reads no card before the subscription is active", () => {
    expect(steps(paid({ reason: "create" }, { state: "starting" }), none).map((step) => step.do)).toEqual(["start"]);
  });

  it("plans the end of a subscription that has ended already, which needs no stop", () => {
    const found = paid({ reason: "create" }, { state: "ended" });
    expect(steps(found, none)).toMatchObject([{ do: "start", stop: false }, { do: "set_end" }, { do: "end" }]);
  });

  it.each<[string, Partial<SubscriptionInvoice>]>([
    ["is open", { state: "open" }],
    ["is void", { state: "void" }],
    ["is made for another reason", { reason: "other" }],
  ])("starts nothing when the invoice %s", (_, own) => {
    const found = paid({ reason: "create", ...own });
    expect(steps(found, state({ bought }))).toEqual([]);
    expect(mirrored(found, state({ bought }))).toMatchObject([{ paymentId: null }]);
  });

  it("copies an unpaid invoice with the payment that it belongs to", () => {
    const payments = new Map([["in_1", { id: "p_open", settled: false }]]);
    expect(mirrored(paid({ state: "open", reason: "update" }), state({ payments }))).toMatchObject([
      { paymentId: "p_open" },
    ]);
  });

  it("knows what the money brings instead: twelve cycles of a year, nothing of an unknown plan or price", () => {
    const insteadOf = (tag: ProviderSubscription["tag"]) =>
      steps(paid({ reason: "create" }, { tag }), none).flatMap((step) => ("instead" in step ? [step.instead] : []));
    expect(insteadOf({ plan: "pro", interval: "year" })).toMatchObject([
      { credit: 1_200n, description: "Pro, yearly" },
    ]);
    expect(insteadOf({ plan: "gone", interval: "month" })).toEqual([
      { credit: 0n, plan: "gone", name: undefined, description: "Plan" },
    ]);
    expect(insteadOf(null)).toEqual([{ credit: 0n, plan: null, name: undefined, description: "Plan" }]);
  });
});

describe("planSync of a renewal", () => {
  it("pays the next cycle, and its copy waits for the payment that this makes", () => {
    const expected = { do: "renew", description: "Pro, monthly", name: "Pro", stop: true };
    expect(steps(paid(), state())).toMatchObject([expected]);
    expect(mirrored(paid(), state())).toMatchObject([{ paymentId: null }]);
  });

  it.each([
    [{ plan: "gone", interval: "month" } as const, "gone, monthly", "gone"],
    [null, "Plan", "Plan"],
  ])("names a plan that the catalogue no longer has", (tag, description, name) => {
    expect(steps(paid({}, { tag }), state())).toMatchObject([{ do: "renew", description, name }]);
  });

  it("asks the ledger also where another plan ran when the rows were read", () => {
    const other = state({ running: running({ providerId: "sub_2" }) });
    expect(steps(paid(), other).map((step) => step.do)).toEqual(["renew", "sync_cards"]);
  });

  it("clears the mark of an unpaid invoice by itself", () => {
    expect(steps(paid(), state({ running: running({ pastDueSince: BEGIN }) })).map((step) => step.do)).toEqual([
      "renew",
    ]);
  });
});

describe("planSync of a change's invoice", () => {
  const change = { reason: "update" } as const;
  const tag = { plan: "big", interval: "month" } as const;

  it("raises the plan with the payment that its invoice is linked to", () => {
    const open = [asked({ id: "p_other" }), asked({ invoice: "in_1", amount: 7n })];
    expect(steps(paid(change, { tag }), state({ open }))).toMatchObject([
      { do: "raise", paymentId: "p_change", to: "big", name: "Big", stop: false },
    ]);
  });

  it("takes the latest payment of the same amount when none is linked", () => {
    const open = [
      asked({ id: "p_page", session: "cs_1" }),
      asked({ id: "p_less", amount: 9n }),
      asked(),
      asked({ id: "x" }),
    ];
    expect(steps(paid(change, { tag }), state({ open }))).toMatchObject([{ do: "raise", paymentId: "p_change" }]);
  });

  it("uses a payment for one invoice only", () => {
    const invoices = [invoice(change), invoice({ ...change, id: "in_2" })];
    expect(steps(subscription({ tag, invoices }), state({ open: [asked()] }))).toMatchObject([
      { do: "raise", paymentId: "p_change" },
      { do: "report_unknown", invoice: "in_2" },
    ]);
  });

  it("reports a change that no payment here explains", () => {
    expect(steps(paid(change), state({ open: [asked({ amount: 7n })] }))).toEqual([
      { do: "report_unknown", invoice: "in_1" },
    ]);
  });

  it("starts a plan of another interval, with the new period", () => {
    const yearly = { plan: "big", interval: "year" } as const;
    const open = [asked({ interval: "year" })];
    expect(steps(paid(change, { tag: yearly }), state({ open }))).toMatchObject([
      { do: "start", paymentId: "p_change" },
    ]);
  });

  it("starts the plan when none runs any more", () => {
    const from = state({ running: undefined, open: [asked()] });
    expect(steps(paid(change, { tag }), from).map((step) => step.do)).toEqual(["start", "sync_cards"]);
  });

  it("drops a smaller plan that was chosen before", () => {
    const from = state({ running: running({ nextPlan: "free" }), open: [asked()] });
    expect(steps(paid(change, { tag }), from).map((step) => step.do)).toEqual(["raise"]);
  });
});

describe("planSync of the running plan", () => {
  const to = (plan: string, more: Partial<ProviderSubscription> = {}) =>
    subscription({ tag: { plan, interval: "month" }, ...more });

  it("schedules the plan of the provider's price for the next period", () => {
    const next = { plan: "big", allowance: 310n, discountPercent: 5 };
    expect(steps(to("big"), state())).toEqual([{ do: "schedule", plan: "pro", to: "big", next }]);
  });

  it("takes the choice back when the price is the running plan's again", () => {
    const from = state({ running: running({ nextPlan: "big" }) });
    expect(steps(to("pro"), from)).toEqual([{ do: "schedule", plan: "pro", to: "pro", next: null }]);
  });

  it.each<[string, ProviderSubscription, Partial<RunningPlan>]>([
    ["it is chosen already", to("big"), { nextPlan: "big" }],
    ["a payment is awaited", to("big", { pending: true }), {}],
    ["the catalogue does not know it", to("gone"), {}],
    ["somebody else made the price", subscription({ tag: null }), {}],
    ["it is of another interval", to("big"), { interval: "year" }],
  ])("schedules nothing when %s", (_, found, own) => {
    expect(steps(found, state({ running: running(own) }))).toEqual([]);
  });

  it("marks an unpaid invoice once, with the way to pay the latest", () => {
    const invoices = [invoice({ state: "open", payUrl: "a" }), invoice({ id: "in_2", state: "open", payUrl: "b" })];
    const found = subscription({ state: "past_due", invoices });
    expect(steps(found, state())).toEqual([{ do: "set_past_due", plan: "pro", pastDue: true, payUrl: "b" }]);
    expect(steps(found, state({ running: running({ pastDueSince: BEGIN }) }))).toEqual([]);
    expect(steps(subscription({ state: "past_due" }), state())).toMatchObject([{ payUrl: null }]);
  });

  it("clears the mark when nothing is unpaid", () => {
    const from = state({ running: running({ pastDueSince: BEGIN }) });
    expect(steps(subscription(), from)).toEqual([{ do: "set_past_due", plan: "pro", pastDue: false, payUrl: null }]);
  });

  it("cancels and resumes with the provider", () => {
    expect(steps(subscription({ cancelsAtEnd: true }), state())).toEqual([{ do: "set_end", plan: "pro", ends: true }]);
    const from = state({ running: running({ endsAt: END }) });
    expect(steps(subscription(), from)).toEqual([{ do: "set_end", plan: "pro", ends: false }]);
  });

  it("ends with the provider, and the default plan follows where there is one", () => {
    const found = to("big", { state: "ended" });
    const fallback = { plan: "free", allowance: 10n };
    expect(steps(found, state())).toEqual([
      { do: "set_end", plan: "pro", ends: true },
      { do: "end", plan: "pro", fallback },
    ]);
    expect(steps(found, state(), noDefault)).toMatchObject([{ do: "set_end" }, { do: "end", fallback: null }]);
  });
});
