/** Every page of the portal: where it is, its heading, and what is there once it has all it shows. */
import type { Response } from "@playwright/test";
import { expect, type Page } from "./fixtures";

type Place = { path: string; heading: string; ready: (page: Page) => Promise<void> };

const region = (name: string) => async (page: Page) =>
  expect(page.getByRole("region", { name, exact: true }).first()).toBeVisible();
const chart = (name: string) => async (page: Page) =>
  expect(page.getByRole("region", { name }).getByRole("figure")).toBeVisible();
const rows = async (page: Page) => expect(page.getByRole("main").getByRole("row").nth(1)).toBeVisible();

export const PAGES: readonly Place[] = [
  { path: "/", heading: "Overview", ready: chart("Spend in the last 30 days") },
  { path: "/usage", heading: "Usage", ready: chart("Cost over time") },
  { path: "/transactions", heading: "Transactions", ready: rows },
  { path: "/billing", heading: "Billing", ready: region("Grants") },
  { path: "/billing/add-funds", heading: "Billing", ready: region("Add funds") },
  { path: "/billing/auto-top-up", heading: "Billing", ready: region("Auto top-up") },
  { path: "/billing/payment-methods", heading: "Billing", ready: region("Payment Methods") },
  { path: "/billing/subscription", heading: "Billing", ready: region("Current plan") },
  { path: "/billing/invoices", heading: "Billing", ready: region("Invoices") },
  { path: "/billing/statements", heading: "Billing", ready: region("Statements") },
  { path: "/keys", heading: "Keys", ready: region("Working keys") },
  { path: "/team", heading: "Team", ready: region("Members") },
  { path: "/settings", heading: "Settings", ready: region("Organization") },
  { path: "/settings/audit", heading: "Settings", ready: rows },
  { path: "/developers", heading: "Developers", ready: region("Code sample") },
  { path: "/developers/reference", heading: "Developers", ready: rows },
  { path: "/developers/errors", heading: "Developers", ready: rows },
  { path: "/developers/prices", heading: "Developers", ready: rows },
  { path: "/developers/limits", heading: "Developers", ready: region("Rate limits") },
];

/** The pages that need no session; the prices have the name that the catalogue of the tests gives them. */
export const PUBLIC_PAGES: readonly Place[] = [{ path: "/models", heading: "Models", ready: rows }];

/** Goes to a page, waits until it shows all that it shows, and returns the answer that brought it. */
export async function visit(page: Page, { path, heading, ready }: Place): Promise<Response | null> {
  const answer = await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await ready(page);
  return answer;
}
