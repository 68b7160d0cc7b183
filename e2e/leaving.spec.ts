/** An organization changes hands, its first owner leaves, and the second one deletes it. */
import { expect, test } from "./fixtures";

// Whoever is out is refused what their open page still asks for.
test.use({ expected: /40[134]/ });

test("an owner hands over and leaves; the new owner deletes what is left, and its key ends at once", async ({
  page,
  own,
  tell,
  api,
  browser,
  baseURL,
}) => {
  const people = [
    { name: "Ada", role: "owner" },
    { name: "Bo", role: "admin" },
  ] as const;
  const { name, keys, emails } = await own({ people: [...people], steps: [{ grant: "7.50" }] });
  const key = keys[0]?.key as string;
  const bo = await browser.newContext({ ...(baseURL && { baseURL }) });
  const { session } = await tell({ email: emails[1] as string });
  await bo.addCookies([{ name: "authjs.session-token", value: session, url: baseURL as string }]);
  const second = await bo.newPage();

  await test.step("before that, an admin is offered to leave and not to delete", async () => {
    await second.goto("/settings");
    await expect(second.getByRole("button", { name: "Leave", exact: true })).toBeVisible();
    await expect(second.getByRole("button", { name: "Delete", exact: true })).toHaveCount(0);
  });

  await test.step("the owner hands over, and may leave from then on", async () => {
    await page.goto("/settings");
    await expect(page.getByRole("button", { name: "Leave", exact: true })).toHaveCount(0);
    await page.getByRole("button", { name: "Hand over", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("New owner").selectOption({ label: `Bo (${emails[1]})` });
    await dialog.getByRole("button", { name: "Hand over" }).click();
    await expect(page.getByText(`${name} has a new owner`)).toBeVisible();
    await page.getByRole("button", { name: "Leave", exact: true }).click();
    await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "Leave" }).click();
    await expect(page.getByRole("alertdialog").or(page.getByRole("dialog"))).toBeHidden();
    await expect(page.getByRole("button", { name: `Organization: ${name}` })).toHaveCount(0);
  });

  await test.step("the new owner says what is forfeited, types the name, and it is gone", async () => {
    await second.goto("/settings");
    await second.getByRole("button", { name: "Delete", exact: true }).click();
    const dialog = second.getByRole("dialog");
    await expect(dialog).toContainText("$7.50 of credit is forfeited");
    await dialog.getByLabel(/to confirm$/).fill("Something else");
    await dialog.getByRole("checkbox", { name: /Forfeit/ }).click();
    await dialog.getByRole("button", { name: "Delete for ever" }).click();
    await expect(dialog).toContainText("This is not its name.");
    await dialog.getByLabel(/to confirm$/).fill(name);
    expect((await api("GET", "/v1/balance", { as: key })).status).toBe(200);
    await dialog.getByRole("button", { name: "Delete for ever" }).click();
    // An open dialog hides what is behind it, so its end comes first.
    await expect(dialog).toBeHidden();
    await expect(second.getByRole("button", { name: `Organization: ${name}` })).toHaveCount(0);
    expect((await api("GET", "/v1/balance", { as: key })).status).toBe(401);
  });
  await bo.close();
});
