/** How the long commands print, and how they run other programs. Uses only Node's own modules. */
import { spawn } from "node:child_process";

const began = performance.now();
const quiet = { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };

export const seconds = (from = began) => ((performance.now() - from) / 1000).toFixed(1);
export const say = (text) => console.log(`[${seconds().padStart(5)} s] ${text}`);

/** An error that a person can fix: it is printed without a stack. */
export class Problem extends Error {}

/** Prints a problem as it is, anything else with its stack, and ends the process. */
export function fail(error) {
  console.error(error instanceof Problem ? `\n${error.message}\n` : error);
  process.exit(1);
}

/** Our running child processes. They end with us. */
const children = new Set();
process.once("exit", () => {
  for (const child of children) child.kill("SIGTERM");
});
function kept(child) {
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/**
 * Runs a program of this repository's packages to its end. Its output is shown only if it fails; a
 * long one says every ten seconds that it still runs. Returns `{status, output}`.
 */
export function runQuietly(name, command, args, { env = {}, fatal = true, stdin = "ignore" } = {}) {
  const started = performance.now();
  const child = kept(
    spawn(command, args, { stdio: [stdin, "pipe", "pipe"], env: { ...process.env, ...quiet, ...env } }),
  );
  let output = "";
  const keep = (chunk) => {
    output = (output + chunk).slice(-1_000_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ticker = setInterval(() => say(`  ${name}: ${Math.round(seconds(started))} s …`), 10_000);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      clearInterval(ticker);
      reject(new Problem(`${name}: ${command} cannot be run: ${error.message}`));
    });
    child.once("close", (status, signal) => {
      clearInterval(ticker);
      if (status === 0 || !fatal) resolve({ status: status ?? 1, output });
      else reject(new Problem(`${name} failed (${signal ?? `exit code ${status}`}):\n${output.slice(-8_000)}`));
    });
  });
}

/** The same, with the program's output shown immediately. Returns the exit code. */
export function runLoudly(command, args, { env = {} } = {}) {
  const child = kept(spawn(command, args, { stdio: "inherit", env: { ...process.env, ...quiet, ...env } }));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
}

/** Node's arguments for one of our TypeScript programs outside of Next. */
export const TYPESCRIPT = ["--conditions=react-server", "--import", "tsx"];

/** Runs such a program with its output kept back. */
export function runTypeScript(name, args, env) {
  return runQuietly(name, process.execPath, [...TYPESCRIPT, ...args], { env });
}

/** A program that a package of ours brings, started by this very Node (npx would look for it first). */
export const program = {
  prisma: ["node_modules/prisma/build/index.js"],
  next: ["node_modules/next/dist/bin/next"],
  tsc: ["node_modules/typescript/bin/tsc"],
  biome: ["node_modules/@biomejs/biome/bin/biome"],
  depcruise: ["node_modules/dependency-cruiser/bin/dependency-cruise.mjs"],
  knip: ["node_modules/knip/bin/knip.js"],
  vitest: ["node_modules/vitest/vitest.mjs"],
  playwright: ["node_modules/@playwright/test/cli.js"],
};
