/** The files that browsers, phones and search engines ask for without a link, each without a session. */
import { expect, test } from "./fixtures";

const PNG = "image/png";
const FILES: [path: string, type: RegExp, width?: number, height?: number][] = [
  ["/favicon.ico", /^image\/(?:x-icon|vnd\.microsoft\.icon)/],
  ["/icon.svg", /^image\/svg\+xml/],
  ["/icon-192.png", new RegExp(PNG), 192, 192],
  ["/icon-512.png", new RegExp(PNG), 512, 512],
  ["/icon-maskable-512.png", new RegExp(PNG), 512, 512],
  ["/apple-touch-icon.png", new RegExp(PNG), 180, 180],
  ["/opengraph.png", new RegExp(PNG), 1200, 630],
  ["/robots.txt", /^text\/plain/],
  ["/manifest.webmanifest", /^application\/manifest\+json/],
];

for (const [path, type, width, height] of FILES) {
  test(`${path} is served without a session`, async ({ request }) => {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-type"]).toMatch(type);
    expect(answer.headers()["x-robots-tag"]).toContain("noindex");
    if (width === undefined) return;
    const body = await answer.body();
    expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([width, height]);
  });
}

test("only the public prices are for a search engine", async ({ request }) => {
  const robots = await (await request.get("/robots.txt")).text();
  expect(robots).toContain("Disallow: /\n");
  expect(robots).toContain("Allow: /models\n");
  const prices = await request.get("/models");
  expect(prices.headers()["x-robots-tag"]).toBeUndefined();
  expect(await prices.text()).toContain('name="robots" content="index, nofollow"');
  const page = await request.get("/sign-in");
  expect(page.headers()["x-robots-tag"]).toContain("noindex");
  expect(await page.text()).toContain('name="robots" content="noindex, nofollow"');
});

test("the manifest and the page's head carry the operator's name, and icons that exist", async ({ request }) => {
  const manifest = await (await request.get("/manifest.webmanifest")).json();
  expect(manifest.name.length).toBeGreaterThan(0);
  expect(manifest.icons.length).toBeGreaterThan(0);
  for (const { src } of manifest.icons) expect((await request.get(src)).status(), src).toBe(200);
  const head = await (await request.get("/sign-in")).text();
  expect(head).toContain('rel="manifest"');
  expect(head).toContain(`property="og:site_name" content="${manifest.name}"`);
});

test("the public prices are linked from the sign-in page, and /prices leads to them", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Models" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.goto("/prices?search=claude");
  await expect(page).toHaveURL(/\/models$/);
});

test("the public prices are found by word and provider, with each plan's discount and what $5 buys", async ({
  page,
}) => {
  await page.goto("/models");
  const listed = page.getByRole("table").locator("tbody");
  await expect(listed.filter({ hasText: "gpt-4.1" })).toContainText("$2.00/1M input tokens");
  await expect(listed.filter({ hasText: "gpt-4.1" })).toContainText("2,500,000 input tokens");
  await expect(page.getByRole("columnheader", { name: "With Pro, 20% off" })).toBeVisible();
  await page.getByRole("combobox", { name: "Provider" }).selectOption("Anthropic");
  await expect(listed).toHaveCount(1);
  await expect(listed).toContainText("Claude Sonnet 4.5");
  await page.getByRole("searchbox", { name: "Search" }).fill("gpt");
  await expect(page.getByText("No price matches this search.")).toBeVisible();
  await page.getByRole("link", { name: "Show all prices" }).click();
  await expect(listed).toHaveCount(5);
});

test("the public prices say nothing of an organization, also to a member who is signed in", async ({ demo, facts }) => {
  const answer = await demo.goto("/models");
  const text = (await answer?.text()) ?? "";
  expect(text).toContain("gpt-4.1");
  expect(text).not.toContain(facts.organization);
  await expect(demo.getByRole("link", { name: "Sign in" })).toBeVisible();
});

test("an address of one word that no page has is a 404", async ({ request }) => {
  const answer = await request.get("/tariffs");
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain('content="noindex');
});
