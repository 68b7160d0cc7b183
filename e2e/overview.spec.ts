import { amounts, cells, decimal, sum } from "./figures";
import { call, expect, test } from "./fixtures";

type Balance = {
  available: string;
  held: string;
  level: string;
  advice: string;
  plan: { allowance: string; remaining: string } | null;
  prepaid: { purchased: string; promotional: string };
};
type Usage = { totals: { cost: string }; data: { model: string; cost: string }[] };

const DAY_MINUTES = 24 * 60;
/** A dollar of gpt-4o. */
const DOLLAR = { input_token: 400_000 };

test("the Overview says in three seconds what is left, what it is made of and how long it lasts", async ({
  demo,
  read,
  facts,
}) => {
  const balance = await read<Balance>("/v1/balance", facts.customerKey);
  await demo.goto("/");
  const available = demo.getByRole("region", { name: "Available" });
  await expect(available).toContainText(`Normal · ${balance.advice}`);
  const { plan, prepaid, held } = balance;
  const parts = [plan?.remaining, prepaid.promotional, prepaid.purchased, held];
  expect(await amounts(available)).toEqual([balance.available, ...parts]);

  const meter = demo.getByRole("region", { name: /plan$/ }).getByRole("meter");
  await expect(meter).toHaveAttribute("aria-valuetext", /^\$[\d.]+ of \$20\.00$/);
  const runway = demo.getByRole("region", { name: "Runway" });
  await runway.getByText("How this is calculated").click();
  const [, left = "", pace = "", days] =
    /(\$[\d.,]+) available ÷ (\$[\d.,]+) a day = ([\d.,]+) days/.exec(await runway.innerText()) ?? [];
  expect(decimal(left)).toBe(balance.available);
  expect(Number(days)).toBeCloseTo(Number(balance.available) / Number(decimal(pace)), 1);
  await expect(runway).toContainText(`about ${Math.floor(Number(days))} days`, { ignoreCase: true });
});

test("the spend of 30 days equals the API's, model by model, and the chart has a table with the same numbers", async ({
  demo,
  read,
  facts,
}) => {
  await demo.goto("/");
  const spend = demo.getByRole("region", { name: "Spend in the last 30 days" });
  await expect(spend.getByRole("figure")).toBeVisible();
  const today = new Date().toISOString().slice(0, 10);
  const from = new Date(Date.parse(today) - 29 * DAY_MINUTES * 60_000).toISOString().slice(0, 10);
  const usage = await read<Usage>(`/v1/usage?from=${from}&groupBy=model&timezone=UTC`, facts.customerKey);
  for (const { model, cost } of usage.data) {
    const row = spend.getByRole("row").filter({ has: demo.getByRole("cell", { name: model, exact: true }) });
    expect((await amounts(row))[0], model).toBe(cost);
  }
  await spend.getByRole("button", { name: "Table" }).click();
  await expect(spend.getByRole("columnheader", { name: "Cost" })).toBeVisible();
  const days = await cells(spend.getByRole("table"));
  expect(days).toHaveLength(30);
  expect(sum(days.map(([, , cost]) => decimal(cost ?? "")))).toBe(usage.totals.cost);
});

test("a call makes the balance fall on the open page, and is the latest transaction", async ({
  page,
  own,
  api,
  read,
}) => {
  const { keys } = await own({ steps: [{ grant: "50.00" }] });
  const key = keys[0]?.key as string;
  await page.goto("/");
  const shown = page.getByTestId("available").locator("[title]");
  const before = await read<Balance>("/v1/balance", key);
  await expect(shown).toHaveAttribute("title", new RegExp(`^\\$${before.available}(\\.00)?$`));
  await call(api, key, { input: 20_000, output: 3_000 });
  const after = await read<Balance>("/v1/balance", key);
  expect(after.available).not.toBe(before.available);
  await expect.poll(async () => decimal((await shown.getAttribute("title")) ?? "")).toBe(after.available);
  const latest = page.getByRole("region", { name: "Latest transactions" });
  await expect(latest.getByRole("row").nth(1)).toContainText("gpt-4o");
  await expect(latest.getByRole("row").nth(1)).toContainText("−$0.08");
});

test("the banner appears on the open page as levels are crossed", async ({ page, own, api, read }) => {
  const { keys } = await own({ steps: [{ grant: "21.00" }] });
  const key = keys[0]?.key as string;
  await page.goto("/");
  const banner = page.getByRole("region", { name: "Balance level" });
  await expect(page.getByTestId("available")).toBeVisible();
  await expect(banner).toBeHidden();
  for (const [dollars, word] of [
    [2, "Low"],
    [14, "Warning"],
    [2, "Critical"],
  ] as const) {
    const quantities = { input_token: dollars * DOLLAR.input_token };
    const charged = await api("POST", "/v1/charges", { body: { key, endpoint: "chat", model: "gpt-4o", quantities } });
    expect(charged.status, charged.text).toBe(201);
    const { advice, available } = await read<Balance>("/v1/balance", key);
    await expect(banner).toContainText(`${word}: $${Number(available).toFixed(2)} left`);
    await expect(banner).toContainText(advice);
  }
  await banner.getByRole("link", { name: "Add funds" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Billing" })).toBeVisible();
  await expect(banner).toContainText("Critical");
});

test.describe("a page whose stream is cut", () => {
  test.use({ expected: /ERR_FAILED|ERR_INCOMPLETE_CHUNKED_ENCODING/ });

  test("requests the balance instead", async ({ page, own, api, read }) => {
    const { keys } = await own({ steps: [{ grant: "50.00" }] });
    const key = keys[0]?.key as string;
    let opened = 0;
    await page.route("**/v1/balance/stream?*", (route) => {
      opened += 1;
      // The first one opens and breaks off; no later one comes through.
      if (opened > 1) return route.abort();
      return route.fulfill({ contentType: "text/event-stream", body: "retry: 50\n\n" });
    });
    await page.goto("/");
    await expect.poll(() => opened).toBeGreaterThan(1);
    await call(api, key, { input: 20_000, output: 3_000 });
    const { available } = await read<Balance>("/v1/balance", key);
    const shown = page.getByTestId("available").locator("[title]");
    await expect.poll(async () => decimal((await shown.getAttribute("title")) ?? "")).toBe(available);
  });
});

test("the Overview names keys near their limit, with their use of which limit", async ({ page, own }) => {
  await own({
    keys: [
      { name: "Nearly", limits: { day: "1.00" } },
      { name: "Far", limits: { day: "10.00" } },
      { name: "Full", limits: { total: "1.00" } },
    ],
    steps: [
      { grant: "50.00" },
      { model: "gpt-4o", quantities: { input_token: 360_000 }, key: 0 },
      { model: "gpt-4o", quantities: { input_token: 400_000 }, key: 1 },
      { model: "gpt-4o", quantities: { input_token: 400_000 }, key: 2 },
    ],
  });
  await page.goto("/");
  const keys = page.getByRole("region", { name: "Keys near their limit" });
  await expect(keys.getByRole("listitem")).toHaveCount(2);
  await expect(keys.getByRole("listitem").filter({ hasText: "Nearly today" })).toContainText("$0.90 of $1.00");
  await expect(keys.getByRole("meter", { name: "Nearly, today: share of the limit used" })).toHaveAttribute(
    "aria-valuetext",
    "90 % used",
  );
  await expect(keys.getByRole("listitem").filter({ hasText: "Full in total" })).toContainText("Limit reached");
  await keys.getByRole("link", { name: "All keys" }).click();
  await expect(page.getByRole("row").filter({ hasText: /Far/ })).toContainText("$1.00 of $10.00");
});
