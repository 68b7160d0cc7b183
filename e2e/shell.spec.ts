import { expect, type Page, test } from "./fixtures";
import { PAGES, visit } from "./pages";

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

test("the keyboard alone skips to the content and reaches every page by the palette", async ({ demo }) => {
  await demo.goto("/");
  await expect(heading(demo, "Overview")).toBeVisible();
  await demo.keyboard.press("Tab");
  await expect(demo.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await demo.keyboard.press("Enter");
  await expect(demo.getByRole("main")).toBeFocused();
  for (const name of ["Usage", "Transactions", "Billing", "Keys", "Developers", "Team", "Settings"]) {
    await demo.keyboard.press("Control+k");
    const field = demo.getByRole("combobox", { name: "Search pages, actions and records" });
    await expect(field).toBeFocused();
    await demo.keyboard.type(name);
    await expect(demo.getByRole("option").first()).toHaveText(name);
    await demo.keyboard.press("Enter");
    await expect(heading(demo, name)).toBeVisible();
    await expect(field).toBeHidden();
  }
});

test("another organization changes what every page shows", async ({ demo, facts }) => {
  test.setTimeout(120_000); // It goes through every page.
  await demo.goto("/");
  await expect(demo.getByRole("region", { name: "Balance level" })).toBeHidden();
  await demo.getByRole("button", { name: "Organization: Demo" }).click();
  await demo.getByRole("menuitemradio", { name: "Low on credit" }).click();
  await expect(demo.getByRole("button", { name: "Organization: Low on credit" })).toBeVisible();
  for (const place of PAGES) {
    await visit(demo, place);
    await expect(demo.getByRole("region", { name: "Balance level" }), place.path).toContainText("Critical");
  }
  await demo.goto("/settings");
  await expect(demo.getByRole("main")).toContainText("Low on credit");
  await expect(demo.getByRole("main")).not.toContainText(facts.organization);
  await demo.goto("/keys");
  await expect(demo.getByRole("main")).not.toContainText("Staging");
});

test("a chosen theme stays, from the first picture on", async ({ demo }) => {
  await demo.goto("/settings");
  const choice = demo.getByRole("group", { name: "Theme" });
  await expect(choice.getByRole("button", { name: "System", pressed: true })).toBeVisible();
  await choice.getByRole("button", { name: "Dark" }).click();
  await expect(demo.locator("html")).toHaveAttribute("data-theme", "dark");
  // Before any of the page's content is there to be drawn, its theme is.
  await demo.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("main, header, nav, a")) return;
      document.documentElement.dataset.first = document.documentElement.dataset.theme ?? "none";
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await demo.reload();
  await expect(demo.locator("html")).toHaveAttribute("data-first", "dark");
  await expect(choice.getByRole("button", { name: "Dark", pressed: true })).toBeVisible();
});

test.describe("a portal on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: "dark" });

  test("reaches every page from the bar at the bottom", async ({ demo }) => {
    await demo.goto("/");
    const bar = demo.getByRole("navigation", { name: "Main" });
    for (const name of ["Usage", "Transactions", "Billing", "Overview"]) {
      await bar.getByRole("link", { name }).tap();
      await expect(heading(demo, name)).toBeVisible();
    }
    for (const name of ["Keys", "Team", "Settings", "Developers"]) {
      await bar.getByRole("button", { name: "More" }).tap();
      await demo.getByRole("dialog").getByRole("link", { name }).tap();
      await expect(heading(demo, name)).toBeVisible();
      await expect(demo.getByRole("dialog")).toBeHidden();
    }
  });
});

test.describe("a page that does not exist", () => {
  test.use({ expected: /404/ });

  test("says so and leads back", async ({ demo }) => {
    const answer = await demo.goto("/no-such-page");
    expect(answer?.status()).toBe(404);
    await expect(heading(demo, "Page not found")).toBeVisible();
    await demo.getByRole("link", { name: "Go to the overview" }).click();
    await expect(heading(demo, "Overview")).toBeVisible();
  });
});

test.describe("a page that cannot be loaded", () => {
  test.use({ expected: /503/ });

  test("says that nothing was changed, and loads on the next try", async ({ demo }) => {
    await demo.goto("/usage?r=7d");
    await expect(demo.getByRole("figure").locator("svg").first()).toBeVisible();
    await demo.route("**/data/usage?*", (route) => route.fulfill({ status: 503, body: "{}" }));
    await demo.getByRole("button", { name: "90 d", exact: true }).click();
    const failure = demo.getByRole("alert").filter({ hasText: "The usage could not be loaded." });
    await expect(failure).toContainText("Nothing was charged or changed.");
    // The page asks by itself, too: from here on nothing is answered until the button was pressed.
    let answer = () => {};
    const pressed = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await demo.route("**/data/usage?*", (route) => pressed.then(() => route.continue()));
    await failure.getByRole("button", { name: "Try again" }).click();
    answer();
    await expect(demo.getByRole("region", { name: "Cost over time", exact: true })).toBeVisible();
    await expect(failure).toBeHidden();
  });
});

test.describe("a page without a network", () => {
  test.use({ expected: /ERR_INTERNET_DISCONNECTED|ERR_NETWORK/ });

  test("says that its numbers may be old, until the network is back", async ({ demo, context }) => {
    await demo.goto("/");
    await expect(heading(demo, "Overview")).toBeVisible();
    const notice = demo.getByRole("status").filter({ hasText: "You are offline." });
    await expect(demo.getByRole("figure").locator("svg").first()).toBeVisible();
    await context.setOffline(true);
    await expect(notice).toBeVisible();
    await context.setOffline(false);
    await expect(notice).toBeHidden();
  });
});
