/** The setting that keeps schemas from making code is made where zod looks for it. */
import "@/instrumentation-client";
import { expect, test } from "vitest";
import { config } from "zod/v4/core";

test("no schema makes code from text in the browser", () => {
  expect(config().jitless).toBe(true);
});
