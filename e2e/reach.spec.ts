import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "./fixtures";
import { PAGES, visit } from "./pages";

const NAME_LENGTH = 100;

/** What the checker finds, short enough to read: the rule and the elements. */
async function violations(page: Page, within?: string): Promise<string[]> {
  const checker = new AxeBuilder({ page });
  const found = await (within ? checker.include(within) : checker).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, NAME_LENGTH)}`));
}

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in ${scheme}, nothing is there that a reader cannot use`, () => {
    test.use({ colorScheme: scheme });

    for (const place of PAGES) {
      test(`on ${place.path}`, async ({ demo }) => {
        await visit(demo, place);
        expect(await violations(demo)).toEqual([]);
      });
    }

    test("when signing in", async ({ page }) => {
      await page.goto("/sign-in");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test("in the tables of the charts", async ({ demo }) => {
      for (const [path, name] of [
        ["/", "Spend in the last 30 days"],
        ["/usage", "Cost over time"],
      ] as const) {
        await demo.goto(path);
        const card = demo.getByRole("region", { name, exact: true });
        await card.getByRole("button", { name: "Table" }).click();
        await expect(card.getByRole("columnheader", { name: "Cost" })).toBeVisible();
        expect(await violations(demo, "main section")).toEqual([]);
      }
    });

    test("in an open transaction and an open call", async ({ demo }) => {
      for (const path of ["/transactions", "/usage"]) {
        await demo.goto(path);
        await demo
          .getByRole("button", { name: /^Open .*gpt/ })
          .first()
          .click();
        await expect(demo.getByRole("dialog").getByRole("table", { name: "How the price was made" })).toBeVisible();
        expect(await violations(demo, "[role=dialog]")).toEqual([]);
      }
    });

    test("in the dialogs of keys, the team and the settings", async ({ page, own }) => {
      await own({ steps: [{ grant: "5" }] });
      await noDialogShutsOut(page);
    });

    test("in the palette, the menus and the calendar", async ({ demo }) => {
      await demo.goto("/transactions");
      await demo.getByRole("button", { name: "Search pages, actions and records" }).click();
      await expect(demo.getByRole("option", { name: "Usage" })).toBeVisible();
      expect(await violations(demo, "[role=dialog]")).toEqual([]);
      await demo.keyboard.press("Escape");
      for (const name of [/^Account/, /^Organization/, /^Type:/, "Columns"]) {
        await demo.getByRole("button", { name }).click();
        await expect(demo.getByRole("menu")).toBeVisible();
        expect(await violations(demo, "[role=menu]")).toEqual([]);
        await demo.keyboard.press("Escape");
        await expect(demo.getByRole("menu")).toBeHidden();
      }
      await demo.getByRole("button", { name: "Dates" }).click();
      await expect(demo.getByRole("grid")).toBeVisible();
      expect(await violations(demo, "[role=dialog]")).toEqual([]);
    });
  });
}

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
    expect(await violations(page, "[role=dialog]"), `${path}: ${name}`).toEqual([]);
  }
}

async function isAsWideAsTheScreen(page: Page, path: string): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(beyond, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
}

for (const [name, use] of [
  ["360 px wide", { viewport: { width: 360, height: 740 }, hasTouch: true }],
  ["at 200 % of 1280 px", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
] as const) {
  test.describe(name, () => {
    test.use(use);

    for (const place of PAGES) {
      test(`${place.path} does not scroll sideways`, async ({ demo }) => {
        await visit(demo, place);
        await isAsWideAsTheScreen(demo, place.path);
      });
    }

    test("what opens fits, too", async ({ demo }) => {
      await demo.goto("/transactions");
      await demo
        .getByRole("button", { name: /^Open .*gpt/ })
        .first()
        .click();
      const sheet = demo.getByRole("dialog");
      await expect(sheet.getByRole("table", { name: "How the price was made" })).toBeVisible();
      const beyond = await sheet.evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(beyond).toBeLessThanOrEqual(0);
      await isAsWideAsTheScreen(demo, "an open transaction");
      await sheet.getByRole("button", { name: "Close" }).click();
      await expect(sheet).toBeHidden();
    });
  });
}

for (const width of [1280, 390]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("a name of 100 letters widens no page", async ({ page, own }) => {
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

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves when something opens", async ({ demo }) => {
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
