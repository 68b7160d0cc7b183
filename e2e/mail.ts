/** Mails of the demo's outbox, and what their links lead to. */
import { expect, type Page } from "./fixtures";

/** The link in the latest mail to somebody with such a subject; the outbox leads to the server's own paths. */
export async function linkInMail(page: Page, to: string, subject: RegExp): Promise<string> {
  await page.goto("/dev/outbox");
  const mail = page.getByRole("region", { name: subject }).filter({ hasText: to }).first();
  return (await mail.getByRole("link").first().getAttribute("href")) ?? "";
}

/** Follows an invitation from its mail, signs in by mail on the way, and joins. */
export async function joinByMail(page: Page, email: string, organization: string): Promise<void> {
  await page.goto(await linkInMail(page, email, /invite/i));
  await expect(page.getByRole("heading", { level: 1, name: `Join ${organization}` })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send a sign-in link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check your inbox" })).toBeVisible();
  await page.goto(await linkInMail(page, email, /^Sign in to/));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: `Join ${organization}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page.getByRole("button", { name: `Organization: ${organization}` })).toBeVisible();
}
