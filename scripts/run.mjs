/**
 * `node scripts/run.mjs PROGRAM.ts [arguments]`: runs one of our programs on the database of this folder: DATABASE_URL's,
 * else the running server's, else the embedded one, started for as long as the program runs.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { borrowDatabase, FOLDER } from "./database.mjs";
import { generate, install } from "./install.mjs";
import { takeLock } from "./lock.mjs";
import { fail } from "./step.mjs";

function runProgram(args, env) {
  // The program belongs to the terminal: a Ctrl-C reaches it by itself, and we wait for its end.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", ...args], {
    stdio: "inherit",
    env: { LOG_LEVEL: "warn", ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

async function main() {
  process.chdir(path.join(import.meta.dirname, ".."));
  if (existsSync(".env")) process.loadEnvFile(".env");
  await install();
  await generate();
  const args = process.argv.slice(2);
  if (process.env.DATABASE_URL) return runProgram(args, {});
  const lock = await takeLock(path.join(FOLDER, "server.lock"));
  const { databaseUrl, catalogue, stop } = await borrowDatabase(lock);
  try {
    return await runProgram(args, { DATABASE_URL: databaseUrl, CATALOGUE: catalogue });
  } finally {
    await stop();
  }
}

main().then((code) => process.exit(code), fail);
