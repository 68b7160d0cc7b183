import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { test as base, expect, type Page } from "@playwright/test";

type Facts = { url: string; gatewaySecret: string; customerKey: string; organization: string };
type Answer = { status: number; text: string };
type Api = (method: string, path: string, options?: { body?: unknown; as?: "gateway" | "customer" }) => Promise<Answer>;
type Fixtures = { facts: Facts; api: Api; portal: Page; expected: RegExp | undefined };

const DEMO = process.env.DEMO_JSON ?? ".tollgate/demo.json";

/** Every page is watched: an error in the console or a request to another host fails the test. */
export const test = base.extend<Fixtures>({
  facts: async ({ browserName: _ }, use) => {
    await use(JSON.parse(readFileSync(DEMO, "utf8")) as Facts);
  },

  api: async ({ request, facts }, use) => {
    await use(async (method, path, { body, as = "gateway" } = {}) => {
      const answer = await request.fetch(path, {
        method,
        headers: {
          authorization: `Bearer ${as === "gateway" ? facts.gatewaySecret : facts.customerKey}`,
          ...(method === "POST" && { "idempotency-key": randomUUID() }),
        },
        ...(body !== undefined && { data: body }),
      });
      return { status: answer.status(), text: await answer.text() };
    });
  },

  /** What the console may say in a test that provokes it. */
  expected: [undefined, { option: true }],

  page: async ({ page, baseURL, expected }, use) => {
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !expected?.test(message.text())) faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== new URL(baseURL ?? "").origin) faults.push(`left for ${origin}`);
    });
    await use(page);
    expect(faults).toEqual([]);
  },

  /** The portal's page, signed in as the demo user. */
  portal: async ({ page }, use) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible({ timeout: 15_000 });
    await use(page);
  },
});

export { expect };

/** A call as the demo's gateway makes it: a hold and its settlement. */
export async function call(api: Api, facts: Facts, tokens: { input: number; output: number }): Promise<void> {
  const quantities = { input_token: tokens.input, output_token: tokens.output };
  const held = await api("POST", "/v1/holds", {
    body: { key: facts.customerKey, endpoint: "chat", model: "gpt-4o", quantities },
  });
  expect(held.status, held.text).toBe(201);
  const { id } = JSON.parse(held.text) as { id: string };
  const settled = await api("POST", `/v1/holds/${id}/settle`, { body: { quantities } });
  expect(settled.status, settled.text).toBe(200);
}

/** The exact amount behind what is shown: the number's title. */
export async function exactAmount(page: Page, card: string): Promise<string> {
  const shown = page.getByRole("region", { name: card }).locator("[title]").first();
  return (await shown.getAttribute("title")) ?? "";
}
