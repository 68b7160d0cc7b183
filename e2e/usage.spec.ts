import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { call, expect, test } from "./fixtures";

type Row = Record<string, string>;
const withoutTotals = (rows: Row[]) => rows.filter((row) => row.occurred_at !== "Total");

test("a call appears in the log of the open page, and in the sums", async ({ portal, api, facts }) => {
  await portal.getByRole("link", { name: "Usage" }).first().click();
  const log = portal.getByRole("region", { name: "Calls" });
  await expect(log.getByRole("row").nth(1)).toBeVisible();
  const output = 1_000 + (Date.now() % 100_000);
  await call(api, facts, { input: 12_345, output });
  await expect(log).toContainText(`${output.toLocaleString("en")} output tokens`);
  await expect(portal.getByRole("region", { name: "Cost by model" }).first()).toContainText("gpt-4o");
});

test("the range, the grouping and the filter are in the address", async ({ portal }) => {
  await portal.goto("/usage?r=24h&g=endpoint");
  await expect(portal.getByRole("button", { name: "24 h", pressed: true })).toBeVisible();
  await expect(portal.getByRole("combobox", { name: "Group by" })).toHaveValue("endpoint");
  await portal.getByRole("button", { name: "7 d", exact: true }).click();
  await expect(portal).toHaveURL(/r=7d/);
  await portal.getByRole("combobox", { name: "Model" }).selectOption("gpt-4.1");
  await expect(portal).toHaveURL(/m=gpt-4\.1/);
  await expect(portal.getByRole("region", { name: "Calls" })).not.toContainText("gpt-4o");
});

test("the CSV is the log that is shown, and equals the API", async ({ portal, api, facts }) => {
  await call(api, facts, { input: 1_000, output: 1_000 });
  await portal.goto("/usage?r=7d&m=gpt-4o");
  const link = portal.getByRole("link", { name: "Download CSV" });
  const asked = new URL((await link.getAttribute("href")) ?? "", facts.url).searchParams;
  const downloading = portal.waitForEvent("download");
  await link.click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("usage.csv");
  const rows = withoutTotals(parse(readFileSync(await download.path(), "utf8"), { columns: true }) as Row[]);
  expect(rows.length).toBeGreaterThan(0);

  asked.set("organization", facts.organization);
  const answer = await api("GET", `/v1/usage/events.csv?${asked}`);
  const theirs = withoutTotals(parse(answer.text, { columns: true }) as Row[]);
  // Other tests make calls meanwhile, so the later file may have more at its end.
  expect(theirs.slice(0, rows.length)).toEqual(rows);
});
