/** The page of Token Packs, as a customer sees it in the browser. */
import { expect, test } from "../fixtures";
import { saying, walk } from "./walk";

/** Credits follow the plan's tokens without a switch. */
const FOREIGN = /PAYG|pay.as.you.go/i;

test("a new customer sees only what Token Packs has, on every page", async ({ page, own }) => {
  await own();
  expect(saying(await walk(page), FOREIGN)).toEqual([]);
});

test("the demo shows only what Token Packs has, on every page", async ({ demo }) => {
  expect(saying(await walk(demo), FOREIGN)).toEqual([]);
});

test("Go to Dashboard → Settings → Billing → Credits, choose a pack, enable Auto-recharge", async ({ demo }) => {
  await demo.goto("/");
  const navigation = demo.getByRole("navigation", { name: "Main" });
  await navigation.getByRole("link", { name: "Settings", exact: true }).click();
  await navigation.getByRole("link", { name: "Billing", exact: true }).click();
  await demo.getByRole("link", { name: "Credits", exact: true }).click();
  await expect(demo).toHaveURL(/\/settings\/billing\/credits$/);
  const packs = demo.getByRole("region", { name: "Purchase credits" });
  for (const [name, price, what] of [
    ["Starter", "€5.00", "€5.00 per 1 M tokens"],
    ["Standard", "€10.00", "Most popular"],
    ["Plus", "€25.00", "Heavy enrichment"],
    ["Pro", "€50.00", "€3.33 per 1 M tokens"],
  ] as const) {
    const pack = packs.getByRole("radio", { name: new RegExp(`^${name}`) }).locator("xpath=ancestor::label");
    await expect(pack).toContainText(price);
    await expect(pack).toContainText(what);
  }
  const rule = demo.getByRole("region", { name: "Auto-recharge" });
  for (const field of ["Credit pack", "Threshold", "Monthly spending limit"])
    await expect(rule.getByLabel(field)).toBeVisible();
  await expect(rule.getByLabel("Monthly spending limit")).toHaveValue("50.00");
});

test("Free plan users must upgrade to purchase credits, and see what they cost", async ({ page, own }) => {
  await own();
  await page.goto("/settings/billing/credits");
  await expect(page.getByRole("main")).toContainText("€10.00");
  await expect(page.getByRole("button", { name: /^Add / })).toHaveCount(0);
});
