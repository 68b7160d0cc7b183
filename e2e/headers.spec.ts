/** What browsers are told about our pages, and that they obey it without a page losing anything. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { paths } from "@/lib/kernel/paths";
import { startAnotherServer } from "./another-server";
import { expect, type Page, test } from "./fixtures";
import { nonceOf, refusals, watchPolicy } from "./policy";

test.describe("the content security policy", () => {
  test("refuses nothing that the portal's pages load", async ({ demo }) => {
    await watchPolicy(demo);
    await demo.goto("/");
    await expect(demo.getByRole("heading", { level: 1 })).toBeVisible();
    // The theme changes with a style sheet of a moment, and a toast brings one along.
    await demo.context().grantPermissions(["clipboard-write"]);
    await demo.getByRole("button", { name: /^Account/ }).click();
    await demo.getByRole("menuitemradio", { name: "Dark" }).click();
    await expect(demo.locator("html")).toHaveAttribute("data-theme", "dark");
    await demo.getByRole("button", { name: /^Account/ }).click();
    await demo.getByRole("menuitem", { name: "Copy organization ID" }).click();
    await expect(demo.getByText("Organization ID copied")).toBeVisible();
    await expect(demo.locator("[data-sonner-toaster]")).toHaveCSS("position", "fixed");
    expect(await refusals(demo)).toEqual([]);
    await demo.goto("/transactions");
    await demo.getByRole("button", { name: "Search pages, actions and records" }).click();
    await demo.keyboard.press("Escape");
    await demo.goto("/usage");
    await demo.getByRole("combobox").first().click();
    expect(await refusals(demo)).toEqual([]);
  });

  test("has another nonce for each response", async ({ request }) => {
    const nonces = await Promise.all([1, 2, 3].map(async () => nonceOf(await request.get(paths.signIn))));
    expect(new Set(nonces).size).toBe(3);
  });

  test("takes no nonce from the request", async ({ request }) => {
    const mine = "bWluZQ==";
    const headers = { "x-nonce": mine, "content-security-policy": `script-src 'nonce-${mine}'` };
    const answer = await request.get(paths.signIn, { headers });
    expect(answer.headers()["content-security-policy"]).not.toContain(mine);
    expect(await answer.text()).not.toContain(mine);
  });
});

test.describe("a script that somebody slips into a page", () => {
  test.use({ expected: /Content Security Policy/ });

  test("does not run, whatever way it comes", async ({ page, baseURL }) => {
    const slipped = [
      "<script>window.injected = true</script>",
      "<script nonce='guess'>window.injected = true</script>",
      "<script src='data:text/javascript,window.injected=true'></script>",
      "<img src='data:,' onerror='window.injected = true'>",
      "<svg onload='window.injected = true'></svg>",
      "<iframe srcdoc='<script>parent.injected = true</script>'></iframe>",
      "<base href='https://evil.example/'>",
    ].join("");
    await watchPolicy(page);
    await page.route(`${baseURL}${paths.signIn}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("</body>", `${slipped}</body>`) });
    });
    await page.goto(paths.signIn);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect.poll(async () => (await refusals(page)).length).toBeGreaterThanOrEqual(6);
    expect(await page.evaluate(() => window.injected)).toBeUndefined();
    expect(await page.evaluate(() => document.baseURI)).toContain(paths.signIn);
  });
});

test.describe("a frame of another site", () => {
  /** A site of somebody else whose only page shows the address that `/?` names in a frame. */
  async function openFramer(): Promise<{ origin: string; close: () => void }> {
    const server = createServer((request, response) => {
      const inner = decodeURIComponent(request.url?.slice(2) ?? "");
      response.setHeader("content-type", "text/html").end(`<iframe name="inner" src="${inner}"></iframe>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
  }

  const inFrame = (framer: string, url: string) => `${framer}/?${encodeURIComponent(`${url}${paths.signIn}`)}`;

  test("does not show our pages", async ({ browser, baseURL }) => {
    const framer = await openFramer();
    const page = await browser.newPage();
    const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
    await page.goto(inFrame(framer.origin, baseURL ?? ""));
    await refused;
    await expect(page.frameLocator("iframe").getByRole("heading", { level: 1 })).toBeHidden();
    await page.close();
    framer.close();
  });

  test("shows our pages where the operator names its origin", async ({ browser }) => {
    const framer = await openFramer();
    const another = await startAnotherServer({ EMBED_ORIGINS: `${framer.origin} https://app.example` });
    try {
      const page = await browser.newPage();
      await page.goto(inFrame(framer.origin, another.url));
      await expect(page.frameLocator("iframe").getByRole("heading", { level: 1 })).toBeVisible();
      await page.close();
      const { headers } = await fetch(`${another.url}${paths.signIn}`);
      expect(headers.get("content-security-policy")).toContain(`frame-ancestors ${framer.origin} https://app.example`);
      expect(headers.has("x-frame-options")).toBe(false);
    } finally {
      await another.close();
      framer.close();
    }
  });
});

test.describe("a portal over TLS", () => {
  const ORIGIN = "https://portal.example";

  /** The browser's portal.example is the server, as behind a proxy that ends TLS; answers every cookie that was set. */
  async function proxied(page: Page, url: string): Promise<string[]> {
    const cookies: string[] = [];
    // It never ends, and what is handed over here is handed over whole.
    await page.route(`${ORIGIN}/v1/balance/stream?*`, (route) => route.abort());
    await page.route(
      (address) => address.origin === ORIGIN && !address.pathname.endsWith("/stream"),
      async (route) => {
        const response = await route.fetch({ url: route.request().url().replace(ORIGIN, url), maxRedirects: 0 });
        const set = response.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie");
        cookies.push(...set.map(({ value }) => value));
        await route.fulfill({ response });
      },
    );
    return cookies;
  }

  test("has cookies for TLS, for itself and for no script, and browsers remember to use TLS", async ({ browser }) => {
    const another = await startAnotherServer({ PUBLIC_URL: ORIGIN });
    const page = await browser.newPage();
    try {
      for (const path of [paths.signIn, paths.openapi, "/v1/balance", "/icon.svg", "/%", "/no-such-page"]) {
        const { headers } = await fetch(`${another.url}${path}`);
        expect(headers.get("strict-transport-security"), path).toBe("max-age=63072000; includeSubDomains");
        expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      }
      const cookies = await proxied(page, another.url);
      await page.goto(`${ORIGIN}${paths.signIn}`);
      await page.getByRole("button", { name: "Continue as the demo user" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
      expect(cookies.some((cookie) => /session-token=[^;]/.test(cookie))).toBe(true);
      for (const cookie of cookies) {
        expect(cookie).toMatch(/^__(?:Secure|Host)-/);
        for (const attribute of ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]) {
          expect(cookie.toLowerCase()).toContain(`; ${attribute.toLowerCase()}`);
        }
        expect(cookie.toLowerCase()).not.toContain("; domain=");
      }
    } finally {
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await page.close();
      await another.close();
    }
  });
});

test("an address that no page needs is not found", async ({ request }) => {
  const image = `/_next/image?url=${encodeURIComponent("/icon.svg")}&w=64&q=75`;
  expect((await request.get(image)).status()).toBe(404);
  const { headers } = await fetch(new URL(paths.signIn, test.info().project.use.baseURL));
  for (const name of ["x-powered-by", "server", "access-control-allow-origin"])
    expect(headers.has(name), name).toBe(false);
});
