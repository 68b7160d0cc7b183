import { expect, it } from "vitest";
import { show } from "@/tests/setup/screen";
import { ErrorTable, type RefusalExamples } from "./error-table";

const SHOWN = { problem: "{}", empty: '{"error":{"code":"PAYMENT_REQUIRED"}}', other: "{}" };
const rows = [
  { code: "unauthenticated", shown: "unauthenticated" },
  { code: "insufficient_credits", shown: "PAYMENT_REQUIRED" },
] as const;

function open(examples: Pick<RefusalExamples, "wrong" | "dialect">): string {
  show(<ErrorTable operator="Humalike" support="help@h.example" rows={rows} examples={{ ...SHOWN, ...examples }} />);
  return document.body.textContent ?? "";
}

it("the errors page names a code as the operator's page does, and says what it is in problem details", () => {
  open({ wrong: null, dialect: "payment" });
  const heads = [...document.querySelectorAll("tbody th")].map((head) => head.textContent);
  expect(heads).toEqual(["unauthenticated", "PAYMENT_REQUIREDinsufficient_credits in problem details"]);
  expect(document.getElementById("insufficient_credits")?.textContent).toContain("402");
  expect(document.body.textContent).not.toContain("payg_disabled");
});

it("the errors page says which errors are in the operator's format", () => {
  const all = open({ wrong: '{"error":{"code":"validation_failed"}}', dialect: "all" });
  expect(all).toContain("Humalike returns every error in this format.");
  expect(all).toContain('{"error":{"code":"validation_failed"}}');
  expect(open({ wrong: null, dialect: "payment" })).toContain("Humalike returns a 402 in this format.");
  expect(open({ wrong: null, dialect: "none" })).toContain("A 402 is problem details, like every other error.");
});
