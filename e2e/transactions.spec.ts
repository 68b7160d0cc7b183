import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { amounts, decimal, sum } from "./figures";
import { expect, type Page, test } from "./fixtures";
import type { Story } from "./story";

type Entry = { account: string; amount: string; grant: { id: string } | null };
type Transaction = {
  id: string;
  type: string;
  amount: string;
  balanceAfter: string;
  event: string | null;
  key: string | null;
  entries: Entry[];
};
type List = { data: Transaction[] };
type CsvRow = Record<string, string>;

const DAY = 24 * 60;

/** A gift that is used up by the first call, credit that pays the rest, a call that was given back, and two keys. */
const STORY: Story = {
  minutesAgo: 20 * DAY,
  keys: [{ name: "Production" }, { name: "Staging" }],
  steps: [
    { minutesAgo: 18 * DAY, grant: "0.10", kind: "promotional", reason: "A gift" },
    { minutesAgo: 17 * DAY, grant: "40.00", reason: "Top-up of $40" },
    {
      minutesAgo: 16 * DAY,
      model: "gpt-4o",
      quantities: { input_token: 60_000, output_token: 4_300 },
      reserved: { input_token: 60_000, output_token: 10_000 },
      resource: { type: "run", id: "run-81" },
    },
    { minutesAgo: 3 * DAY, model: "gpt-4.1", quantities: { input_token: 10_000 }, key: 1 },
    {
      minutesAgo: 2 * DAY,
      model: "gpt-4o-mini",
      quantities: { input_token: 100_000 },
      refunded: "The answer was empty",
    },
  ],
};
const rows = (page: Page) => page.getByRole("table", { name: "Transactions" }).locator("tbody tr");

test("the running balance is right row by row, and ends at the balance", async ({ page, own, read }) => {
  const { keys } = await own(STORY);
  await page.goto("/transactions");
  await expect(rows(page)).toHaveCount(6);
  const shown = await Promise.all((await rows(page).all()).map(amounts));
  const { data } = await read<List>("/v1/transactions", keys[0]?.key as string);
  expect(shown.map(([amount, after]) => [amount, after])).toEqual(data.map((row) => [row.amount, row.balanceAfter]));
  for (const [index, [amount = "", after = ""]] of shown.entries()) {
    const before = shown[index + 1]?.[1] ?? "0";
    expect(sum([before, amount]), `row ${index + 1}`).toBe(after);
  }
  const { available } = await read<{ available: string }>("/v1/balance", keys[0]?.key as string);
  expect(shown[0]?.[1]).toBe(available);
});

test("a charge is explained to the last digit: whose credit, which price, what was reserved", async ({
  page,
  own,
  read,
}) => {
  const { keys } = await own(STORY);
  const key = keys[0]?.key as string;
  const { data } = await read<List>("/v1/transactions?type=deduction", key);
  const { id } = data.at(-1) as Transaction;
  const charge = await read<Transaction>(`/v1/transactions/${id}`, key);
  await page.goto("/transactions");
  await page.getByRole("button", { name: "Open chat · gpt-4o", exact: true }).click();
  const sheet = page.getByRole("dialog");
  await expect(page).toHaveURL(new RegExp(`open=${id}`));
  await expect(sheet).toContainText(
    /This charge used \$0\.10 of the promotional credit of .* and \$0\.093 of the account funds/,
  );
  await expect(sheet).toContainText("Balance after: $39.907");

  const price = sheet.getByRole("table", { name: "Price details" });
  await expect(price).toContainText("60,000 ÷ 1,000,000 × $2.50");
  await expect(price.getByRole("row", { name: /^Cost/ })).toContainText("$0.193");
  await expect(sheet).toContainText("A hold reserved $0.25");

  const entries = sheet.getByRole("table", { name: "Entries" });
  const printed = await entries.locator("tbody td").allInnerTexts();
  expect(printed.map((text) => decimal(text))).toEqual(charge.entries.map(({ amount }) => amount));
  await expect(entries.getByRole("row", { name: /^Sum/ })).toContainText("$0.00");
  for (const reference of [id, charge.event, keys[0]?.id, "run-81"])
    await expect(sheet).toContainText(reference as string);

  await page.goBack();
  await expect(sheet).toBeHidden();
  await page.goto(`/transactions?open=${id}`);
  await expect(sheet).toContainText("This charge used");
  await sheet.getByRole("link", { name: "Open this call in Usage" }).click();
  await expect(page.getByRole("dialog", { name: "Call" })).toContainText("$0.193");
});

