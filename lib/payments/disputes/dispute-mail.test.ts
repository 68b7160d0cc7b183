import { expect, it } from "vitest";
import { disputeOpenedMail, disputeOperatorMail } from "./dispute-mail";

const facts = { organization: "Acme", state: "open", description: "Credits: $50.00", reason: "fraudulent" } as const;

it("the mails about a dispute speak of a plan only where the catalogue has plans", () => {
  const mails = (plans: string) => {
    const given = { ...facts, amount: "50.00 USD", plans };
    const owners = disputeOpenedMail({ ...given, url: "https://portal.example/o/org_1/billing" });
    const operator = disputeOperatorMail({ ...given, payment: "pay_1", dispute: "dp_1" });
    return owners.text + operator.text;
  };
  expect(mails("true")).toContain("no credit is bought and no plan renews");
  expect(mails("false")).not.toMatch(/\bplan\b/);
  expect(mails("false")).toContain("no credit is bought.");
});
