/** The browser of the tests, the shots and the measurements: one without a download of its own. */
import { existsSync } from "node:fs";

/** The one that is named or already on the machine, else the one inside an npm package; undefined is Playwright's own. */
async function executablePath() {
  const candidates = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"];
  const installed = candidates.find((place) => place && existsSync(place));
  if (installed || process.platform !== "linux" || process.arch !== "x64") return installed;
  const { default: chromium } = await import("@sparticuz/chromium");
  return chromium.executablePath();
}

export async function launchOptions() {
  return {
    executablePath: await executablePath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  };
}

/** Signs the page's context in as the demo user. */
export async function signIn(page, url) {
  await page.goto(`${url}/sign-in`);
  await page.getByRole("button", { name: "Continue as the demo user" }).click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}
