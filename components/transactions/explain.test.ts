import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import type { Entry } from "@/components/ledger/entry-sums";
import { entry, grantOf, plan, setting, topUp } from "@/components/ledger/sample";
import type { TransactionType } from "@/lib/ledger/schema";
import { english } from "@/messages/english";
import { explainTransaction } from "./explain";

const explain = createTranslator({ locale: "en", messages: english, namespace: "transactions.explain" });
const postedAt = "2026-11-20T09:00:00.000Z";

function told(type: TransactionType, ...entries: Entry[]): string {
  return explainTransaction({ type, postedAt, entries }, { ...setting, explain }).join(" ");
}

describe("what a transaction is, in words", () => {
  it("says which credit a charge used", () => {
    expect(
      told("deduction", entry("usage", "0.193"), entry("grant", "-0.1", plan), entry("grant", "-0.093", topUp)),
    ).toBe("This charge used $0.10 of November's plan credit and $0.093 of the top-up of 3 November.");
  });

  it("says what a charge left as debt", () => {
    expect(told("deduction", entry("usage", "0.12"), entry("grant", "-0.1", topUp), entry("debt", "-0.02"))).toBe(
      "This charge used $0.10 of the top-up of 3 November. $0.02 became debt: the call cost more than was left.",
    );
  });

  it("says what a purchase added", () => {
    expect(told("purchase", entry("grant", "50", topUp), entry("funding", "-50"))).toBe(
      "This purchase added $50.00 as the top-up of 3 November. It does not expire.",
    );
  });

  it("says what of new credit paid debt", () => {
    const gift = grantOf({ kind: "promotional", source: "signup", expiresAt: "2026-12-21T10:00:00Z" });
    const giving = [entry("grant", "5", gift), entry("funding", "-5")];
    expect(told("grant", ...giving, entry("grant", "-1.2", gift), entry("debt", "1.2"))).toBe(
      "$5.00 was given as the welcome credit. $1.20 of it paid debt at once, $3.80 was left to use. " +
        "It can be used until 21 December.",
    );
    expect(told("grant", ...giving, entry("grant", "-5", gift), entry("debt", "5"))).toBe(
      "$5.00 was given as the welcome credit. All of it paid debt at once.",
    );
  });

  it("says with what a cycle began", () => {
    expect(told("renewal", entry("grant", "20", plan), entry("funding", "-20"))).toBe(
      "The new cycle began with $20.00: November's plan credit. It can be used until 1 December.",
    );
  });

  it("says where a refund went", () => {
    const late = grantOf({
      kind: "adjustment",
      source: "refund",
      createdAt: postedAt,
      expiresAt: "2026-12-01T00:00:00Z",
    });
    expect(told("refund", entry("grant", "0.093", topUp), entry("grant", "0.1", plan), entry("usage", "-0.193"))).toBe(
      "This refund gave back $0.093 to the top-up of 3 November and $0.10 to November's plan credit.",
    );
    expect(told("refund", entry("debt", "0.02"), entry("grant", "0.1", late), entry("usage", "-0.12"))).toBe(
      "$0.02 of the refund paid debt. $0.10 became new credit, usable until 1 December: " +
        "what it came from has expired or was debt.",
    );
  });

  it("gives back to credit of an earlier refund as to any other", () => {
    const earlier = grantOf({ kind: "adjustment", source: "refund" });
    expect(told("refund", entry("grant", "0.1", earlier), entry("usage", "-0.1"))).toBe(
      "This refund gave back $0.10 to the refunded credit of 3 November.",
    );
  });

  it("says what expired, and when", () => {
    expect(told("expiry", entry("grant", "-3.2", plan), entry("breakage", "3.2"))).toBe(
      "$3.20 of November's plan credit was not used in time and expired on 1 December.",
    );
  });

  it("says what was taken back, and what of it had been spent", () => {
    expect(told("clawback", entry("grant", "-4", topUp), entry("debt", "-1"), entry("funding", "5"))).toBe(
      "$4.00 of the top-up of 3 November was taken back, because the payment for it was refunded or disputed. " +
        "$1.00 had been spent or reserved already and became debt.",
    );
    expect(told("clawback", entry("debt", "-1"), entry("funding", "1"))).toBe(
      "A payment was refunded or disputed, but its credit had been spent: $1.00 became debt.",
    );
  });

  it("says what came back of a refund that failed or a dispute that was won", () => {
    const back = grantOf({ kind: "purchased", source: "reinstated" });
    const giving = [entry("grant", "5", back), entry("funding", "-5")];
    expect(told("adjustment", ...giving)).toBe(
      "$5.00 was given back, because a refund of its payment failed or a dispute was won. It does not expire.",
    );
    expect(told("adjustment", ...giving, entry("grant", "-2", back), entry("debt", "2"))).toBe(
      "$5.00 was given back, because a refund of its payment failed or a dispute was won. " +
        "$2.00 of it paid debt at once, $3.00 was left to use. It does not expire.",
    );
    expect(told("deduction", entry("usage", "1"), entry("grant", "-1", back))).toBe(
      "This charge used $1.00 of the credit given back on 3 November.",
    );
  });

  it("says what an adjustment did", () => {
    expect(told("adjustment", entry("debt", "0.5"), entry("grant", "-0.5", topUp))).toBe(
      "$0.50 of debt was paid with $0.50 of the top-up of 3 November.",
    );
    expect(told("adjustment", entry("debt", "0.5"), entry("funding", "-0.5"))).toBe("$0.50 of debt was taken off.");
    expect(told("adjustment", entry("grant", "-2", topUp), entry("debt", "-1"), entry("funding", "3"))).toBe(
      "This adjustment took $2.00 of the top-up of 3 November. $1.00 became debt.",
    );
    const added = grantOf({ kind: "adjustment" });
    expect(told("adjustment", entry("grant", "2", added), entry("funding", "-2"))).toBe(
      "$2.00 was given as the adjustment of 3 November. It does not expire.",
    );
  });

  it("says nothing where nothing moved", () => {
    expect(told("adjustment")).toBe("");
  });
});
