/** `npm test`: everything, from a bare clone; the last line is `N passed, N failed`. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { printFailure, reason } from "./failure.mjs";
import { build, checkNode, generate, install } from "./install.mjs";
import { runPlaywright } from "./playwright-report.mjs";
import { fail, say } from "./step.mjs";
import { runVitest } from "./vitest-report.mjs";

const ABUSE = "abuse";
const total = { passed: 0, failed: 0, failures: [] };

function count(ok, name, why) {
  total[ok ? "passed" : "failed"]++;
  if (!ok) total.failures.push({ name, why });
}

async function verified() {
  say("Static checks");
  const { verify } = await import("./verify.mjs");
  for (const { name, ok } of await verify({ withVitest: false })) count(ok, `check: ${name}`);
}

async function tested(folder, project, env = {}) {
  const file = path.join(folder, "vitest.json");
  for (const { ok, name, why } of await runVitest(file, ["--project", project], env)) count(ok, name, why);
}

/** The tests that need the built server: the abuse corpus, then the browser, one after the other. */
async function testedWhole(folder) {
  const { servedDemo } = await import("./served.mjs");
  const ended = await servedDemo({ folder }, async (env) => {
    say("Abuse corpus");
    await layer("abuse corpus", () => tested(folder, ABUSE, env));
    say("Browser tests");
    await layer("browser tests", () => browsed(folder, env));
  });
  count(ended === 0, "the server stops cleanly");
}

async function browsed(folder, env) {
  const results = await runPlaywright(path.join(folder, "playwright.json"), [], env);
  for (const { ok, name, why } of results) count(ok, name, why);
}

/** A layer that cannot even be run is one failure, and the others still run. */
async function layer(name, work) {
  try {
    await work();
    return true;
  } catch (error) {
    console.error(error);
    count(false, name, reason(String(error)));
    return false;
  }
}

async function main() {
  checkNode();
  for (const name of ["DATABASE_URL", "CATALOGUE", "PORT", "HOST", "ROLE", "DEMO", "AUTH_SECRET", "NODE_ENV"]) {
    delete process.env[name];
  }
  await install();
  await generate();
  const folder = mkdtempSync(path.join(tmpdir(), "tollgate-e2e-"));
  mkdirSync(".tollgate", { recursive: true });
  try {
    await layer("static checks", verified);
    say("Unit, database and HTTP tests");
    await layer("vitest", () => tested(folder, `!${ABUSE}`));
    if (await layer("build", build)) await layer("built server", () => testedWhole(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(total.failed === 0 ? "Done" : "Failed:");
  total.failures.forEach(printFailure);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

process.chdir(path.join(import.meta.dirname, ".."));
main().catch(fail);
