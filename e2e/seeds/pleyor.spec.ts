/** Pleyor's page, as a customer sees it in the browser. */
import { expect, test } from "../fixtures";
import { saying, walk } from "./walk";

/** Bought credits follow the plan's without a switch. */
const FOREIGN = /PAYG|pay.as.you.go/i;

test("a new customer sees only what Pleyor has, on every page", async ({ page, own }) => {
  await own();
  expect(saying(await walk(page), FOREIGN)).toEqual([]);
});

test("the demo shows only what Pleyor has, on every page", async ({ demo }) => {
  expect(saying(await walk(demo), FOREIGN)).toEqual([]);
});

test("Each generation node shows an estimated credit cost, which updates live with the model and its settings", async ({
  page,
}) => {
  await page.goto("/estimate?endpoint=image&model=pixel-1&q=image:4&o=resolution:2048px");
  const cost = page.getByRole("main");
  await expect(cost).toContainText("Estimated cost");
  await expect(cost).toContainText("40 credits");
  await page.getByLabel("Model").selectOption("pixel-1-fast");
  await expect(cost).toContainText("4 credits");
  await page.evaluate(() => {
    window.postMessage({ tollgate: "call", endpoint: "video", model: "motion-1", q: "second:10", o: "sound:true" });
  });
  await expect(cost).toContainText("160 credits");
  await page.goto("/estimate?endpoint=audio&model=score-1&q=second:3&controls=off");
  await expect(cost).toContainText("1.50 credits");
  await expect(page.getByRole("combobox")).toHaveCount(0);
});

test("Each run reports the credits it consumed, and opens to its calls", async ({ page, own }) => {
  const run = { tags: { run: "run-7", agent: "storyboard" }, endpoint: "image", model: "pixel-1" };
  await own({
    steps: [
      { ...run, quantities: { image: 2 } },
      { ...run, quantities: { image: 3 } },
    ],
  });
  await page.goto("/runs");
  const row = page.getByRole("row").filter({ hasText: "run-7" });
  await expect(row).toContainText("20");
  await expect(row).toContainText("storyboard");
  await row.getByRole("button", { name: "Open run-7" }).click();
  await expect(page.getByRole("dialog").getByRole("row").filter({ hasText: "pixel-1" })).toHaveCount(2);
});
