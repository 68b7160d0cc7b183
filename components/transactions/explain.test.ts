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

describe("the explanation of a transaction", () => {
  it("says which credit a charge used", () => {
    expect(
      told("deduction", entry("usage", "0.193"), entry("grant", "-0.1", plan), entry("grant", "-0.093", topUp)),
    ).toBe("This charge used $0.10 of the plan credit of November and $0.093 of the top-up of 3 November.");
  });

  it("says what a charge left as debt", () => {
    expect(told("deduction", entry("usage", "0.12"), entry("grant", "-0.1", topUp), entry("debt", "-0.02"))).toBe(
      "This charge used $0.10 of the top-up of 3 November. $0.02 became debt because the call cost more than the credit left.",
    );
  });

  it("says what a purchase added", () => {
    expect(told("purchase", entry("grant", "50", topUp), entry("funding", "-50"))).toBe(
      "This purchase added $50.00 as the top-up of 3 November. It does not expire.",
    );
  });

  it("says how much of new credit paid debt", () => {
    const gift = grantOf({ kind: "promotional", source: "signup", expiresAt: "2026-12-21T10:00:00Z" });
    const giving = [entry("grant", "5", gift), entry("funding", "-5")];
    expect(told("grant", ...giving, entry("grant", "-1.2", gift), entry("debt", "1.2"))).toBe(
      "This grant added $5.00 as the welcome credit. It paid $1.20 of debt first and left $3.80 to use. " +
        "You can use it until 21 December.",
    );
    expect(told("grant", ...giving, entry("grant", "-5", gift), entry("debt", "5"))).toBe(
      "This grant added $5.00 as the welcome credit. All of it paid debt.",
    );
  });

  it("says with what a cycle began", () => {
    expect(told("renewal", entry("grant", "20", plan), entry("funding", "-20"))).toBe(
      "The new cycle started with $20.00: the plan credit of November. You can use it until 1 December.",
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
      "This refund returned $0.093 to the top-up of 3 November and $0.10 to the plan credit of November.",
    );
    expect(told("refund", entry("debt", "0.02"), entry("grant", "0.1", late), entry("usage", "-0.12"))).toBe(
      "The refund paid $0.02 of debt. You can use $0.10 of it as new credit until 1 December: " +
        "the original credit has expired or was debt.",
    );
  });

  it("treats credit of an earlier refund as any other credit", () => {
    const earlier = grantOf({ kind: "adjustment", source: "refund" });
    expect(told("refund", entry("grant", "0.1", earlier), entry("usage", "-0.1"))).toBe(
      "This refund returned $0.10 to the refunded credit of 3 November.",
    );
  });

  it("says what expired, and when", () => {
    expect(told("expiry", entry("grant", "-3.2", plan), entry("breakage", "3.2"))).toBe(
      "You did not use $3.20 of the plan credit of November, and it expired on 1 December.",
    );
  });

  it("says what the clawback removed, and how much of it had been spent", () => {
    expect(told("clawback", entry("grant", "-4", topUp), entry("debt", "-1"), entry("funding", "5"))).toBe(
      "This clawback removed $4.00 of the top-up of 3 November, because its payment was refunded or disputed. " +
        "You had already spent or reserved $1.00, so it became debt.",
    );
    expect(told("clawback", entry("debt", "-1"), entry("funding", "1"))).toBe(
      "A payment was refunded or disputed, but you had spent its credit: $1.00 became debt.",
    );
  });

  it("says what came back of a refund that failed or a dispute that was won", () => {
    const back = grantOf({ kind: "purchased", source: "reinstated" });
    const giving = [entry("grant", "5", back), entry("funding", "-5")];
    expect(told("adjustment", ...giving)).toBe(
      "We restored $5.00, because a refund of its payment failed or a dispute was won. It does not expire.",
    );
    expect(told("adjustment", ...giving, entry("grant", "-2", back), entry("debt", "2"))).toBe(
      "We restored $5.00, because a refund of its payment failed or a dispute was won. " +
        "It paid $2.00 of debt first and left $3.00 to use. It does not expire.",
    );
    expect(told("deduction", entry("usage", "1"), entry("grant", "-1", back))).toBe(
      "This charge used $1.00 of the restored credit of 3 November.",
    );
  });

  it("says what an adjustment did", () => {
    expect(told("adjustment", entry("debt", "0.5"), entry("grant", "-0.5", topUp))).toBe(
      "You paid $0.50 of debt with $0.50 of the top-up of 3 November.",
    );
    expect(told("adjustment", entry("debt", "0.5"), entry("funding", "-0.5"))).toBe("We canceled $0.50 of debt.");
    expect(told("adjustment", entry("grant", "-2", topUp), entry("debt", "-1"), entry("funding", "3"))).toBe(
      "This adjustment removed $2.00 of the top-up of 3 November. $1.00 became debt.",
    );
    const added = grantOf({ kind: "adjustment" });
    expect(told("adjustment", entry("grant", "2", added), entry("funding", "-2"))).toBe(
      "This grant added $2.00 as the adjustment of 3 November. It does not expire.",
    );
  });

  it("says nothing where nothing moved", () => {
    expect(told("adjustment")).toBe("");
  });
});
