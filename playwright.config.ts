import { defineConfig } from "@playwright/test";
import { launchOptions } from "./scripts/browser.mjs";

// A catalogue that is not the default is walked by its own file alone; all other tests are written for the default.
const seed = process.env.CATALOGUE ?? "apertis";
const files = seed === "apertis" ? ["*.spec.ts", "seeds/apertis.spec.ts"] : [`seeds/${seed}.spec.ts`];

/** `npm test` starts a server of its own and names it; alone, the tests use the one that `npm start` runs. */
export default defineConfig({
  testDir: "e2e",
  testMatch: files.map((file) => `**/e2e/${file}`),
  outputDir: ".tollgate/e2e",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // A machine that builds something beside this is slow, not broken.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? ".tollgate/e2e.json" }]],
  use: {
    baseURL: process.env.E2E_URL ?? "http://localhost:3000",
    // A trace costs a fifth of the run. For one test: `npx playwright test e2e/x.spec.ts --trace on`.
    screenshot: "only-on-failure",
    launchOptions: await launchOptions(),
  },
});
