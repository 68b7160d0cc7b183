/** The page of Token Packs, as a customer sees it in the browser. */
import { expect, test } from "../fixtures";
import { saying, walk } from "./walk";

/** Credits follow the plan's tokens without a switch. */
const FOREIGN = /PAYG|pay.as.you.go/i;

test("a new customer sees only what Token Packs has, on every page", async ({ page, own }) => {
  await own();
  expect(saying(await walk(page), FOREIGN)).toEqual([]);
});

test("the demo shows only what Token Packs has, on every page", async ({ demo }) => {
  expect(saying(await walk(demo), FOREIGN)).toEqual([]);
});
