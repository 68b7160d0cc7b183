/** Humalike's page, as a customer sees it in the browser. */
import { randomUUID } from "node:crypto";
import { expect, test } from "../fixtures";
import { saying, walk } from "./walk";

/** Humalike has one balance and no plans. */
const FOREIGN = /\bplans?\b|subscri|PAYG|pay.as.you.go|welcome credit/i;
const personas = { endpoint: "personas", model: "generate", quantities: { persona: 3 } };

test("a new customer sees only what Humalike has, on every page", async ({ page, own }) => {
  await own();
  expect(saying(await walk(page), FOREIGN)).toEqual([]);
});

test("the demo shows only what Humalike has, on every page", async ({ demo }) => {
  expect(saying(await walk(demo), FOREIGN)).toEqual([]);
});

test("an account that its first call opened is claimed by a key, and has its initial allowance", async ({
  page,
  own,
  api,
  tell,
}) => {
  const account = `account-${randomUUID()}`;
  const paid = await api("POST", "/v1/charges", { body: { organization: account, ...personas } });
  expect(paid.status, paid.text).toBe(201);
  const { key } = await tell({ keyOf: account });
  const { name } = await own();
  await page.goto("/");
  await page.getByRole("button", { name: `Organization: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Claim an account" }).click();
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Claim account" }).click();
  await expect(page.getByRole("button", { name: `Organization: ${account}` })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("94 credits");
  await page.goto("/billing");
  await expect(page.getByRole("region", { name: "Grants" })).toContainText("Initial allowance");
});
