/** What is there about the organization: its credit, its keys, its people, its settings. */
import { amounts, sum } from "./figures";
import { dataOf, expect, test } from "./fixtures";

type Balance = { available: string; plan: { remaining: string } | null };
type Grants = { data: { remaining: string; live: boolean }[] };

test("billing shows each remaining grant, and they add up to the balance", async ({ demo, read, facts }) => {
  const balance = await read<Balance>("/v1/balance", facts.customerKey);
  await demo.goto("/billing");
  await expect(
    demo
      .getByRole("region", { name: /Available$/ })
      .locator("[title^='$']")
      .first(),
  ).toHaveAttribute("title", `$${balance.available}`);
  const grants = demo.getByRole("table", { name: "Grants" }).first();
  await expect(grants).toBeVisible();
  const left: string[] = [];
  for (const row of await grants.locator("tbody tr").all()) left.push((await amounts(row)).at(-1) ?? "");
  expect(sum(left)).toBe(balance.available);
  const { data } = (await (await dataOf(demo, "grants")).json()) as Grants;
  expect(left).toEqual(data.filter(({ live }) => live).map(({ remaining }) => remaining));
  const plan = demo.getByRole("region", { name: "Subscription" });
  await expect(plan.getByRole("meter")).toHaveAttribute("aria-valuetext", /of \$20\.00$/);
  await demo.getByRole("link", { name: "All transactions" }).click();
  await expect(demo).toHaveURL(/\/transactions$/);
});

test("the keys page shows limits and owners, never a whole key, and ended keys apart", async ({ demo, facts }) => {
  await demo.goto("/keys");
  const working = demo.getByRole("region", { name: "Working keys" });
  await expect(working.getByRole("row").filter({ hasText: "Production" })).toContainText(
    /(?:This month|Total)\s*\$[\d.]+ of \$/,
  );
  await expect(working.getByRole("row").filter({ hasText: "Mia's laptop" })).toContainText("Mia Sato");
  await expect(demo.getByRole("region", { name: "Revoked and expired keys" })).toContainText("Old integration");
  expect(await demo.content()).not.toContain(facts.customerKey);
});

test("the team and the settings pages say who and what this is", async ({ page, own }) => {
  const { organization, name, email } = await own({
    people: [
      { name: "Vera", role: "viewer" },
      { name: "Ada", role: "owner" },
    ],
    timeZone: "Asia/Kathmandu",
  });
  await page.goto("/team");
  const members = page.getByRole("region", { name: "Members" });
  // Addresses are random, and one may hold a name in small letters.
  await expect(members.getByRole("row").filter({ hasText: /Vera/ })).toContainText(/You.*Viewer/s);
  await expect(members.getByRole("row").filter({ hasText: /Ada/ })).toContainText("Owner");
  await page.goto("/settings");
  for (const text of [organization, name, email, "Asia/Kathmandu", "Viewer"]) {
    await expect(page.getByRole("main")).toContainText(text);
  }
});

test("an organization of another user is not found", async ({ page, own, tell }) => {
  const { keys } = await tell({ story: { steps: [{ grant: "5.00", reason: "Not for you" }] } });
  await own();
  const theirs = keys[0]?.id as string;
  await page.goto(`/transactions?key=${theirs}`);
  await expect(page.getByText("No transaction matches these filters.")).toBeVisible();
  await page.goto("/keys");
  await expect(page.getByRole("main")).not.toContainText(keys[0]?.key.slice(-4) as string);
});
