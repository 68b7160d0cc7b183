import { call, exactAmount, expect, test } from "./fixtures";

test("the overview shows what the API says", async ({ portal, api }) => {
  const answer = await api("GET", "/v1/balance", { as: "customer" });
  const balance = JSON.parse(answer.text) as { advice: string; level: string };
  await expect(portal.getByRole("region", { name: "Available" })).toContainText(/normal|low|warning|critical/i);
  await expect(portal.getByRole("main")).toContainText(balance.advice);
  await expect(portal.getByRole("heading", { name: "Spend in the last 30 days" })).toBeVisible();
  await expect(portal.getByRole("heading", { name: "Latest transactions" })).toBeVisible();
});

test("a call makes the balance fall on the open page", async ({ portal, api, facts }) => {
  const before = await exactAmount(portal, "Available");
  await call(api, facts, { input: 20_000, output: 3_000 });
  await expect.poll(() => exactAmount(portal, "Available")).not.toBe(before);
  const shown = Number((await exactAmount(portal, "Available")).replace(/[^0-9.]/g, ""));
  expect(shown).toBeLessThan(Number(before.replace(/[^0-9.]/g, "")));
  const latest = portal.getByRole("region", { name: "Latest transactions" });
  await expect(latest.getByRole("row").nth(1)).toContainText("gpt-4o");
});

test("the chart has a table with the same numbers", async ({ portal }) => {
  const spend = portal.getByRole("region", { name: "Spend in the last 30 days" });
  await expect(spend.getByRole("figure")).toBeVisible();
  await spend.getByRole("button", { name: "Table" }).click();
  await expect(spend.getByRole("columnheader", { name: "Cost" })).toBeVisible();
  await expect(spend.getByRole("row")).toHaveCount(31);
});
