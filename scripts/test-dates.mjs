/**
 * `npm run test:dates`: the suite on other days, by a shifted clock for Node, PostgreSQL and the browser.
 *
 *   npm run test:dates                                  every day, all of the projects below
 *   npm run test:dates -- --date +400d --date month-end  two days
 *   npm run test:dates -- --project db tests/gate lib/usage   some files
 *   npm run test:dates -- --project browser e2e/usage-explorer.spec.ts
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { printFailure } from "./failure.mjs";
import { build, checkNode, generate, install } from "./install.mjs";
import { readReport } from "./playwright-report.mjs";
import { sharedTemporary } from "./postgres-place.mjs";
import { fail, Problem, runLoudly, say, seconds } from "./step.mjs";
import { runVitest } from "./vitest-report.mjs";

const BROWSER = "browser";
/** Vitest's projects, and the browser tests. */
const PROJECTS = ["unit", "components", "db", "http", BROWSER];
const DAY_MS = 86_400_000;

const inDays = (days) => (now) => new Date(now.getTime() + days * DAY_MS);
/** The next instant after now that `of(year)` names. */
const nextOf = (of) => (now) => {
  for (let year = now.getUTCFullYear(); ; year++) {
    const at = of(year);
    if (at && at > now) return at;
  }
};
const lastSunday = (year, month, hour, minute) => {
  const last = new Date(Date.UTC(year, month + 1, 0, hour, minute));
  return new Date(last.getTime() - last.getUTCDay() * DAY_MS);
};

/** Each day's name, and the instant at which its run starts. */
const DATES = {
  "+9d": inDays(9),
  "+40d": inDays(40),
  "+400d": inDays(400),
  "leap-day": nextOf((year) => {
    const at = new Date(Date.UTC(year, 1, 29, 12));
    return at.getUTCDate() === 29 && at;
  }),
  // The last day of the present month in UTC, already the next month east of it.
  "month-end": (now) => {
    const at = (months) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months + 1, 0, 20));
    return at(0) > now ? at(0) : at(1);
  },
  // In the first hour of a month nothing was spent in it yet.
  "month-start": (now) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 0, 30)),
  // Europe's clocks change at 01:00 UTC, while the run is under way.
  "dst-spring": nextOf((year) => lastSunday(year, 2, 0, 59)),
  "dst-autumn": nextOf((year) => lastSunday(year, 9, 0, 59)),
  "23:59": (now) => new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS + DAY_MS + 23 * 3_600_000 + 59 * 60_000),
};

/** A small library that PostgreSQL's user reaches, too. */
function shiftedClock(folder) {
  const library = path.join(folder, "shifted-clock.so");
  const source = path.join(import.meta.dirname, "shifted-clock.c");
  const made = spawnSync("cc", ["-shared", "-fPIC", "-O1", "-o", library, source], { encoding: "utf8" });
  if (process.platform !== "linux" || made.error) {
    throw new Problem("This needs Linux and a C compiler. On Debian and Ubuntu: apt-get install gcc libc6-dev");
  }
  if (made.status !== 0) throw new Problem(`The clock could not be made:\n${made.stderr}`);
  chmodSync(folder, 0o755);
  return library;
}

/** One offset for all processes, so that the database and Node agree. */
function clockOf(at, library) {
  return { LD_PRELOAD: library, CLOCK_OFFSET_SECONDS: String(Math.round((at.getTime() - Date.now()) / 1000)) };
}

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { date: { type: "string", multiple: true }, project: { type: "string", multiple: true } },
  });
  const dates = values.date ?? Object.keys(DATES);
  const unknown = dates.find((name) => !DATES[name]);
  if (unknown) throw new Problem(`There is no date "${unknown}". Choose from: ${Object.keys(DATES).join(", ")}`);
  return { dates, projects: values.project ?? PROJECTS, files: positionals };
}

/** Returns `[{ok, name}]` of the tests of all `projects`, under the clock of `env`. */
async function tested(folder, projects, files, env) {
  const results = [];
  const ours = projects.filter((project) => project !== BROWSER).flatMap((project) => ["--project", project]);
  if (ours.length > 0) results.push(...(await runVitest(path.join(folder, "vitest.json"), [...ours, ...files], env)));
  if (projects.includes(BROWSER)) {
    const report = path.join(folder, "playwright.json");
    rmSync(report, { force: true });
    const whole = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    const specs = files.filter((file) => file.startsWith("e2e"));
    if (files.length === 0 || specs.length > 0) {
      await runLoudly(process.execPath, ["scripts/test-browser.mjs", ...specs], { env: whole });
      results.push(...readReport(report));
    }
  }
  return results;
}

async function main() {
  checkNode();
  const { dates, projects, files } = options();
  await install();
  await generate();
  // Under the present clock: the build is the same on any day.
  if (projects.includes(BROWSER)) await build();
  const folder = mkdtempSync(path.join(sharedTemporary(), "tollgate-dates-"));
  const lines = [];
  try {
    const library = shiftedClock(folder);
    for (const name of dates) {
      const began = performance.now();
      const at = DATES[name](new Date());
      say(`${name}: ${at.toISOString()}`);
      const results = await tested(folder, projects, files, clockOf(at, library));
      const failed = results.filter(({ ok }) => !ok);
      const counts = `${results.length - failed.length} passed, ${failed.length} failed`;
      const line = `${name.padEnd(11)} ${at.toISOString().slice(0, 16)}Z  ${counts}  (${seconds(began)} s)`;
      lines.push({ ok: failed.length === 0 && results.length > 0, line, failed });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log();
  for (const { ok, line, failed } of lines) {
    console.log(`${ok ? "✓" : "✗"} ${line}`);
    failed.forEach(printFailure);
  }
  process.exit(lines.every(({ ok }) => ok) ? 0 : 1);
}

process.chdir(path.join(import.meta.dirname, ".."));
main().catch(fail);
