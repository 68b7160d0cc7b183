import { expect, test } from "./fixtures";
import { PAGES, visit } from "./pages";

test("every page prints light and without navigation, whatever the theme and the width", async ({ demo }) => {
  test.setTimeout(180_000);
  await demo.emulateMedia({ colorScheme: "dark" });
  for (const place of PAGES) {
    await visit(demo, place);
    await demo.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect(demo.locator("html"), place.path).toHaveCSS("color-scheme", "light");
    await expect(demo.getByRole("navigation"), place.path).toHaveCount(0);
    await expect(demo.getByRole("complementary"), place.path).toHaveCount(0);
    await expect(demo.getByRole("heading", { level: 1, name: place.heading }), place.path).toBeVisible();
    // The page has the whole paper: nothing is left of the column in which the navigation stood.
    expect((await demo.getByRole("main").boundingBox())?.width, place.path).toBeGreaterThan(1_000);
    await demo.emulateMedia({ media: "screen", colorScheme: "dark" });
  }
});
