import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import chromium from "@sparticuz/chromium";

// A browser without a download: the one named or already on the machine, else the one inside an npm package.
const candidates = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"];
const installed = candidates.find((place) => place && existsSync(place));
const packaged = process.platform === "linux" && process.arch === "x64";
const executablePath = installed ?? (packaged ? await chromium.executablePath() : undefined);

/** `npm test` starts a server of its own and names it; alone, the tests use the one that `npm start` runs. */
export default defineConfig({
  testDir: "e2e",
  outputDir: ".tollgate/e2e",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? ".tollgate/e2e.json" }]],
  use: {
    baseURL: process.env.E2E_URL ?? "http://localhost:3000",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
