import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type APIResponse, test as base, expect, type Page } from "@playwright/test";
import { startOrganizationMaker, type Tell } from "./organization-maker";
import type { Story, Told } from "./story";

type Facts = { url: string; signIn: string; gatewaySecret: string; customerKey: string; organization: string };
type Answer = { status: number; text: string };
/** `as` is the credential: the gateway's secret when left out. */
export type Api = (method: string, path: string, options?: { body?: unknown; as?: string }) => Promise<Answer>;
/** A JSON answer of the API, read with the customer's own key. */
type Read = <T>(path: string, as: string) => Promise<T>;
type Fixtures = {
  facts: Facts;
  api: Api;
  read: Read;
  demo: Page;
  own: (story?: Story) => Promise<Told>;
  expected: RegExp | undefined;
};
type WorkerFixtures = { tell: Tell };

const SESSION = "authjs.session-token";
const DEMO = process.env.DEMO_JSON ?? ".tollgate/demo.json";
const facts = JSON.parse(readFileSync(DEMO, "utf8")) as Facts;

/** Every page is watched: an error in the console or a request to another host fails the test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  facts: async ({ browserName: _ }, use) => use(facts),

  tell: [
    async ({ browserName: _ }, use) => {
      const maker = startOrganizationMaker();
      await use(maker.tell);
      await maker.close();
    },
    { scope: "worker" },
  ],

  api: async ({ request }, use) => {
    await use(async (method, path, { body, as = facts.gatewaySecret } = {}) => {
      const answer = await request.fetch(path, {
        method,
        headers: {
          authorization: `Bearer ${as}`,
          ...(method === "POST" && { "idempotency-key": randomUUID() }),
        },
        ...(body !== undefined && { data: body }),
      });
      return { status: answer.status(), text: await answer.text() };
    });
  },

  read: async ({ api }, use) => {
    await use(async (path, as) => {
      const { status, text } = await api("GET", path, { as });
      expect(status, text).toBe(200);
      return JSON.parse(text);
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

  /** A page of the demo's user, who is signed in. The demo is for all tests, so none changes it. */
  demo: async ({ page, context, tell, baseURL }, use) => {
    const { session } = await tell({ email: facts.signIn });
    await context.addCookies([{ name: SESSION, value: session, url: baseURL as string }]);
    await use(page);
  },

  /** Opens an organization of the test's own, in which the test's browser is signed in. */
  own: async ({ context, tell, baseURL }, use) => {
    await use(async (story = {}) => {
      const told = await tell({ story });
      await context.addCookies([{ name: SESSION, value: told.session, url: baseURL as string }]);
      return told;
    });
  },
});

export { expect, type Page };

/** What the portal reads for the organization that a page shows. */
export function dataOf(page: Page, what: string): Promise<APIResponse> {
  const organization = new URL(page.url()).pathname.split("/")[2];
  return page.request.get(`/o/${organization}/data/${what}`);
}

/** A call as a gateway makes it: a hold and its settlement. */
export async function call(api: Api, key: string, tokens: { input: number; output: number }): Promise<void> {
  const quantities = { input_token: tokens.input, output_token: tokens.output };
  const held = await api("POST", "/v1/holds", { body: { key, endpoint: "chat", model: "gpt-4o", quantities } });
  expect(held.status, held.text).toBe(201);
  const { id } = JSON.parse(held.text) as { id: string };
  const settled = await api("POST", `/v1/holds/${id}/settle`, { body: { quantities } });
  expect(settled.status, settled.text).toBe(200);
}
