import type { AxeBuilder } from "@axe-core/playwright";
import { checkerOf } from "./checker";
import { expect, type Page, test } from "./fixtures";
import { PAGES, PUBLIC_PAGES, visit } from "./pages";
import { keepsItsPolicy, watchPolicy } from "./policy";

const NAME_LENGTH = 100;

/** What the checker finds, short enough to read: the rule and the elements. */
async function found(checker: AxeBuilder, within?: string): Promise<string[]> {
  const { violations } = await (within ? checker.include(within) : checker).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, NAME_LENGTH)}`));
}

/** Every rule in light; in dark the elements are the same and only their colors differ. */
async function canBeUsed(page: Page, what: string, within?: string): Promise<void> {
  expect(await found(checkerOf(page), within), what).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const colors = checkerOf(page).withRules(["color-contrast"]);
  expect(await found(colors, within), `${what}, in dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
}

/** A page of the portal prints light and without navigation, whatever its theme and width. */
async function printsLight(page: Page, { path, heading }: (typeof PAGES)[number]): Promise<void> {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.locator("html"), path).toHaveCSS("color-scheme", "light");
  await expect(page.getByRole("navigation"), path).toHaveCount(0);
  await expect(page.getByRole("complementary"), path).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: heading }), path).toBeVisible();
  // The page has the whole paper: nothing is left of the column in which the navigation stood.
  expect((await page.getByRole("main").boundingBox())?.width, path).toBeGreaterThan(1_000);
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
}

const NARROW = [
  ["360 px wide", { width: 360, height: 740 }],
  ["200 % of 1280 px", { width: 640, height: 400 }],
] as const;

// One visit shows all of this: to open a page costs more than to look at it.
for (const place of PAGES) {
  test(`${place.path} keeps its policy, can be used in light and dark, prints light, never scrolls sideways`, async ({
    demo,
  }) => {
    await watchPolicy(demo);
    await keepsItsPolicy(demo, await visit(demo, place));
    await canBeUsed(demo, place.path);
    await printsLight(demo, place);
    for (const [name, viewport] of NARROW) {
      await demo.setViewportSize(viewport);
      await isAsWideAsTheScreen(demo, `${place.path}, ${name},`);
    }
  });
}

for (const place of PUBLIC_PAGES) {
  test(`${place.path} without a session keeps its policy, can be used in light and dark, prints light, and never scrolls sideways`, async ({
    page,
  }) => {
    await watchPolicy(page);
    await keepsItsPolicy(page, await visit(page, place));
    await canBeUsed(page, place.path);
    await printsLight(page, place);
    for (const [name, viewport] of NARROW) {
      await page.setViewportSize(viewport);
      await isAsWideAsTheScreen(page, `${place.path}, ${name},`);
    }
  });
}

test.describe("the accessibility checker", () => {
  test("finds nothing in the sign-in pages", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await canBeUsed(page, "/sign-in");
  });

  test("finds nothing in the tables of the charts", async ({ demo }) => {
    for (const [path, name] of [
      ["/", "Spend in the last 30 days"],
      ["/usage", "Cost over time"],
    ] as const) {
      await demo.goto(path);
      const card = demo.getByRole("region", { name, exact: true });
      await card.getByRole("button", { name: "Table" }).click();
      await expect(card.getByRole("columnheader", { name: "Cost" })).toBeVisible();
      await canBeUsed(demo, path, "main section");
    }
  });

  test("finds nothing in an open transaction and an open call", async ({ demo }) => {
    for (const path of ["/transactions", "/usage"]) {
      await demo.goto(path);
      await demo
        .getByRole("button", { name: /^Open .*gpt/ })
        .first()
        .click();
      await expect(demo.getByRole("dialog").getByRole("table", { name: "Price details" })).toBeVisible();
      await canBeUsed(demo, path, "[role=dialog]");
    }
  });

  test("finds nothing in the dialogs of keys, the team and the settings", async ({ page, own }) => {
    await own({ steps: [{ grant: "5" }] });
    await noDialogShutsOut(page);
  });

  test("finds nothing in the palette, the menus and the calendar", async ({ demo }) => {
    await demo.goto("/transactions");
    await demo.getByRole("button", { name: "Search pages, actions and records" }).click();
    await expect(demo.getByRole("option", { name: "Usage" })).toBeVisible();
    await canBeUsed(demo, "the palette", "[role=dialog]");
    await demo.keyboard.press("Escape");
    for (const name of [/^Account/, /^Organization/, /^Type:/, "Columns"]) {
      await demo.getByRole("button", { name }).click();
      await expect(demo.getByRole("menu")).toBeVisible();
      await canBeUsed(demo, String(name), "[role=menu]");
      await demo.keyboard.press("Escape");
      await expect(demo.getByRole("menu")).toBeHidden();
    }
    await demo.getByRole("button", { name: "Dates" }).click();
    await expect(demo.getByRole("grid")).toBeVisible();
    await canBeUsed(demo, "the calendar", "[role=dialog]");
  });
});

async function noDialogShutsOut(page: Page): Promise<void> {
  const places = [
    ["/keys", "Create key"],
    ["/team", "Invite"],
    ["/settings", "Edit"],
    ["/settings", "Delete"],
  ] as const;
  for (const [path, name] of places) {
    await page.goto(path);
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog").getByRole("textbox").first()).toBeVisible();
    await canBeUsed(page, `${path}: ${name}`, "[role=dialog]");
  }
}

async function isAsWideAsTheScreen(page: Page, path: string): Promise<void> {
  // A chart is drawn again once it has seen the new width.
  const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(beyond, { message: `${path} is wider than the screen` }).toBeLessThanOrEqual(0);
}

for (const [name, viewport] of NARROW) {
  test.describe(name, () => {
    test.use({ viewport, hasTouch: true });

    test("menus, dialogs and details fit the screen, too", async ({ demo }) => {
      await demo.goto("/transactions");
      await demo
        .getByRole("button", { name: /^Open .*gpt/ })
        .first()
        .click();
      const sheet = demo.getByRole("dialog");
      await expect(sheet.getByRole("table", { name: "Price details" })).toBeVisible();
      const beyond = await sheet.evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(beyond).toBeLessThanOrEqual(0);
      await isAsWideAsTheScreen(demo, "an open transaction");
      await sheet.getByRole("button", { name: "Close" }).click();
      await expect(sheet).toBeHidden();
    });
  });
}

for (const width of [1280, 390]) {
  test.describe(`a portal ${width} px wide`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("is not widened by a name of 100 letters", async ({ page, own }) => {
      const long = "W".repeat(NAME_LENGTH);
      const calls = { model: "gpt-4o", quantities: { input_token: 1000 } };
      const { keys } = await own({
        people: [{ name: long, role: "owner" }],
        keys: [{ name: long, limits: { day: "5" }, owner: 0 }],
        steps: [{ grant: "5" }, calls],
      });
      for (const path of ["/usage", "/keys", `/keys/${keys[0]?.id}`, "/team"]) {
        await page.goto(path);
        await expect(page.getByRole("main").getByText(/W{20}/).first()).toBeVisible();
        await isAsWideAsTheScreen(page, path);
      }
    });
  });
}

test.describe("a portal with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("moves nothing when something opens", async ({ demo }) => {
    await demo.goto("/transactions");
    await demo
      .getByRole("button", { name: /^Open .*gpt/ })
      .first()
      .click();
    await expect(demo.getByRole("dialog")).toBeVisible();
    const moving = await demo.evaluate(
      () => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1).length,
    );
    expect(moving).toBe(0);
  });
});
