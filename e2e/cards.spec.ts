/** Each of the published test cards, from the form to the balance or to the reason why not. */
import { fillCard, toCheckout } from "./checkout";
import { expect, type Page, test } from "./fixtures";

type Balance = { available: string; debt: string };

const DECLINES = [
  ["4000000000000002", /declined/],
  ["4000000000009995", /insufficient funds/],
  ["4000000000009987", /declined/],
  ["4000000000009979", /declined/],
  ["4000000000000069", /expired/],
  ["4000000000000127", /security code/],
  ["4000000000000119", /processing/],
  ["4100000000000019", /declined/],
] as const;

const SUCCEED = ["4242424242424242", "5555555555554444", "378282246310005"] as const;

const pay = (page: Page) => page.getByRole("button", { name: "Pay $20.00" });
const paid = (page: Page) => page.getByRole("heading", { name: "$20.00 paid" });

for (const number of SUCCEED) {
  test(`a card with the number ${number} pays`, async ({ page, own, read }) => {
    const { keys } = await own();
    await toCheckout(page, "20.00");
    await fillCard(page, number);
    if (number.startsWith("37")) await page.getByLabel("CVC").fill("1234");
    await pay(page).click();
    await expect(paid(page)).toBeVisible();
    expect((await read<Balance>("/v1/balance", keys[0]?.key as string)).available).toBe("20");
  });
}

test("a refused card says why, the page stays, and another card pays", async ({ page, own, read }) => {
  const { keys } = await own();
  await toCheckout(page, "20.00");
  for (const [number, why] of DECLINES) {
    await fillCard(page, number);
    await pay(page).click();
    await expect(page.getByRole("alert")).toContainText(why);
  }
  expect((await read<Balance>("/v1/balance", keys[0]?.key as string)).available).toBe("0");
  await fillCard(page, "4242424242424242");
  await pay(page).click();
  await expect(paid(page)).toBeVisible();
  expect((await read<Balance>("/v1/balance", keys[0]?.key as string)).available).toBe("20");
});

test("a card with 3-D Secure pays only when its holder confirms", async ({ page, own, read }) => {
  const { keys } = await own();
  await toCheckout(page, "20.00");
  await fillCard(page, "4000002500003155");
  await pay(page).click();
  await page.getByRole("button", { name: "Fail authentication" }).click();
  await expect(page.getByRole("alert")).toContainText(/authenticat/i);
  expect((await read<Balance>("/v1/balance", keys[0]?.key as string)).available).toBe("0");
  await fillCard(page, "4000002500003155");
  await pay(page).click();
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await expect(paid(page)).toBeVisible();
  expect((await read<Balance>("/v1/balance", keys[0]?.key as string)).available).toBe("20");
});

test("a confirmed card with too little on it is refused after that", async ({ page, own, read }) => {
  const { keys } = await own();
  await toCheckout(page, "20.00");
  await fillCard(page, "4000008260003178");
  await pay(page).click();
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await expect(page.getByRole("alert")).toContainText(/insufficient funds/);
  expect((await read<Balance>("/v1/balance", keys[0]?.key as string)).available).toBe("0");
});

test("a saved card that always asks is confirmed on the way", async ({ page, own, read }) => {
  const { keys } = await own();
  await page.goto("/billing/payment-methods");
  await page.getByRole("button", { name: "Add a card" }).click();
  await fillCard(page, "4000002760003184");
  await page.getByRole("button", { name: "Save card" }).click();
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await expect(page.getByText(/···· 3184/).first()).toBeVisible();
  await page.goto("/billing/add-funds");
  await page.getByLabel("Amount in USD").fill("20.00");
  await page.getByRole("button", { name: "Add $20.00" }).click();
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await expect(paid(page)).toBeVisible();
  expect((await read<Balance>("/v1/balance", keys[0]?.key as string)).available).toBe("20");
});

test("a card that can be saved and not charged says so where it is charged", async ({ page, own, read }) => {
  const { keys } = await own();
  await page.goto("/billing/payment-methods");
  await page.getByRole("button", { name: "Add a card" }).click();
  await fillCard(page, "4000000000000341");
  await page.getByRole("button", { name: "Save card" }).click();
  await expect(page.getByText(/···· 0341/).first()).toBeVisible();
  await page.goto("/billing/add-funds");
  await page.getByLabel("Amount in USD").fill("20.00");
  await page.getByRole("button", { name: "Add $20.00" }).click();
  await expect(page.getByRole("main")).toContainText(/declined/);
  expect((await read<Balance>("/v1/balance", keys[0]?.key as string)).available).toBe("0");
});

test("a disputed payment loses its credit, and says so", async ({ page, own, read }) => {
  const { keys } = await own();
  await toCheckout(page, "20.00");
  await fillCard(page, "4000000000000259");
  await pay(page).click();
  await expect(paid(page)).toBeVisible();
  const key = keys[0]?.key as string;
  await expect.poll(async () => (await read<Balance>("/v1/balance", key)).available).toBe("0");
  await page.goto("/billing/invoices");
  await expect(page.getByRole("row").filter({ hasText: "$20.00" })).toContainText("Disputed");
});
