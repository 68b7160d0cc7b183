/**
 * What a newcomer does with money, without any key: pays, saves the card, lets it be charged when credit runs low,
 * subscribes, runs past the allowance without and with PAYG fallback, and hits its limit.
 */
import { addFunds, fillCard } from "./checkout";
import { type Api, call, expect, type Page, test } from "./fixtures";

test.setTimeout(120_000);

type Balance = {
  available: string;
  plan: { remaining: string } | null;
  prepaid: { purchased: string };
  payg: { spent: string } | null;
};
type Reader = () => Promise<Balance>;

/** gpt-4o writes a million tokens for ten dollars. */
const dollars = (amount: number) => ({ input: 0, output: amount * 100_000 });

async function refusedCharge(api: Api, key: string, amount: number): Promise<string> {
  const quantities = { output_token: dollars(amount).output };
  const body = { key, endpoint: "chat", model: "gpt-4o", quantities };
  const { status, text } = await api("POST", "/v1/charges", { body });
  expect(status, text).toBe(402);
  return (JSON.parse(text) as { error: { code: string } }).error.code;
}

async function pays(page: Page, balance: Reader): Promise<void> {
  await test.step("adds $20 with a card that is saved, sees the balance rise, and has the invoice", async () => {
    await addFunds(page, "20.00", { save: true });
    await expect(page.getByRole("main")).toContainText("Visa ···· 4242");
    expect((await balance()).available).toBe("20");
    await page.goto("/billing/invoices");
    const row = page.getByRole("row").filter({ hasText: "$20.00" });
    await expect(row).toContainText("Paid");
    const pdf = row.getByRole("link", { name: /PDF/ });
    await expect(async () => {
      await page.reload();
      await expect(pdf).toBeVisible({ timeout: 500 });
    }).toPass();
    const file = await page.request.get((await pdf.getAttribute("href")) ?? "");
    expect(file.headers()["content-type"]).toContain("application/pdf");
    expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");
    await page.goto("/billing/payment-methods");
    await expect(page.getByText("Visa ···· 4242").first()).toBeVisible();
  });
}

async function autoTopUp(page: Page, balance: Reader, api: Api, key: string): Promise<void> {
  await test.step("switches auto top-up on, and it fires once when credit falls below the threshold", async () => {
    await page.goto("/billing/auto-top-up");
    await page.getByRole("textbox", { name: "Threshold" }).fill("15.00");
    await page.getByRole("textbox", { name: "Amount" }).fill("25.00");
    await page.getByRole("textbox", { name: "Monthly spending limit" }).fill("60.00");
    await expect(page.getByRole("main")).toContainText(
      "When prepaid credit falls below $15.00, $25.00 is charged to Visa ···· 4242. At most $60.00 is charged in a calendar month.",
    );
    await page.getByRole("button", { name: "Enable Auto top-up" }).click();
    await expect(page.getByRole("button", { name: "Disable Auto top-up" })).toBeVisible();
    await call(api, key, dollars(6));
    await expect.poll(async () => (await balance()).available, { timeout: 20_000 }).toBe("39");
    await page.reload();
    const history = page.getByRole("region", { name: "Automatic payments" });
    await expect(history).toContainText("$25.00");
    await expect(history).toContainText("Paid");
    await page.getByRole("button", { name: "Disable Auto top-up" }).click();
    await expect(page.getByRole("button", { name: "Enable Auto top-up" })).toBeVisible();
  });
}

async function subscribes(page: Page, balance: Reader): Promise<void> {
  await test.step("subscribes to a plan", async () => {
    await page.goto("/billing/subscription");
    await page.getByRole("button", { name: "Subscribe to Basic" }).click();
    const dialog = page.getByRole("dialog", { name: "Subscribe to Basic" });
    await expect(dialog).toContainText("$20.00 is charged now");
    await dialog.getByRole("button", { name: "Continue to payment" }).click();
    await fillCard(page, "4242424242424242");
    await page.getByRole("button", { name: "Subscribe" }).click();
    await expect(page.getByRole("region", { name: "Current plan" })).toContainText("Basic");
    await expect.poll(async () => (await balance()).plan?.remaining).toBe("20");
  });
}

async function setPayg(page: Page, enabled: boolean, limit = ""): Promise<void> {
  await page.goto("/billing/subscription");
  const card = page.getByRole("region", { name: "PAYG Fallback" });
  const toggle = card.getByRole("switch", { name: "Enable PAYG Fallback" });
  if ((await toggle.isChecked()) !== enabled) await toggle.click();
  if (enabled) await card.getByRole("textbox", { name: "Set Spending Limit (optional)" }).fill(limit);
  await card.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("PAYG Fallback was changed.")).toBeVisible();
}

async function runsPast(page: Page, balance: Reader, api: Api, key: string): Promise<void> {
  await test.step("runs past the allowance: refused without PAYG fallback, paid with it, refused at its limit", async () => {
    await call(api, key, dollars(18));
    expect((await balance()).available).toBe("41");
    expect(await refusedCharge(api, key, 5)).toBe("payg_disabled");
    await setPayg(page, true, "10.00");
    await call(api, key, dollars(5));
    expect(await balance()).toMatchObject({ available: "36", plan: { remaining: "0" }, payg: { spent: "3" } });
    expect(await refusedCharge(api, key, 8)).toBe("payg_limit_reached");
    await call(api, key, dollars(7));
    expect(await refusedCharge(api, key, 1)).toBe("payg_limit_reached");
    await page.reload();
    const card = page.getByRole("region", { name: "PAYG Fallback" });
    await expect(card).toContainText("The limit is reached");
    await setPayg(page, true);
    await call(api, key, dollars(1));
    await setPayg(page, false);
    expect(await refusedCharge(api, key, 1)).toBe("payg_disabled");
  });
}

test("a customer pays money in and gets it back without any provider key", async ({ page, own, read, api }) => {
  const { keys } = await own();
  const key = keys[0]?.key as string;
  const balance: Reader = () => read<Balance>("/v1/balance", key);
  await pays(page, balance);
  await autoTopUp(page, balance, api, key);
  await subscribes(page, balance);
  await runsPast(page, balance, api, key);
});
