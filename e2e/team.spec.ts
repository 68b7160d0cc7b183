/** Three people in three browsers: who may what, a key that may spend $5 a day, and who did what afterwards. */
import { randomUUID } from "node:crypto";
import type { Browser } from "@playwright/test";
import { type Api, dataOf, expect, type Page, test } from "./fixtures";
import { joinByMail } from "./mail";

// A removed member's open page is refused.
test.use({ expected: /40[13]/ });
test.setTimeout(180_000);

const someone = () => `${randomUUID()}@people.example`;

/** Another person at another computer. */
async function otherBrowser(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return context.newPage();
}

async function invite(owner: Page, email: string, role: string): Promise<void> {
  await owner.getByRole("button", { name: "Invite" }).click();
  await owner.getByLabel("Email address").fill(email);
  await owner.getByLabel("Role", { exact: true }).selectOption({ label: role });
  await owner.getByRole("button", { name: "Send invitation" }).click();
  await expect(owner.getByRole("region", { name: "Invitations" })).toContainText(email);
}

/** The secret that is shown once; it is copied, so closing asks nothing. */
async function takeSecret(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog");
  const secret = (await dialog.locator("[data-secret]").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Copy key" }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return secret;
}

async function openKey(page: Page, name: string): Promise<void> {
  await page.goto("/keys");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

type Stage = {
  owner: Page;
  developer: Page;
  viewer: Page;
  organization: string;
  developerEmail: string;
  viewerEmail: string;
  api: Api;
};

async function join({ owner, developer, viewer, organization, developerEmail, viewerEmail }: Stage): Promise<void> {
  await test.step("the owner invites both, and they join by the links in their mails", async () => {
    await owner.goto("/team");
    await invite(owner, developerEmail, "Developer");
    await invite(owner, viewerEmail, "Viewer");
    await joinByMail(developer, developerEmail, organization);
    await joinByMail(viewer, viewerEmail, organization);
    await owner.reload();
    await expect(owner.getByRole("region", { name: "Members" }).getByRole("row")).toHaveCount(4);
    await expect(owner.getByRole("region", { name: "Invitations" })).toBeHidden();
  });
}

/** Answers the secret of the developer's key, which has $1 of its day left. */
async function spend({ owner, developer, api }: Stage): Promise<string> {
  const first = await test.step("the developer makes a key of their own, without limits to set", async () => {
    await developer.goto("/keys");
    await developer.getByRole("button", { name: "Create key" }).click();
    await expect(developer.getByText("Owners and admins can set what a key may spend and call.")).toBeVisible();
    await expect(developer.getByLabel("Per day")).toBeHidden();
    await developer.getByLabel("Name").fill("ci");
    await developer.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
    return takeSecret(developer);
  });

  await test.step("the owner gives it $5 a day", async () => {
    await openKey(owner, "ci");
    await owner.getByRole("button", { name: "Set limits" }).click();
    await owner.getByLabel("Per day").fill("5");
    await owner.getByRole("dialog").getByRole("button", { name: "Set limits" }).click();
    await expect(owner.getByRole("region", { name: "Limits" })).toContainText("$0.00 of $5.00");
  });

  await test.step("calls run until the day's $5 are spent, and not beyond", async () => {
    // $10 for a million tokens of output: $2 a call.
    const body = { key: first, endpoint: "chat", model: "gpt-4o", quantities: { output_token: 200_000 } };
    const answers = [];
    for (let calls = 0; calls < 3; calls += 1) answers.push(await api("POST", "/v1/charges", { body }));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 402]);
    expect(answers[2]?.text).toContain("key_limit_exceeded");
    await expect(owner.getByRole("region", { name: "Limits" })).toContainText("$4.00 of $5.00");
    await expect(owner.getByRole("region", { name: "Latest calls" }).getByRole("row")).toHaveCount(3);
  });
  return first;
}

