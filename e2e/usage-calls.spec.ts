import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { call, expect, test } from "./fixtures";

type Row = Record<string, string>;
type Detail = {
  id: string;
  cost: string;
  version: number;
  quantities: Record<string, number>;
  hold: { id: string; ceiling: string };
  lines: { amount: string }[];
};
const DAY = 24 * 60;
const withoutTotals = (rows: Row[]) => rows.filter((row) => row.occurred_at !== "Total");

test("a call appears in the log of the open page, and in the sums", async ({ page, own, api }) => {
  const { keys } = await own({ steps: [{ grant: "50.00" }] });
  await page.goto("/");
  await page.getByRole("link", { name: "Usage" }).first().click();
  const log = page.getByRole("region", { name: "Calls" });
  await expect(log).toContainText("No calls in this range.");
  await call(api, keys[0]?.key as string, { input: 12_345, output: 678 });
  await expect(log).toContainText("12,345 input tokens · 678 output tokens");
  await expect(page.getByRole("region", { name: "Cost by model", exact: true })).toContainText("gpt-4o");
});

test("a call opens to what it used, how that was priced, what was reserved and whose credit paid", async ({
  page,
  own,
  read,
}) => {
  const { keys } = await own({
    minutesAgo: 2 * DAY,
    steps: [
      { minutesAgo: DAY, grant: "0.05", kind: "promotional", reason: "A gift" },
      { minutesAgo: DAY, grant: "20.00" },
      {
        minutesAgo: 30,
        model: "gpt-4o",
        quantities: { input_token: 40_000, output_token: 1_000 },
        reserved: { input_token: 40_000, output_token: 5_000 },
        tags: { project: "atlas" },
      },
    ],
  });
  const key = keys[0]?.key as string;
  const { data } = await read<{ data: Detail[] }>("/v1/usage/events", key);
  const detail = await read<Detail>(`/v1/usage/events/${data[0]?.id}`, key);
  await page.goto("/usage?r=7d");
  await page.getByRole("button", { name: /^Open the call of .*gpt-4o$/ }).click();
  const sheet = page.getByRole("dialog", { name: "Call" });
  await expect(sheet).toContainText("40,000 input tokens");
  await expect(sheet).toContainText("project: atlas");
  const price = sheet.getByRole("table", { name: "Price details" });
  for (const { amount } of detail.lines) await expect(price).toContainText(`$${Number(amount).toFixed(2)}`);
  await expect(price.getByRole("row", { name: /^Cost/ })).toContainText(`$${Number(detail.cost).toFixed(2)}`);
  await expect(sheet).toContainText(`Priced with version ${detail.version} of the price list.`);
  await expect(sheet).toContainText(`$${Number(detail.hold.ceiling).toFixed(2)}`);
  await expect(sheet).toContainText(
    /This charge used \$0\.05 of the promotional credit of .* and \$0\.06 of the account funds/,
  );
  for (const id of [detail.id, detail.hold.id, keys[0]?.id]) await expect(sheet).toContainText(id as string);
  await page.reload();
  await expect(sheet).toContainText("This charge used");
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(page).not.toHaveURL(/[?&]x=/);
});

test("the file is the log that is shown, equals the API's, and says how complete it is", async ({
  demo,
  api,
  facts,
}) => {
  await demo.goto("/usage?r=7d&m=gpt-4o");
  await expect(demo.getByRole("figure").locator("svg").first()).toBeVisible();
  const link = demo.getByRole("link", { name: "Download CSV" });
  const asked = new URL((await link.getAttribute("href")) ?? "", facts.url).searchParams;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await demo.route("**/usage/events.csv?*", async (route) => {
    await held;
    await route.continue();
  });
  const downloading = demo.waitForEvent("download");
  await link.click();
  await expect(demo.getByRole("progressbar")).toBeVisible();
  release();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("usage.csv");
  const text = readFileSync(await download.path(), "utf8");
  const rows = withoutTotals(parse(text, { bom: true, columns: true }) as Row[]);
  await expect(demo.getByRole("progressbar")).toBeHidden();
  asked.set("organization", facts.organization);
  const answer = await api("GET", `/v1/usage/events.csv?${asked}`);
  // The portal's files begin with a byte order mark, for Excel.
  expect(text).toBe(`\uFEFF${answer.text}`);
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => row.model))).toEqual(new Set(["gpt-4o"]));
});
