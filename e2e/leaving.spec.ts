/** An organization is handed over, left and deleted, each by who may, and what was said happens. */
import { expect, type Page, test } from "./fixtures";

const leaving = (page: Page) => page.getByRole("region", { name: "Ownership and leaving" });
const SESSION = "authjs.session-token";

test("an owner hands the organization over, and then may leave it", async ({ page, own, tell, context, baseURL }) => {
  const { name, emails } = await own({
    people: [
      { name: "Olga", role: "owner" },
      { name: "Adam", role: "admin" },
    ],
  });
  await page.goto("/settings");
  await expect(leaving(page).getByRole("button", { name: "Leave" })).toHaveCount(0);
  await leaving(page).getByRole("button", { name: "Transfer" }).click();
  const handing = page.getByRole("dialog", { name: `Transfer ${name}` });
  await expect(handing.getByLabel("New owner")).toContainText("Adam");
  await handing.getByRole("button", { name: "Transfer ownership" }).click();
  await expect(page.getByText(`${name} has a new owner`).first()).toBeVisible();
  await expect(leaving(page).getByRole("button", { name: "Delete" })).toHaveCount(0);

  await leaving(page).getByRole("button", { name: "Leave" }).click();
  const sure = page.getByRole("dialog", { name: `Leave ${name}?` });
  await sure.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("button", { name: `Organization: ${name}` })).toHaveCount(0);
  await expect(page).not.toHaveURL(/settings/);

  const { session } = await tell({ email: emails[1] as string });
  await context.clearCookies();
  await context.addCookies([{ name: SESSION, value: session, url: baseURL as string }]);
  await page.goto("/team");
  const members = page.getByRole("region", { name: "Members" });
  await expect(members.getByRole("row").filter({ hasText: "Adam" })).toContainText(/You.*Owner/s);
  await expect(members).not.toContainText("Olga");
});

test("an organization is deleted only by its own name, after the owner agrees to what is forfeited", async ({
  page,
  own,
  api,
}) => {
  const { name, keys } = await own({ steps: [{ grant: "5.00" }] });
  const key = keys[0]?.key as string;
  expect((await api("GET", "/v1/balance", { as: key })).status).toBe(200);
  await page.goto("/settings");
  await leaving(page).getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete ${name}?` });
  await expect(dialog).toContainText("You forfeit $5.00, without a refund");
  await dialog.getByRole("checkbox").check();
  await dialog.getByLabel(/to confirm/).fill(`${name} or not`);
  await dialog.getByRole("button", { name: "Delete permanently" }).click();
  await expect(dialog.getByText("This is not the name of the organization.")).toBeVisible();
  expect((await api("GET", "/v1/balance", { as: key })).status).toBe(200);
  await dialog.getByLabel(/to confirm/).fill(name);
  await dialog.getByRole("button", { name: "Delete permanently" }).click();
  await expect(page).not.toHaveURL(/settings/);
  expect((await api("GET", "/v1/balance", { as: key })).status).toBe(401);
});
