import { cells, decimal, sum } from "./figures";
import { expect, type Page, test } from "./fixtures";

type Row = {
  start: string;
  model?: string;
  tag?: string;
  requests: number;
  quantities: Record<string, number>;
  cost: string;
};
type Usage = { starts: string[]; totals: Omit<Row, "start">; data: Row[] };

const DAY_MS = 86_400_000;
const today = () => new Date().toISOString().slice(0, 10);
const shift = (date: string, days: number) => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

const breakdown = (page: Page, title: string) =>
  page.getByRole("region", { name: title, exact: true }).getByRole("table");
/** A list that is chosen from before the page's own code runs is set back by it; the picture is drawn by that code. */
const drawn = (page: Page) => expect(page.getByRole("figure").locator("svg").first()).toBeVisible();
const plain = (text: string | undefined) => Number(text?.replaceAll(",", ""));

for (const [group, name] of [
  ["endpoint", "endpoint"],
  ["model", "model"],
  ["key", "key"],
  ["member", "member"],
  ["tag:project", "project"],
] as const) {
  test(`the figures grouped by ${name} are the API's, and so are those of the week before`, async ({
    demo,
    read,
    facts,
  }) => {
    const to = today();
    await demo.goto(`/usage?r=${shift(to, -7)}..${shift(to, -1)}&g=${group}`);
    const table = breakdown(demo, `Cost by ${name}`);
    await expect(table.getByRole("columnheader", { name: "Before" })).toBeVisible();
    const of = (from: string, until: string) =>
      read<Usage>(`/v1/usage?from=${from}&to=${until}&timezone=UTC&groupBy=${group}`, facts.customerKey);
    const now = await of(shift(to, -7), to);
    const before = await of(shift(to, -14), shift(to, -7));
    const shown = (await cells(table)).map(([, requests, cost]) => `${plain(requests)} ${decimal(cost ?? "")}`);
    expect(shown.sort()).toEqual(now.data.map(({ requests, cost }) => `${requests} ${cost}`).sort());
    const past = (await cells(table)).map((row) => decimal(row[3] ?? ""));
    expect(sum(past)).toBe(before.totals.cost);
  });
}

test("two groups together have the API's figures", async ({ demo, read, facts }) => {
  const to = today();
  await demo.goto(`/usage?r=${shift(to, -7)}..${shift(to, -1)}&g=tag:project&c=false`);
  await drawn(demo);
  await demo.getByRole("combobox", { name: "Second group" }).selectOption("model");
  await expect(demo).toHaveURL(/a=model/);
  const table = breakdown(demo, "Cost by project and model");
  const query = `from=${shift(to, -7)}&to=${to}&timezone=UTC&groupBy=tag:project,model`;
  const { data } = await read<Usage>(`/v1/usage?${query}`, facts.customerKey);
  await expect(table.locator("tbody tr")).toHaveCount(data.length);
  const shown = (await cells(table)).map(([tag, model, , cost]) => `${tag} ${model} ${decimal(cost ?? "")}`);
  expect(shown.sort()).toEqual(data.map(({ tag, model, cost }) => `${tag} ${model} ${cost}`).sort());
});

test("the table of the chart has the API's figures, interval by interval", async ({ demo, read, facts }) => {
  await demo.goto("/usage?r=30d&i=week&c=false&w=table");
  const card = demo.getByRole("region", { name: "Cost over time", exact: true });
  await expect(card.getByRole("columnheader", { name: "gpt-4o", exact: true })).toBeVisible();
  const to = shift(today(), 1);
  const query = `from=${shift(to, -30)}&to=${to}&timezone=UTC&interval=week&groupBy=model`;
  const usage = await read<Usage>(`/v1/usage?${query}`, facts.customerKey);
  const shown = await cells(card.getByRole("table"));
  expect(shown).toHaveLength(usage.starts.length);
  for (const [index, start] of usage.starts.toReversed().entries()) {
    const theirs = usage.data.filter((row) => row.start === start);
    const [, requests, cost, ...models] = shown[index] ?? [];
    expect(plain(requests)).toBe(theirs.reduce((all, row) => all + row.requests, 0));
    expect(decimal(cost ?? "")).toBe(sum(theirs.map((row) => row.cost)));
    expect(sum(models.map(decimal))).toBe(sum(theirs.map((row) => row.cost)));
  }
});

test("the picture says whether it measures cost, requests or a meter", async ({ demo, read, facts }) => {
  const to = shift(today(), 1);
  const usage = await read<Usage>(`/v1/usage?from=${shift(to, -7)}&to=${to}&timezone=UTC`, facts.customerKey);
  await demo.goto("/usage?r=7d&c=false");
  await drawn(demo);
  const measure = demo.getByRole("combobox", { name: "Measure" });
  for (const [choice, total] of [
    ["Requests", usage.totals.requests],
    ["Input tokens", usage.totals.quantities.input_token],
  ] as const) {
    await measure.selectOption(choice);
    const card = demo.getByRole("region", { name: `${choice} over time`, exact: true });
    await expect(card.getByRole("figure", { name: `${choice} over time` })).toBeVisible();
    const shown = await cells(breakdown(demo, `${choice} by model`));
    const values = shown.map((row) => plain(choice === "Requests" ? row[1] : row[2]));
    expect(values.reduce((all, one) => all + one, 0)).toBe(Number(total));
    await expect(card.getByText(Number(total).toLocaleString("en"), { exact: true })).toBeVisible();
  }
  await expect(demo).toHaveURL(/v=input_token/);
});

