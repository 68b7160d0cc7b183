/**
 * `npm run bench:pages`: how long Overview and Usage take to their first byte for an organization with 1,000,000 events
 * and for one with 10,000, what JavaScript Overview loads, and whether its layout shifts. The built server, PostgreSQL
 * of its own; signed-in requests over HTTP, one at a time. Prints a table and one JSON line.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { launchOptions } from "./browser.mjs";
import { build, generate, install } from "./install.mjs";
import { fail, Problem, runLoudly, runQuietly, say, TYPESCRIPT } from "./step.mjs";

const TARGETS = { p95Ms: 100, ratio: 1.5, scriptsKb: 220, shift: 0 };
const PAGES = { overview: "/", usage: "/usage" };
const WARM_UP = 30;
const COOKIE = "authjs.session-token";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    few: { type: "string", default: "10000" },
    requests: { type: "string", default: "200" },
  },
});
const settings = { events: Number(values.events), few: Number(values.few), requests: Number(values.requests) };

async function fill(env, facts) {
  say(`Making ${settings.events} and ${settings.few} events …`);
  const args = [...TYPESCRIPT, "bench/prepare-pages.ts", facts, String(settings.events), String(settings.few)];
  if ((await runLoudly(process.execPath, args, { env })) !== 0) throw new Problem("The events could not be made.");
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: env.DATABASE_URL });
  await client.connect();
  // Autovacuum would do this to a database that has grown over a year.
  await client.query("VACUUM ANALYZE");
  await client.end();
  say("Verifying the ledger …");
  const checked = await runQuietly("ledger:verify", process.execPath, [...TYPESCRIPT, "scripts/cli/ledger-verify.ts"], {
    env,
  });
  say(checked.output.trim().split("\n").at(-1));
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds from the request to the first byte of its answer; the answer is read to its end. */
function firstByte(url, cookie) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = http.get(url, { agent, headers: { cookie, accept: "text/html" } }, (response) => {
      const took = performance.now() - began;
      response.resume();
      response.once("end", () =>
        response.statusCode === 200
          ? resolve(took)
          : reject(new Problem(`${url} answered ${response.statusCode} ${response.headers.location ?? ""}`)),
      );
    });
    request.once("error", reject);
  });
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

async function measure(url, cookie) {
  for (let n = 0; n < WARM_UP; n += 1) await firstByte(url, cookie);
  const times = [];
  for (let n = 0; n < settings.requests; n += 1) times.push(await firstByte(url, cookie));
  times.sort((a, b) => a - b);
  const rounded = (share) => Number(quantile(times, share).toFixed(1));
  return { p50: rounded(0.5), p95: rounded(0.95) };
}

/** Runs in the page: sums the layout shifts that no reader has caused. */
function watchShifts() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** Every script that Overview asks for until nothing more is requested, and the sum of its layout shifts. */
async function browse(url, session) {
  const { chromium } = await import("playwright");
  const browser = await chromium.launch(await launchOptions());
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies([{ name: COOKIE, value: session, url }]);
    await context.addInitScript(watchShifts);
    const page = await context.newPage();
    const scripts = new Map();
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.set(response.url(), response.body());
    });
    await page.goto(url);
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    await page.waitForLoadState("networkidle", { timeout: 10_000 }).catch(() => {});
    const bodies = await Promise.all(scripts.values());
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
    return { scriptsKb: Number((bytes / 1000).toFixed(1)), shift: await page.evaluate(() => window.shifted) };
  } finally {
    await browser.close();
  }
}

function verdict(found, browser) {
  const rows = Object.keys(PAGES).flatMap((page) => {
    const { many, few } = found[page];
    const ratio = Number((many.p95 / few.p95).toFixed(2));
    return [
      [
        `${page}: p95 to the first byte, ${settings.events} events`,
        `${many.p95} ms`,
        many.p95 <= TARGETS.p95Ms,
        "≤ 100 ms",
      ],
      [`${page}: against ${settings.few} events (${few.p95} ms)`, `${ratio} ×`, ratio <= TARGETS.ratio, "≤ 1.5 ×"],
    ];
  });
  const { scriptsKb, shift } = browser;
  rows.push(["overview: JavaScript, gzip", `${scriptsKb} kB`, scriptsKb <= TARGETS.scriptsKb, "≤ 220 kB"]);
  rows.push(["overview: layout shift", String(shift), shift <= TARGETS.shift, "0"]);
  return rows;
}

function table(found, rows) {
  const times = Object.entries(found).flatMap(([page, { many, few }]) => [
    `  ${page.padEnd(10)} ${String(settings.events).padStart(9)} events   p50 ${many.p50} ms   p95 ${many.p95} ms`,
    `  ${page.padEnd(10)} ${String(settings.few).padStart(9)} events   p50 ${few.p50} ms   p95 ${few.p95} ms`,
  ]);
  const lines = rows.map(
    ([name, value, ok, target]) =>
      `  ${name.padEnd(52)} ${value.padStart(10)}   ${target.padEnd(9)} ${ok ? "reached" : "missed"}`,
  );
  return [...times, "", ...lines].join("\n");
}

async function work({ E2E_URL: url, DEMO_JSON }) {
  const { customers } = JSON.parse(readFileSync(DEMO_JSON, "utf8"));
  const [many, few] = customers.map(({ session }) => session);
  const found = {};
  for (const [page, place] of Object.entries(PAGES)) {
    say(`Measuring ${page} …`);
    const of = (session) => measure(`${url}${place}`, `${COOKIE}=${session}`);
    found[page] = { few: await of(few), many: await of(many) };
  }
  say("Looking at Overview in a browser …");
  const browser = await browse(url, many);
  const rows = verdict(found, browser);
  console.log(`\n${table(found, rows)}\n`);
  const reached = rows.every(([, , ok]) => ok);
  console.log(JSON.stringify({ cpus: cpus().length, node: process.version, ...settings, found, ...browser, reached }));
}

async function main() {
  await install();
  await generate();
  await build();
  const { served } = await import("./served.mjs");
  const folder = mkdtempSync(path.join(tmpdir(), "tollgate-pages-"));
  chmodSync(folder, 0o755); // Started by root, PostgreSQL is another user's and must reach its data.
  try {
    await served({ folder, fill }, work);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.chdir(path.join(import.meta.dirname, ".."));
main().catch(fail);
