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

test("no page of the portal is for a search engine", async ({ request }) => {
  expect(await (await request.get("/robots.txt")).text()).toContain("Disallow: /\n");
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
