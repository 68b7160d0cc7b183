/**
 * `npm run shots`: a picture of every page, in both themes, on a desk and on a phone, into `.shots/`. Takes them of a
 * server of its own with the demo of `--catalogue`, or of a running one (`--url http://localhost:3000`). `--only WORD`
 * takes the pictures whose name contains the word; `--days` makes the demo's history shorter.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { launchOptions, signIn } from "./browser.mjs";
import { build, generate, install } from "./install.mjs";
import { fail, Problem, runLoudly, say, TYPESCRIPT } from "./step.mjs";

const { values } = parseArgs({
  options: {
    catalogue: { type: "string", default: "apertis" },
    url: { type: "string" },
    only: { type: "string", default: "" },
    days: { type: "string", default: "365" },
    out: { type: "string", default: ".shots" },
  },
});

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const THEMES = ["light", "dark"];
const PAGES = ["overview", "usage", "transactions", "billing", "keys", "team", "settings", "developers"];

/** The further sections of Developers; the quickstart is its first. */
const MONEY = ["add-funds", "auto-top-up", "payment-methods", "subscription", "invoices", "statements"];
const DEVELOPERS = ["reference", "errors", "prices", "limits"];

/** A machine that does other things too takes its time over a page with a year of figures. */
const PATIENCE_MS = 90_000;

const wanted = (file) => file.includes(values.only);
const address = (name) => (name === "overview" ? "/" : `/${name}`);

/** Charts, lists and fonts are loaded, and no request is running. */
async function settled(page) {
  // Not by its role: an open dialog hides the page behind it from roles.
  await page.locator("h1").first().waitFor();
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {});
  await page.evaluate(() => document.fonts.ready);
}

const openFirstRow = (path_) => async (page) => {
  await page.goto(path_);
  await settled(page);
  await page.locator("[data-row-open]").first().click();
  await page.getByRole("dialog").waitFor();
};

/** The latest payment beside the list; its row opens by the button that names it. */
async function openPayment(page) {
  await page.goto("/billing/invoices");
  await settled(page);
  await page.getByRole("region", { name: "Invoices" }).getByRole("row").getByRole("button").first().click();
  await page.getByRole("dialog").waitFor();
}

/** The page of the first key that works. */
async function openKey(page) {
  await page.goto("/keys");
  await page.getByRole("region", { name: "Working keys" }).getByRole("link").first().click();
  await page.getByRole("region", { name: "Limits" }).waitFor();
}

async function createKey(page) {
  await page.goto("/keys");
  await settled(page);
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByRole("dialog").waitFor();
}

/** The latest invitation of the outbox; one is sent where there is none. */
async function openInvitation(page) {
  const subject = page.getByRole("region", { name: /invite/i });
  await page.goto("/dev/outbox");
  if ((await subject.count()) === 0) {
    await page.goto("/team");
    await settled(page);
    await page.getByRole("button", { name: "Invite" }).click();
    await page.getByLabel("Email address").fill("invited@shots.example");
    await page.getByRole("button", { name: "Send invitation" }).click();
    await page.getByRole("region", { name: "Invitations" }).waitFor();
    await page.goto("/dev/outbox");
  }
  const link = await subject.first().getByRole("link").first().getAttribute("href");
  await page.goto(new URL(link ?? "", page.url()).pathname);
}

/**
 * Saves a card and buys with it once, so that the pages about money have something to show. Returns whether anything is
 * sold: a catalogue may sell nothing.
 */
async function payOnce(page) {
  await page.goto("/billing/invoices");
  await settled(page);
  if ((await page.getByRole("main").getByRole("row").count()) > 1) return true;
  await page.goto("/billing/add-funds");
  await settled(page);
  const add = page.getByRole("main").getByRole("button", { name: /^Add/ });
  if ((await add.count()) === 0) return false;
  await add.click();
  await page.getByLabel("Card number").fill("4242424242424242");
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByRole("button", { name: /^Pay/ }).click();
  await page.getByRole("heading", { name: /paid$/ }).waitFor();
  return true;
}

/** As far as the provider's own page. */
async function openCheckout(page) {
  await page.goto("/billing/add-funds");
  await settled(page);
  await page.getByRole("radio", { name: /A new card/ }).check();
  await page.getByRole("main").getByRole("button", { name: /^Add/ }).click();
  await page.getByLabel("Card number").waitFor();
}

