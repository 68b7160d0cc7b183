import { expect, test } from "./fixtures";

test.describe("signing in and out", () => {
  // A page that was still open when its session ended is refused what it asks for.
  test.use({ expected: /401/ });

  test("whoever is not signed in is sent to sign in, and then back", async ({ page }) => {
    await page.goto("/usage?r=7d");
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page).toHaveURL(/\/usage\?r=7d$/);
    await expect(page.getByRole("heading", { level: 1, name: "Usage" })).toBeVisible();
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto("/");
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

test("a foreign address to go back to is not followed", async ({ page, baseURL }) => {
  for (const target of ["https://example.com/", "//example.com", "/\\example.com"]) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(target)}`);
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page).toHaveURL(`${new URL(baseURL ?? "").origin}/`);
  }
});

test("a signed-in session reads its own data only, an unsigned one nothing", async ({ demo, request }) => {
  expect((await request.get("/data/balance")).status()).toBe(401);
  expect((await demo.request.get("/data/balance")).status()).toBe(200);
  expect((await demo.request.get("/data/usage?groupBy=nothing")).status()).toBe(422);
});

test.describe("while a page is open", () => {
  test.use({ expected: /401/ });

  test("a session that ended leads to signing in, and back to what was shown", async ({ demo, context }) => {
    await demo.goto("/usage?r=7d&m=gpt-4o");
    await expect(demo.getByRole("figure").locator("svg").first()).toBeVisible();
    await context.clearCookies();
    await demo.getByRole("button", { name: "30 d", exact: true }).click();
    await expect(demo).toHaveURL(/\/sign-in\?callbackUrl=/);
    await demo.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(demo).toHaveURL(/\/usage\?(?=.*m=gpt-4o)/);
    await expect(demo.getByRole("heading", { level: 1, name: "Usage" })).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("signing in works and the overview shows the balance", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page.getByRole("region", { name: "Available" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Latest transactions" }).getByRole("row").nth(1)).toBeVisible();
  });
});
