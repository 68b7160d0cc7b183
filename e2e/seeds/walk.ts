/** Every page of the portal that its navigation and tabs lead to, as one person sees it. */
import { expect, type Page, test } from "../fixtures";

type Seen = { path: string; text: string };

/** The addresses that the navigation and a page's tabs lead to, without the organization's part. */
async function linked(page: Page): Promise<string[]> {
  const links = page.locator("nav a[href]:visible");
  const paths = await links.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  return paths.filter((path) => path.startsWith("/o/")).map((path) => path.replace(/^\/o\/[^/]+/, "") || "/");
}

/** Goes to a page as a person does, by its link where one is shown, and waits until it shows all that it shows. */
async function read(page: Page, path: string): Promise<string> {
  const isThere = ({ pathname }: URL) => pathname.replace(/^\/o\/[^/]+/, "") === path.replace(/^\/$/, "");
  const link = page.locator(`nav a[href$="${path}"]:visible`).first();
  if ((await link.count()) > 0) await link.click();
  else expect((await page.goto(path))?.status(), path).toBe(200);
  await page.waitForURL(isThere);
  await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
  await expect(page.locator("main .animate-pulse"), path).toHaveCount(0);
  return page.getByRole("main").innerText();
}

/** The pages with their texts, a section's tabs after each other. An error in the console fails the test. */
export async function walk(page: Page): Promise<Seen[]> {
  test.slow(); // It opens about twenty pages.
  const seen = new Map<string, string>();
  const waiting = ["/"];
  // The API is the same whatever the catalogue, so its reference says every word.
  const skipped = "/developers/reference";
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path) || path === skipped) continue;
    seen.set(path, await read(page, path));
    waiting.unshift(...(await linked(page)));
  }
  return [...seen].map(([path, text]) => ({ path, text }));
}

/** The lines with one of these words, which the catalogue has no use for. */
export function saying(seen: readonly Seen[], words: RegExp): string[] {
  return seen.flatMap(({ path, text }) =>
    text
      .split("\n")
      .filter((line) => words.test(line))
      .map((line) => `${path}: ${line}`),
  );
}
