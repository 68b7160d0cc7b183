/** Hints on costs in the browser: the API's figures, each with the calls behind it. */
import type { CostHints } from "@/lib/usage/schema";
import { expect, test } from "./fixtures";

test("each hint on costs has the API's figures and leads to its calls", async ({ demo, read, facts }) => {
  const hints = await read<CostHints>("/v1/usage/hints", facts.customerKey);
  await demo.goto("/usage");
  const card = demo.getByRole("region", { name: "Cost optimization" });
  await expect(card.getByRole("row", { name: /with prompts of/ })).toHaveCount(hints.models.length);
  const [model] = hints.models;
  const [repeated] = hints.caching?.most ?? [];
  expect(model && repeated).toBeTruthy();

  await card
    .getByRole("link", { name: /calls$/ })
    .first()
    .click();
  await expect(demo).toHaveURL(new RegExp(`m=${model?.model}`));
  await expect(demo.getByRole("combobox", { name: "Model", exact: true })).toHaveValue(model?.model ?? "");

  // No chart knows a fingerprint, and the list has its calls.
  await card.getByRole("link", { name: repeated?.fingerprint.slice(0, 12) ?? "" }).click();
  await expect(demo).toHaveURL(new RegExp(`fingerprint(:|%3A)${repeated?.fingerprint}`));
  await expect(demo.getByText("Charts cannot be filtered by fingerprint:")).toBeVisible();
  const rows = demo.getByRole("region", { name: "Calls", exact: true }).locator("[data-row-open]");
  await expect(rows).toHaveCount(Math.min(50, Number(repeated?.calls) + 1));
});