test("a refund leads to its charge, and back", async ({ page, own }) => {
  await own(STORY);
  await page.goto("/transactions?type=refund");
  await expect(rows(page)).toHaveCount(1);
  await rows(page).getByRole("button").click();
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText(/This refund returned \$0\.015 to the account funds/);
  await expect(sheet).toContainText("The answer was empty");
  await sheet.getByRole("button", { name: "Open the refunded charge" }).click();
  await expect(sheet).toContainText("This charge used");
  await sheet.getByRole("button", { name: "Open the refund" }).click();
  await expect(sheet).toContainText("This refund returned");
});

test("types, days and keys narrow the list, and the address says how", async ({ page, own }) => {
  const { keys } = await own(STORY);
  await page.goto("/transactions");
  await expect(rows(page)).toHaveCount(6);
  await page.getByRole("button", { name: /^Type:/ }).click();
  await page.getByRole("menuitemcheckbox", { name: "Grant" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Refund" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/type=refund,grant|type=refund%2Cgrant/);
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows(page)).toHaveCount(6);

  await page.getByRole("combobox", { name: "Key" }).click();
  await page.getByRole("option", { name: /^Staging/ }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("gpt-4.1");
  expect(new URL(page.url()).searchParams.get("key")).toBe(keys[1]?.id);

  const day = (ago: number) => new Date(Date.now() - ago * DAY * 60_000).toISOString().slice(0, 10);
  await page.goto(`/transactions?from=${day(18)}&to=${day(17)}`);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("Top-up of $40");
});

test("a call is found by each of its references", async ({ page, own, read }) => {
  const { keys } = await own(STORY);
  const key = keys[0]?.key as string;
  const { data } = await read<List>("/v1/transactions?type=deduction", key);
  const { id } = data.at(-1) as Transaction;
  const charge = await read<Transaction>(`/v1/transactions/${id}`, key);
  const event = await read<{ hold: { id: string } }>(`/v1/usage/events/${charge.event}`, key);
  const gift = charge.entries.find(({ grant }) => grant)?.grant?.id;
  await page.goto("/transactions");
  const field = page.getByRole("textbox", { name: "Search by reference" });
  for (const reference of [id, charge.event, event.hold.id, "step-2:end", "run-81"]) {
    await field.fill(reference as string);
    await field.press("Enter");
    await expect(page).toHaveURL(new RegExp(`search=${reference}`));
    await expect(rows(page).filter({ hasText: "−$0.193" }), `by ${reference}`).toHaveCount(1);
    await expect(rows(page).filter({ hasText: "gpt-4.1" }), `by ${reference}`).toHaveCount(0);
  }
  await field.fill(gift as string);
  await field.press("Enter");
  await expect(rows(page).filter({ hasText: "A gift" })).toHaveCount(1);
  await field.fill("txn_nothing");
  await field.press("Enter");
  await expect(page.getByText("No transaction has the reference “txn_nothing”.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(rows(page)).toHaveCount(6);
});

test("the file has what the list shows, as the API has it", async ({ page, own, api }) => {
  const { keys } = await own(STORY);
  await page.goto("/transactions?type=deduction,refund");
  await expect(rows(page)).toHaveCount(4);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("transactions.csv");
  const text = readFileSync(await file.path(), "utf8");
  const answer = await api("GET", "/v1/transactions.csv?type=deduction,refund", { as: keys[0]?.key as string });
  // The portal's files begin with a byte order mark, for Excel.
  expect(text).toBe(`\uFEFF${answer.text}`);
  const records = parse(text, { bom: true, columns: true }) as CsvRow[];
  const shown = await Promise.all((await rows(page).all()).map(amounts));
  const written = records.map((record) => [record.amount_usd, record.balance_after_usd]);
  expect(written.sort()).toEqual(shown.map(([amount, after]) => [amount, after]).sort());
});