/** A name, and the steps to open the page; `settled` waits until it is ready. */
const SCENES = [
  ...PAGES.map((name) => [name, (page) => page.goto(address(name))]),
  ...DEVELOPERS.map((name) => [`developers-${name}`, (page) => page.goto(`/developers/${name}`)]),
  ...MONEY.map((name) => [`billing-${name}`, (page) => page.goto(`/billing/${name}`)]),
  ["transaction-open", openFirstRow("/transactions")],
  ["call-open", openFirstRow("/usage")],
  [
    "palette",
    async (page) => {
      await page.goto("/");
      await settled(page);
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").first().waitFor({ timeout: 5_000 });
    },
  ],
  ["key", openKey],
  ["key-create-open", createKey],
  ["audit", (page) => page.goto("/settings/audit")],
  ["audit-open", openFirstRow("/settings/audit")],
  ["invitation", openInvitation],
  ["not-found", (page) => page.goto("/no-such-page")],
];

/** Pages that exist only if the catalogue sells something. */
const SOLD = [
  ["payment-open", openPayment],
  ["checkout", openCheckout],
];

/** One context a size and theme, so that each page is drawn from the start as its reader sees it. */
async function takeAll(browser, url, folder) {
  let [taken, missed] = [0, 0];
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of THEMES) {
      const fileOf = (name) => `${name}-${size}-${colorScheme}.png`;
      if (!["sign-in", ...[...SCENES, ...SOLD].map(([name]) => name)].some((name) => wanted(fileOf(name)))) continue;
      const context = await browser.newContext({
        viewport,
        colorScheme,
        baseURL: url,
        deviceScaleFactor: 1,
        reducedMotion: "reduce",
        hasTouch: size === "phone",
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const faults = [];
      context.on("console", (message) => {
        if (message.type() === "error") faults.push(message.text());
      });
      context.on("weberror", (error) => faults.push(error.error().message));
      const page = await context.newPage();
      const shot = async (name, go) => {
        const file = fileOf(name);
        if (!wanted(file)) return;
        try {
          await go(page);
          await settled(page);
          // A page about a 404 must have that status.
          const said = faults.splice(0).filter((fault) => !(name === "not-found" && /404/.test(fault)));
          if (said.length > 0) throw new Error(`the browser's console says: ${said[0]}`);
          const fullPage = !/open|palette/.test(name);
          await page.screenshot({ path: path.join(folder, file), fullPage, timeout: PATIENCE_MS });
          taken += 1;
        } catch (error) {
          missed += 1;
          say(`  ${file}: ${error.message.split("\n")[0]}`);
        }
      };
      await shot("sign-in", () => page.goto("/sign-in"));
      await shot("public-prices", () => page.goto("/prices"));
      await signIn(page, url);
      const sold = await payOnce(page).catch((error) => {
        missed += SOLD.length;
        say(`  nothing could be bought (${size}, ${colorScheme}): ${error.message.split("\n")[0]}`);
        return false;
      });
      for (const [name, go] of [...SCENES, ...(sold ? SOLD : [])]) await shot(name, go);
      await context.close();
    }
  }
  return { taken, missed };
}

async function shoot(url) {
  const { chromium } = await import("playwright");
  const folder = path.join(values.out, values.catalogue);
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch(await launchOptions());
  try {
    const { taken, missed } = await takeAll(browser, url, folder);
    say(`${taken} pictures in ${folder}/${missed > 0 ? `, ${missed} could not be taken` : ""}`);
    if (missed > 0) process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

async function fill(env, facts) {
  const demo = { ...env, DEMO_FACTS: facts, DEMO_DAYS: values.days };
  if ((await runLoudly(process.execPath, [...TYPESCRIPT, "prisma/seed.ts"], { env: demo })) !== 0) {
    throw new Problem("The demo could not be made; the reason is printed above.");
  }
}

async function main() {
  await install();
  await generate();
  if (values.url) return shoot(values.url.replace(/\/$/, ""));
  await build();
  const { served } = await import("./served.mjs");
  const folder = mkdtempSync(path.join(tmpdir(), "tollgate-shots-"));
  chmodSync(folder, 0o755); // Started by root, PostgreSQL is another user's and must reach its data.
  try {
    await served({ folder, catalogue: values.catalogue, fill }, ({ E2E_URL }) => shoot(E2E_URL));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.chdir(path.join(import.meta.dirname, ".."));
main().catch(fail);
