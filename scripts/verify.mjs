/** `npm run verify`: every static check, without a database. One line each, then the output of those that failed. */
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode, generate, install } from "./install.mjs";
import { fail, program, runQuietly, seconds } from "./step.mjs";

const FOLDERS = ["app", "components", "lib", "server", "scripts", "prisma", "tests", "bench", "e2e", "sandbox"];
const AT_ONCE = 2;

const checks = () => [
  { name: "types", args: [...program.tsc, "--noEmit"] },
  { name: "lint and format", args: [...program.biome, "check", "--error-on-warnings", "."] },
  {
    name: "import rules",
    args: [...program.depcruise, "--config", ".dependency-cruiser.cjs", ...FOLDERS.filter((f) => existsSync(f))],
  },
  { name: "unused code", args: [...program.knip, "--no-progress"] },
  { name: "tidiness", args: [...program.vitest, "run", "--project", "tidy"], vitest: true },
];

async function runCheck({ name, args }) {
  const started = performance.now();
  const { status, output } = await runQuietly(name, process.execPath, args, { fatal: false });
  console.log(`  ${status === 0 ? "✓" : "✗"} ${name.padEnd(16)} ${seconds(started).padStart(5)} s`);
  return { name, ok: status === 0, output };
}

/** Returns `[{name, ok, output}]`. Leaves out Vitest's checks if all of Vitest runs anyway. */
export async function verify({ withVitest = true } = {}) {
  const results = [];
  const first = await runCheck({ name: "page types", args: [...program.next, "typegen"] });
  results.push(first);
  const waiting = checks().filter((check) => withVitest || !check.vitest);
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await runCheck(check));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const { name, ok, output } of results) if (!ok) console.log(`\n── ${name} ──\n${output.trim()}\n`);
  return results;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(path.join(import.meta.dirname, ".."));
  try {
    checkNode();
    await install();
    await generate();
    const results = await verify();
    process.exit(results.every((result) => result.ok) ? 0 : 1);
  } catch (error) {
    fail(error);
  }
}
