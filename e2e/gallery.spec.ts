import { checkerOf } from "./checker";
import { expect, test } from "./fixtures";

const FINGER_PX = 44;

for (const scheme of ["light", "dark"] as const) {
  test.describe(`the gallery in the ${scheme} theme`, () => {
    test.use({ colorScheme: scheme, contextOptions: { reducedMotion: "reduce" } });

    test("is accessible: every primitive in every state", async ({ page }) => {
      test.slow(); // The checker looks at every element, three times.
      const faults = async () => (await checkerOf(page).analyze()).violations;
      await page.goto("/gallery");
      await expect(page.getByRole("heading", { level: 1, name: "Gallery" })).toBeVisible();
      expect(await faults()).toEqual([]);
      await page.getByRole("button", { name: "Invite" }).click();
      await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeFocused();
      expect(await faults()).toEqual([]);
      await page.getByRole("button", { name: "Open the dialog" }).click();
      await expect(page.getByRole("dialog", { name: "Revoke this key" })).toBeVisible();
      expect(await faults()).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: "Open the dialog" })).toBeFocused();
    });
  });
}

test.describe("a primitive on the narrowest phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("is no wider than the screen, and has room for a finger", async ({ page }) => {
    await page.goto("/gallery");
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { level: 1, name: "Gallery" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    const buttons = main.getByRole("button", { name: /^(?:Open the (?!call)|Say a|Load more|Invite|Filter)/ });
    const heights = await buttons.evaluateAll((all) => all.map((button) => button.getBoundingClientRect().height));
    const fields = await main.getByRole("textbox").evaluateAll((all) => all.map((field) => field.clientHeight + 2));
    expect(heights.length).toBeGreaterThan(5);
    expect(Math.min(...heights, ...fields)).toBeGreaterThanOrEqual(FINGER_PX);
  });
});
