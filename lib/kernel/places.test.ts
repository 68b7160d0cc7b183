import { describe, expect, it } from "vitest";
import { organizationPaths, type PlaceWords } from "./paths";
import { placing } from "./places";

const at = "/o/org_AAAAAAAAQACAAAAAAAAAAA";
const places: PlaceWords = {
  billing: ["Settings", "Billing"],
  addFunds: ["Settings", "Billing", "Credits"],
  autoTopUp: ["Settings", "Billing", "Credits"],
  paymentMethods: ["Settings", "Billing", "Payment methods"],
  subscription: ["Settings", "Billing", "Subscription"],
  invoices: ["支付"],
  statements: ["支付"],
};

describe("placing", () => {
  it("serves a page at the address of its words", () => {
    expect(placing(`${at}/settings/billing/credits`, places)).toEqual({ serve: `${at}/billing/add-funds` });
    expect(placing(`${at}/settings/billing`, places)).toEqual({ serve: `${at}/billing` });
  });

  it("moves the address of a page's folder to its words", () => {
    expect(placing(`${at}/billing/add-funds`, places)).toEqual({ move: `${at}/settings/billing/credits` });
    expect(placing(`${at}/billing/auto-top-up`, places)).toEqual({
      move: `${at}/settings/billing/credits#auto-top-up`,
    });
  });

  it("leaves every other address as it is, and a page whose words have no letter from a to z", () => {
    for (const page of ["", "/settings", "/usage", "/billing/return", "/settings/billing/other", "/billing/invoices"]) {
      expect(placing(`${at}${page}`, places)).toBeUndefined();
    }
    expect(placing("/settings/billing", places)).toBeUndefined();
    expect(organizationPaths("org_1", places).invoices).toBe("/o/org_1/billing/invoices");
  });
});
