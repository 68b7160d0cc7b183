/**
 * `npm run test:browser`: the browser tests alone, on a built server of their own that is filled with the demo.
 *
 *   npm run test:browser -- e2e/usage-explorer.spec.ts --repeat-each 3
 *   CATALOGUE=persly npm run test:browser
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, checkNode, generate, install } from "./install.mjs";
import { runPlaywright } from "./playwright-report.mjs";
import { fail } from "./step.mjs";

async function main() {
  checkNode();
  await install();
  await generate();
  await build();
  const { servedDemo } = await import("./served.mjs");
  const folder = mkdtempSync(path.join(tmpdir(), "tollgate-e2e-"));
  const file = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? path.join(folder, "playwright.json");
  let results = [];
  try {
    await servedDemo({ folder, catalogue: process.env.CATALOGUE }, async (env) => {
      results = await runPlaywright(file, process.argv.slice(2), env);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(results.length > 0 && results.every(({ ok }) => ok) ? 0 : 1);
}

process.chdir(path.join(import.meta.dirname, ".."));
main().catch(fail);
