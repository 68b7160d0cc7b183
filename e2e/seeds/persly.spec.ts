/** Persly's page, as a customer sees it in the browser. */
import { fillCard } from "../checkout";
import { expect, test } from "../fixtures";
import { saying, walk } from "./walk";

/** Persly has prepaid credits alone. */
const FOREIGN = /\bplans?\b|subscri|PAYG|pay.as.you.go|allowance/i;

test("a new customer sees only what Persly has, on every page", async ({ page, own }) => {
  await own();
  const seen = await walk(page);
  expect(seen.map(({ path }) => path)).toContain("/billing/purchase-credits");
  expect(saying(seen, FOREIGN)).toEqual([]);
});

test("the demo shows only what Persly has, on every page", async ({ demo }) => {
  expect(saying(await walk(demo), FOREIGN)).toEqual([]);
});

test("When your balance runs low, purchase additional credits from the dashboard", async ({ page, own, api }) => {
  // The free credits of a new account are $5.00.
  const spent = { endpoint: "chat", model: "persly-chat-pro-v1", quantities: { request: 1 } };
  const { keys } = await own({ steps: Array(10).fill(spent) });
  const body = { key: keys[0]?.key, endpoint: "chat", model: "persly-chat-v1", quantities: { request: 1 } };
  const refused = await api("POST", "/v1/charges", { body });
  expect([refused.status, JSON.parse(refused.text).error.code]).toEqual([402, "insufficient_credits"]);
  await page.goto("/");
  await page.getByRole("main").getByRole("link", { name: "Purchase credits" }).first().click();
  await page.getByLabel("Amount in USD").fill("20.00");
  await page
    .getByRole("button", { name: /\$20\.00/ })
    .last()
    .click();
  await fillCard(page, "4242424242424242");
  await page.getByRole("button", { name: "Pay $20.00" }).click();
  await expect(page.getByRole("heading", { name: "$20.00 paid" })).toBeVisible();
  expect((await api("POST", "/v1/charges", { body })).status).toBe(201);
});