test("a range is a preset or days of the calendar, cut into intervals that suit it", async ({ demo }) => {
  await demo.goto("/usage");
  const bars = demo.getByRole("figure").getByRole("button");
  await expect(bars).toHaveCount(30);
  await demo.getByRole("group", { name: "Range" }).getByRole("button", { name: "24 h" }).click();
  await expect(bars).toHaveCount(24);
  await demo.getByRole("group", { name: "Range" }).getByRole("button", { name: "90 d" }).click();
  await demo.getByRole("group", { name: "Interval" }).getByRole("button", { name: "Months" }).click();
  await expect(demo).toHaveURL(/r=90d.*i=month|i=month.*r=90d/);
  await expect(bars.first()).toHaveAccessibleName(/^(?!.*\d{1,2}:\d{2})[A-Z][a-z]+ \d{4}: \$/);

  await demo.getByRole("button", { name: "Days", exact: true }).first().click();
  const grid = demo.getByRole("grid").first();
  await expect(grid).toBeVisible();
  await demo.getByRole("button", { name: "Go to the Previous Month" }).click();
  await demo.getByRole("button", { name: / 10th,/ }).click();
  await demo.getByRole("button", { name: / 12th,/ }).click();
  await demo.getByRole("button", { name: "Apply" }).click();
  await expect(demo).toHaveURL(/r=\d{4}-\d{2}-10\.\.\d{4}-\d{2}-12/);
  await demo.getByRole("group", { name: "Interval" }).getByRole("button", { name: "Days" }).click();
  await expect(bars).toHaveCount(3);
});

test("a filter narrows the picture and the log, and can be removed alone", async ({ demo, read, facts }) => {
  await demo.goto("/usage?r=7d&c=false");
  await drawn(demo);
  await demo.getByRole("combobox", { name: "Model" }).selectOption("gpt-4.1");
  await demo.getByRole("combobox", { name: "Key" }).selectOption({ label: "Production" });
  await expect(demo).toHaveURL(/m=gpt-4\.1/);
  const key = new URL(demo.url()).searchParams.get("k") ?? "";
  const to = shift(today(), 1);
  const query = `from=${shift(to, -7)}&to=${to}&timezone=UTC&model=gpt-4.1&key=${key}`;
  const usage = await read<Usage>(`/v1/usage?${query}`, facts.customerKey);
  const table = breakdown(demo, "Cost by model");
  await expect(table.locator("tbody tr")).toHaveCount(1);
  await expect.poll(async () => decimal((await cells(table))[0]?.[2] ?? "")).toBe(usage.totals.cost);
  const log = demo.getByRole("table", { name: "The calls" });
  await expect(log).not.toContainText("gpt-4o");
  await expect(log).not.toContainText("Staging");
  await demo.getByRole("button", { name: "Clear filters" }).click();
  await expect(demo).not.toHaveURL(/[?&][mk]=/);
  await expect(table.locator("tbody tr")).toHaveCount(5);
});

test("a bar narrows to itself, a name to its calls, and there is a way back", async ({ demo }) => {
  await demo.goto("/usage?r=7d");
  const bar = demo.getByRole("figure").getByRole("button").first();
  const [day = "", total = ""] = ((await bar.getAttribute("aria-label")) ?? "").split(/[:,] ?/);
  await bar.click();
  const way = demo.getByRole("navigation", { name: "Selected range" });
  await expect(way).toContainText(day.replace(/^\w+ /, ""));
  const card = demo.getByRole("region", { name: "Cost over time", exact: true });
  await expect(card.getByText(/^\$/).first()).toHaveAttribute("title", total);
  await breakdown(demo, "Cost by model")
    .getByRole("button", { name: /^Show only/ })
    .first()
    .click();
  await expect(demo).toHaveURL(/[?&]m=/);
  await way.getByRole("button", { name: "Back to Last 7 days" }).click();
  await expect(way).toBeHidden();
  await expect(demo.getByRole("button", { name: "7 d", pressed: true })).toBeVisible();
  await demo.goBack();
  await expect(way).toBeVisible();
});

test("a link shows the same picture in another browser", async ({ demo, browser, context }) => {
  await demo.goto("/usage?r=30d&i=week&g=key&v=requests&w=table&m=gpt-4o");
  const table = demo.getByRole("region", { name: "Requests over time", exact: true }).getByRole("table");
  await expect(table.getByRole("columnheader", { name: "Production" })).toBeVisible();
  const week = table.getByRole("button").nth(1);
  const name = (await week.textContent()) ?? "";
  await week.click();
  await expect(demo.getByRole("navigation", { name: "Selected range" })).toBeVisible();
  const picture = async (page: Page) => {
    await expect(page.getByRole("region", { name: "Requests by key" }).getByRole("table")).toBeVisible();
    await expect(page.getByRole("table", { name: "The calls" })).toContainText("gpt-4o");
    return page.getByRole("main").ariaSnapshot();
  };
  // The days of that week are in the place of the weeks.
  await expect(table.getByRole("button", { name, exact: true })).toBeHidden();
  const other = await browser.newContext({ storageState: await context.storageState() });
  const page = await other.newPage();
  await page.goto(demo.url());
  await expect(async () => expect(await picture(page)).toBe(await picture(demo))).toPass({ timeout: 15_000 });
  await other.close();
});
