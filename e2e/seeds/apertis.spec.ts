/** Apertis' page, as a new customer sees it in the browser; all other browser tests show its demo. */
import { expect, test } from "../fixtures";
import { walk } from "./walk";

test("a new customer can open every page of Apertis", async ({ page, own }) => {
  await own();
  const paths = (await walk(page)).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["/billing/add-funds", "/billing/subscription", "/keys"]));
});