async function look({ viewer }: Stage): Promise<void> {
  await test.step("the viewer sees it all and may change nothing", async () => {
    await openKey(viewer, "ci");
    await expect(viewer.getByRole("region", { name: "Limits" })).toContainText("$4.00 of $5.00");
    for (const name of ["Set limits", "Edit", "Rotate", "Revoke"]) {
      await expect(viewer.getByRole("button", { name })).toBeHidden();
    }
    await viewer.goto("/keys");
    await expect(viewer.getByText("Owners, admins and developers can create keys.")).toBeVisible();
    await expect(viewer.getByRole("button", { name: "Create key" })).toBeHidden();
    await viewer.goto("/team");
    await expect(viewer.getByRole("button", { name: "Invite" })).toBeHidden();
    await expect(viewer.getByRole("button", { name: /^Manage/ })).toBeHidden();
    await viewer.goto("/settings/audit");
    await expect(viewer.getByText("Your role does not give you access to the audit log.")).toBeVisible();
    expect((await dataOf(viewer, "audit")).status()).toBe(403);
  });
}

async function end({ owner, developer, developerEmail, api }: Stage, first: string): Promise<void> {
  const status = async (secret: string) => (await api("GET", "/v1/balance", { as: secret })).status;
  const second = await test.step("the owner rotates the key, and its secret until then is refused", async () => {
    await openKey(owner, "ci");
    await owner.getByRole("button", { name: "Rotate" }).click();
    await owner.getByLabel("Keep the current secret working for").selectOption({ label: "Not at all" });
    await owner.getByRole("button", { name: "Rotate key" }).click();
    const secret = await takeSecret(owner);
    expect(await status(first)).toBe(401);
    expect(await status(secret)).toBe(200);
    return secret;
  });

  await test.step("the owner revokes the key", async () => {
    await owner.getByRole("button", { name: "Revoke" }).click();
    await expect(owner.getByText(/It has made 2 calls since/)).toBeVisible();
    await owner.getByRole("button", { name: "Revoke key" }).click();
    // An open dialog hides what is behind it, so what is hidden says nothing before it is closed.
    await expect(owner.getByRole("dialog")).toBeHidden();
    await expect(owner.getByRole("button", { name: "Rotate" })).toBeHidden();
    expect(await status(second)).toBe(401);
  });

  await test.step("the owner removes the developer, who is out at once", async () => {
    await owner.goto("/team");
    await owner.getByRole("button", { name: `Manage ${developerEmail}` }).click();
    await owner.getByRole("menuitem", { name: "Remove" }).click();
    await expect(owner.getByText("They own no working keys.")).toBeVisible();
    await owner.getByRole("button", { name: "Remove member" }).click();
    await expect(owner.getByRole("region", { name: "Members" })).not.toContainText(developerEmail);
    expect((await dataOf(developer, "balance")).status()).toBe(404);
    await developer.goto("/keys");
    await expect(developer.getByText("but you are not in any organization.")).toBeVisible();
  });
}

async function readLog({ owner, developerEmail, viewerEmail }: Stage): Promise<void> {
  await test.step("the audit log has each step, the latest first", async () => {
    await owner.goto("/settings/audit");
    const log = owner.getByRole("region", { name: "Audit log" });
    const rowOf = (action: string) => log.getByRole("row").filter({ hasText: action }).first();
    const steps = [
      ["Member removed", developerEmail],
      ["Key revoked", "ci"],
      ["Key rotated", "ci"],
      ["Key limits changed", "ci"],
      ["Key created", "ci"],
      ["Member joined", viewerEmail],
      ["Member invited", viewerEmail],
    ] as const;
    for (const [action, object] of steps) await expect(rowOf(action)).toContainText(object);
    await rowOf("Key limits changed").getByRole("button").click();
    await expect(owner.getByRole("dialog")).toContainText("$5.00");
    await owner.getByRole("button", { name: "All entries of this object" }).click();
    await expect(log.getByRole("row")).toHaveCount(5);
    await expect(rowOf("Key created")).toContainText(developerEmail);
  });
}

test("an owner, a developer with $5 a day and a viewer share an organization", async ({
  page: owner,
  context,
  browser,
  baseURL,
  own,
  api,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { name: organization } = await own({ steps: [{ minutesAgo: 60, grant: "100" }] });
  const [developer, viewer] = [await otherBrowser(browser, baseURL), await otherBrowser(browser, baseURL)];
  const [developerEmail, viewerEmail] = [someone(), someone()];
  const stage = { owner, developer, viewer, organization, developerEmail, viewerEmail, api };
  await join(stage);
  const first = await spend(stage);
  await look(stage);
  await end(stage, first);
  await readLog(stage);
  await Promise.all([developer.context().close(), viewer.context().close()]);
});
