/** Two organizations of one person, each in a tab of its own: what a tab shows is what its buttons act on. */
import { randomUUID } from "node:crypto";
import { dataOf, expect, type Page, test } from "./fixtures";
import { linkInMail } from "./mail";
import type { Told } from "./story";

type Tell = (story?: object) => Promise<Told>;

/** The first is the browser's by then, as it was opened last. */
async function two(own: Tell): Promise<{ first: Told; second: Told }> {
  const email = `${randomUUID()}@tests.example`;
  const people = [{ name: "Ada", role: "owner", email }];
  const second = await own({ people, steps: [{ grant: "22.00" }] });
  return { second, first: await own({ people, steps: [{ grant: "11.00" }] }) };
}

const switcher = (page: Page, { name }: Told) => page.getByRole("button", { name: `Organization: ${name}` });

async function switchTo(page: Page, from: Told, to: Told): Promise<void> {
  await switcher(page, from).click();
  await page.getByRole("menuitemradio", { name: to.name }).click();
  await expect(switcher(page, to)).toBeVisible();
}

test.setTimeout(120_000);

test("a tab acts for the organization that it shows, whichever another tab switches to", async ({
  page,
  context,
  own,
}) => {
  const { first, second } = await two(own);
  await page.goto(`/o/${first.organization}/team`);
  const other = await context.newPage();
  await other.goto(`/o/${first.organization}`);
  await switchTo(other, first, second);
  await expect(other).toHaveURL(new RegExp(`/o/${second.organization}$`));

  await page.bringToFront();
  const guest = `${randomUUID()}@tests.example`;
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("Email address").fill(guest);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByRole("region", { name: "Invitations" })).toContainText(guest);
  expect(await (await dataOf(page, "invitations")).text()).toContain(guest);
  expect(await (await dataOf(other, "invitations")).text()).not.toContain(guest);
  await other.goto(await linkInMail(other, guest, /invite/i));
  await expect(other.getByRole("heading", { level: 1, name: `Join ${first.name}` })).toBeVisible();

  await page.goto(`/o/${first.organization}/billing/add-funds`);
  await other.goto(`/o/${second.organization}`);
  await page.bringToFront();
  await page.getByLabel("Amount in USD").fill("25");
  await page.getByRole("button", { name: "Add $25.00" }).click();
  await expect(page.getByRole("button", { name: "Pay $25.00" })).toBeVisible();
  await page.goBack();
  expect(await (await dataOf(page, "payments")).text()).toContain('"amount":"2500"');
  expect(await (await dataOf(other, "payments")).text()).not.toContain('"amount":"2500"');
});

test("each tab follows the balance of its own organization", async ({ page, context, own, api }) => {
  const { first, second } = await two(own);
  const other = await context.newPage();
  await page.goto(`/o/${first.organization}`);
  await other.goto(`/o/${second.organization}`);
  const available = (of: Page) => of.getByTestId("available").locator("[title]");
  await expect(available(page)).toHaveAttribute("title", "$11.00");
  await expect(available(other)).toHaveAttribute("title", "$22.00");
  const quantities = { input_token: 0, output_token: 100_000 };
  for (const [told, left, of] of [
    [second, "$21.00", other],
    [first, "$10.00", page],
  ] as const) {
    const body = { key: told.keys[0]?.key, endpoint: "chat", model: "gpt-4o", quantities };
    expect((await api("POST", "/v1/charges", { body })).status).toBe(201);
    await expect(available(of)).toHaveAttribute("title", left);
  }
  await expect(available(other)).toHaveAttribute("title", "$21.00");
});

test("an address without an organization leads to the last used one, and Back agrees with what is shown", async ({
  page,
  own,
}) => {
  const { first, second } = await two(own);
  await page.goto(`/o/${second.organization}/keys`);
  await expect(switcher(page, second)).toBeVisible();
  await page.goto("/usage?r=7d&m=gpt-4o");
  await expect(page).toHaveURL(new RegExp(`/o/${second.organization}/usage\\?r=7d&m=gpt-4o$`));
  await switchTo(page, second, first);
  await page.goto("/usage?r=7d");
  await expect(page).toHaveURL(new RegExp(`/o/${first.organization}/usage\\?r=7d$`));
  await page.goto(`/o/${second.organization}/billing`);
  await page.goBack();
  await expect(switcher(page, first)).toBeVisible();
  await expect(page.getByRole("link", { name: "Usage" }).first()).toHaveAttribute(
    "href",
    `/o/${first.organization}/usage`,
  );
});

test.describe("another tenant's organization", () => {
  test.use({ expected: /404/ });

  test("is a page that does not exist, and its data are not found", async ({ page, own }) => {
    const other = await own();
    const mine = await own();
    for (const place of ["", "/usage", "/team", "/billing/return?payment=x"]) {
      const answer = await page.goto(`/o/${other.organization}${place}`);
      expect(answer?.status(), place).toBe(404);
      await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
      expect(await page.content()).not.toContain(other.name);
    }
    for (const what of ["balance", "transactions", "keys", "invitations"]) {
      expect((await page.request.get(`/o/${other.organization}/data/${what}`)).status()).toBe(404);
      expect((await page.request.get(`/o/${mine.organization}/data/${what}`)).status()).toBe(200);
    }
    for (const file of ["transactions.csv", "usage/events.csv", "audit.csv"]) {
      expect((await page.request.get(`/o/${other.organization}/${file}`)).status()).toBe(404);
    }
    await page.getByRole("link", { name: "Go to the overview" }).click();
    await expect(switcher(page, mine)).toBeVisible();
  });
});

test("a tab whose address is another organization's changes nothing, says what it shows and offers both", async ({
  page,
  own,
}) => {
  const { first, second } = await two(own);
  await page.goto(`/o/${first.organization}/team`);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("Email address").fill("guest@tests.example");
  // The action goes to the address that the tab has, while its form is still the page's.
  await page.route("**/o/**", (route, request) =>
    request.method() === "POST"
      ? route.continue({ url: request.url().replace(first.organization, second.organization) })
      : route.continue(),
  );
  await page.getByRole("button", { name: "Send invitation" }).click();
  const dialog = page.getByRole("dialog", { name: `This page shows ${first.name}` });
  await expect(dialog).toContainText("nothing was changed");
  await expect(dialog.getByRole("button", { name: `Continue in ${first.name}` })).toBeVisible();
  for (const { organization } of [first, second]) {
    const { data } = await (await page.request.get(`/o/${organization}/data/invitations`)).json();
    expect(data).toEqual([]);
  }
  await dialog.getByRole("button", { name: `Continue in ${second.name}` }).click();
  await expect(switcher(page, second)).toBeVisible();
});
