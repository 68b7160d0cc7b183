/** The payment provider's pages, as a payer uses them. */
import { expect, type Page } from "./fixtures";

/** Fills in a card; the page is the provider's, so nothing of ours is asked of it. */
export async function fillCard(page: Page, number: string): Promise<void> {
  const other = page.getByRole("radio", { name: /Another card/ });
  if (await other.isVisible()) await other.check();
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
}

/** Goes as far as the provider's page for an amount in dollars. */
export async function toCheckout(page: Page, dollars: string, { save = false } = {}): Promise<void> {
  await page.goto("/billing/add-funds");
  await page.getByLabel("Amount in USD").fill(dollars);
  const another = page.getByRole("radio", { name: /A new card/ });
  await another.check();
  const keep = page.getByRole("checkbox", { name: "Save this card for later payments" });
  await keep.setChecked(save);
  await page.getByRole("button", { name: `Add $${dollars}` }).click();
  await expect(page.getByRole("button", { name: `Pay $${dollars}` })).toBeVisible();
}

/** Pays by a card that needs nothing more, and comes back. */
export async function addFunds(page: Page, dollars: string, options: { save?: boolean } = {}): Promise<void> {
  await toCheckout(page, dollars, options);
  await fillCard(page, "4242424242424242");
  await page.getByRole("button", { name: `Pay $${dollars}` }).click();
  await expect(page.getByRole("heading", { name: `$${dollars} paid` })).toBeVisible();
}
