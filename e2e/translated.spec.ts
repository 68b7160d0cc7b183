import { translatePage } from "@/tests/setup/translate";
import { expect, test } from "./fixtures";

test("a translated page buys what is typed, and its button says so", async ({ page, own }) => {
  await own({ steps: [{ grant: "10.00" }] });
  await page.goto("/billing/add-funds");
  const amount = page.getByLabel("Amount in USD");
  await amount.fill("50");
  await expect(page.getByRole("button", { name: "Add $50.00" })).toBeVisible();
  await page.locator("body").evaluate(translatePage);
  await amount.fill("500");
  await expect(page.getByRole("button", { name: "Add $500.00" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add $50.00", exact: true })).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText("$510.00");
  await page.getByRole("link", { name: "Overview" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});
