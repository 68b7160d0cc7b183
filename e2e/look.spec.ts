import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./fixtures";

const PAGES = [
  { path: "/", ready: "Spend in the last 30 days" },
  { path: "/usage", ready: "Cost over time" },
];

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    for (const { path, ready } of PAGES) {
      test(`${path} has nothing that a reader cannot use`, async ({ portal }) => {
        test.slow(); // The checker looks at every element, twice.
        await portal.goto(path);
        const card = portal.getByRole("region", { name: ready });
        await expect(card.getByRole("figure")).toBeVisible();
        expect((await new AxeBuilder({ page: portal }).analyze()).violations).toEqual([]);
        await card.getByRole("button", { name: "Table" }).click();
        await expect(card.getByRole("columnheader", { name: "Cost" })).toBeVisible();
        expect((await new AxeBuilder({ page: portal }).analyze()).violations).toEqual([]);
      });
    }

    test("the sign-in page has nothing that a reader cannot use", async ({ page }) => {
      await page.goto("/sign-in");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  for (const { path, ready } of PAGES) {
    test(`${path} is as wide as the screen`, async ({ portal }) => {
      await portal.goto(path);
      await expect(portal.getByRole("region", { name: ready }).getByRole("figure")).toBeVisible();
      const beyond = await portal.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond).toBeLessThanOrEqual(0);
      await expect(portal.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Usage" })).toBeVisible();
    });
  }
});
