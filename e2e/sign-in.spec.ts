import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

// A page that was still open when its session ended is refused what it asks for.
test.use({ expected: /401/ });

const someone = () => `${randomUUID()}@people.example`;

async function askFor(page: Page, email: string, callbackUrl = "/"): Promise<void> {
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send a sign-in link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check your inbox" })).toBeVisible();
}

/** The address in the mail to somebody, from the demo's outbox. */
async function linkOf(page: Page, email: string): Promise<string> {
  await page.goto("/dev/outbox");
  const mail = page.getByRole("region", { name: /^Sign in to/ }).filter({ hasText: email });
  return (await mail.first().getByRole("link").getAttribute("href")) ?? "";
}

async function signInByMail(page: Page, email: string, callbackUrl?: string): Promise<string> {
  await askFor(page, email, callbackUrl);
  const link = await linkOf(page, email);
  await page.goto(link);
  await expect(page.getByText(`You sign in as ${email}`)).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  return link;
}

test.describe("a visitor who is not signed in", () => {
  test("is sent to sign in, and then back", async ({ page }) => {
    await page.goto("/usage?r=7d");
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page).toHaveURL(/\/usage\?r=7d$/);
    await expect(page.getByRole("heading", { level: 1, name: "Usage" })).toBeVisible();
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name.endsWith("session-token"));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    // The session itself is over, not only its cookie. Asked in a tab of its own: the one that signed out may still be
    // on its way, since what it asked for last is refused, too, and leads to signing in.
    await page.context().addCookies(cookie ? [cookie] : []);
    const other = await page.context().newPage();
    await other.goto("/");
    await expect(other).toHaveURL(/\/sign-in/);
  });
});

test("a foreign address to return to is not followed", async ({ page, baseURL }) => {
  const targets = ["https://example.com/", "//example.com", "/\\example.com", "/\t/example.com", "/.//example.com"];
  for (const target of targets) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(target)}`);
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page).toHaveURL(new RegExp(`^${new URL(baseURL ?? "").origin}/o/org_`));
  }
});

test("a sign-in link signs a new user in, once, and leads to where they wanted to go", async ({ page }) => {
  const email = someone();
  const link = await signInByMail(page, email, "/keys");
  await expect(page).toHaveURL(/\/keys$/);
  await expect(page.getByRole("heading", { level: 1, name: "Keys" })).toBeVisible();
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByText("This link was already used")).toBeVisible();
  await expect(page).toHaveURL(/error=expired/);
});

test("a sign-in link stays valid when it is only looked at, and its page cannot lead elsewhere", async ({
  page,
  request,
  baseURL,
}) => {
  const email = someone();
  await askFor(page, email);
  const link = await linkOf(page, email);
  for (let n = 0; n < 3; n += 1) expect((await request.get(link)).status()).toBe(200);
  const [path, query] = link.split("?");
  const led = new URLSearchParams(query);
  led.set("callbackUrl", "//example.com");
  await page.goto(`${path}?${led}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  // The way there leads over "/", which is too short to be seen each time.
  await expect(page).toHaveURL(new RegExp(`^${new URL(baseURL ?? "").origin}/o/org_`));
});

test("a sign-in link that was changed, or is another user's, signs nobody in", async ({ page }) => {
  const email = someone();
  await askFor(page, email);
  const link = await linkOf(page, email);
  for (const changed of [
    link.replace(/token=./, "token=_"),
    link.replace(encodeURIComponent(email), "a%40b.example"),
  ]) {
    await page.goto(changed);
    await expect(page.getByText("This link was already used")).toBeVisible();
  }
  // A form that was opened before the link was used.
  const other = await page.context().newPage();
  await other.goto(link);
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.context().clearCookies();
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByText("This link was already used")).toBeVisible();
});

test("a sign-in response is the same for a known address and an unknown one", async ({ page }) => {
  const known = someone();
  await signInByMail(page, known);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.context().clearCookies();
  const answers = [];
  for (const email of [known, someone()]) {
    await askFor(page, email);
    answers.push([new URL(page.url()).search, await page.locator("main").innerText()]);
  }
  expect(answers[0]).toEqual(answers[1]);
});

test("a malformed address is reported at its field", async ({ page }) => {
  await page.goto("/sign-in");
  await page
    .locator("form")
    .first()
    .evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
  await page.getByLabel("Email address").fill("ada@example");
  await page.getByRole("button", { name: "Send a sign-in link" }).click();
  await expect(page.getByText("This is not an email address")).toBeVisible();
  await expect(page.getByLabel("Email address")).toHaveAttribute("aria-invalid", "true");
});

test("a signed-in session reads its own data only, an unsigned one nothing", async ({ demo, request, facts }) => {
  const data = `/o/${facts.organization}/data`;
  expect((await request.get(`${data}/balance`)).status()).toBe(401);
  expect((await demo.request.get(`${data}/balance`)).status()).toBe(200);
  expect((await demo.request.get(`${data}/usage?groupBy=nothing`)).status()).toBe(422);
});

test.describe("a session that ends while a page is open", () => {
  test("leads to signing in, and back to what was shown", async ({ demo, context }) => {
    await demo.goto("/usage?r=7d&m=gpt-4o");
    await expect(demo.getByRole("figure").locator("svg").first()).toBeVisible();
    // The page's own reads wait for the click: the first that learns of the end leaves the page.
    const clicked: { now?: () => void } = {};
    const click = new Promise<void>((resolve) => {
      clicked.now = resolve;
    });
    await demo.route("**/data/**", async (route) => {
      await click;
      await route.continue();
    });
    await context.clearCookies();
    await demo.getByRole("button", { name: "30 d", exact: true }).click();
    clicked.now?.();
    await expect(demo).toHaveURL(/\/sign-in\?callbackUrl=/);
    await demo.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(demo).toHaveURL(/\/usage\?(?=.*m=gpt-4o)/);
    await expect(demo.getByRole("heading", { level: 1, name: "Usage" })).toBeVisible();
  });
});

test.describe("a browser without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("can sign in, and the Overview shows the balance", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page.getByRole("region", { name: "Available" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Latest transactions" }).getByRole("row").nth(1)).toBeVisible();
  });

  test("can sign in by a link from a mail", async ({ page }) => {
    const link = await signInByMail(page, someone(), "/usage?r=7d");
    await expect(page).toHaveURL(/\/usage\?r=7d$/);
    await page.context().clearCookies();
    await page.goto(link);
    await expect(page.getByText("This link was already used")).toBeVisible();
  });
});
