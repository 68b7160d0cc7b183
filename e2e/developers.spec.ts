import { execFileSync } from "node:child_process";
import { cells } from "./figures";
import { expect, test } from "./fixtures";

type Balance = { available: string };
type Quote = { cost: string; lines: { amount: string }[] };
type Prices = { prices: { model: string }[] };

test("the code sample runs as it stands with the reader's own key", async ({ demo, read, facts }) => {
  await demo.goto("/developers");
  const program = demo.getByRole("region", { name: "Code sample" });
  await expect(program).toContainText("sk_…");
  await demo.getByRole("button", { name: "Python" }).click();
  await expect(program).toContainText("urllib");
  await demo.getByRole("button", { name: "curl" }).click();
  await demo.getByRole("textbox", { name: "Your API key" }).fill(facts.customerKey);
  await expect(program).toContainText(facts.customerKey);
  expect(demo.url(), "the key stays out of the address").not.toContain(facts.customerKey);
  const answer = execFileSync("sh", ["-c", await program.innerText()], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { available } = await read<Balance>("/v1/balance", facts.customerKey);
  expect((JSON.parse(answer) as Balance).available).toBe(available);
});

test("the calculator shows the gate's own quote", async ({ demo, api, facts }) => {
  await demo.goto("/developers/prices?endpoint=chat&model=gpt-4.1");
  const result = demo.getByRole("region", { name: "Price of this call" });
  await expect(result.getByRole("table")).toBeVisible();
  await demo.getByRole("textbox", { name: "Number of input tokens" }).fill("123456");
  await demo.getByRole("textbox", { name: "Number of output tokens" }).fill("7890");
  const body = { endpoint: "chat", model: "gpt-4.1", quantities: { input_token: 123_456, output_token: 7_890 } };
  const { status, text } = await api("POST", "/v1/quotes", { body, as: facts.customerKey });
  expect(status, text).toBe(200);
  const quote = JSON.parse(text) as Quote;
  await expect(result.getByText(`$${quote.cost}`).first()).toBeVisible();
  for (const { amount } of quote.lines) await expect(result.getByRole("table")).toContainText(`$${amount}`);
  await expect(result).toContainText("You can pay for this call now");
  await demo.getByRole("textbox", { name: "Number of output tokens" }).fill("900000000");
  await expect(result).toContainText("You cannot pay for this call now");
});

test("the errors page has the meaning of every error of the contract, and what to do", async ({ demo, request }) => {
  const contract = await (await request.get("/openapi.json")).text();
  await demo.goto("/developers/errors");
  const rows = await cells(demo.getByRole("table").first());
  const codes = rows.map(([, code]) => code ?? "");
  for (const code of ["unauthenticated", "key_limit_exceeded", "validation_failed", "overloaded"]) {
    expect(codes).toContain(code);
    expect(contract).toContain(code);
  }
  for (const row of rows) for (const cell of row) expect(cell).not.toBe("");
});

test("the price list is the API's, can be searched, and leads to the calculator", async ({ demo, read, facts }) => {
  const { prices } = await read<Prices>("/v1/prices", facts.customerKey);
  await demo.goto("/developers/prices");
  const listed = demo.getByRole("table").filter({ hasText: "What $5.00 buys" }).locator("tbody");
  await expect(listed).toHaveCount(prices.length);
  for (const { model } of prices) await expect(listed.filter({ hasText: `· ${model}` }).first()).toBeVisible();
  await demo.getByRole("searchbox", { name: "Search" }).fill("claude");
  await expect(listed).toHaveCount(1);
  await listed.getByRole("link", { name: /^Calculate/ }).click();
  await expect(demo.getByRole("combobox", { name: "Model" })).toHaveValue("claude-sonnet-4-5");
});

test("the reference has every route of the contract", async ({ demo, request }) => {
  const { paths } = (await (await request.get("/openapi.json")).json()) as { paths: Record<string, object> };
  await demo.goto("/developers/reference");
  const main = demo.getByRole("main");
  for (const path of Object.keys(paths).filter((one) => one.startsWith("/v1/"))) await expect(main).toContainText(path);
});
