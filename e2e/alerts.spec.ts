/** Low balance alerts: set in the settings, sent by mail. */
import { expect, test } from "./fixtures";

/** The job looks every 15 seconds, and a busy machine is slower. */
const MAILED_MS = 60_000;

test("an owner sets a threshold and gets a mail, because the balance is below it", async ({ page, own }) => {
  test.slow();
  const { email, name } = await own({
    minutesAgo: 60,
    keys: [{ name: "server" }],
    steps: [
      { grant: "60", minutesAgo: 50 },
      { model: "gpt-4o", quantities: { input_token: 1_000, output_token: 1_000 }, minutesAgo: 40 },
    ],
  });
  await page.goto("/settings");
  const card = page.getByRole("region", { name: "Low balance alerts" });
  await card.getByRole("textbox", { name: "Also mail below" }).fill("75.50");
  await card.getByRole("button", { name: "Save alerts" }).click();
  await expect(page.getByText("The alerts were saved")).toBeVisible();

  const mail = page
    .getByRole("region", { name: /^Balance below \$75\.50: \$59\.\d\d left/ })
    .filter({ hasText: email });
  await expect(async () => {
    await page.goto("/dev/outbox");
    await expect(mail).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: MAILED_MS });
  await expect(mail).toContainText(`The balance of ${name} is below $75.50`);
  await expect(mail.getByRole("link").first()).toHaveAttribute("href", /\/billing\/add-funds$/);
});
