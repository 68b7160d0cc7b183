import { expect, it } from "vitest";
import { readCatalogue } from "@/lib/catalogue/load";
import { factsOf } from "@/tests/fixtures/facts";
import { show } from "@/tests/setup/screen";
import { RefundRules } from "./refund-rules";

it("the refund policy names the support address, what to provide and how long a review takes", async () => {
  const catalogue = await readCatalogue("apertis");
  const { refunds: text, refundReview: review } = catalogue.policy;
  show(<RefundRules policy={{ text, review, owner: true }} className="" />, factsOf(catalogue));
  expect(document.body.textContent).toBe(
    "Unused balance is generally non-refundable. Contact support for exceptional circumstances. " +
      "Refunds processed to original payment method. Contact support at support@apertis.example. " +
      "Provide account email and reason. Allow 5-7 business days for review.",
  );
});

it("the refund policy of an operator without one still names the support address", async () => {
  const catalogue = await readCatalogue("persly");
  show(<RefundRules policy={{ text: null, review: null, owner: true }} className="" />, factsOf(catalogue));
  expect(document.body.textContent).toBe(
    "Contact support at support@persly.example. Provide account email and reason.",
  );
});
