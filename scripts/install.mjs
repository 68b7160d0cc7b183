/** Packages, the Prisma client and the build: each is made again only if its sources have changed. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { takeLock } from "./lock.mjs";
import { Problem, program, runQuietly, say, seconds } from "./step.mjs";

const FOLDER = ".tollgate";
const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** Throws if Node is too old for the other scripts. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Problem(`Tollgate needs Node 20.19 or later; this is ${process.versions.node}.`);
  }
}

/** Whether the packages on disk are those of the lock file. npm writes the list of its packages when it is done. */
function installed() {
  const have = read("node_modules/.package-lock.json");
  if (!have) return false;
  const packages = JSON.parse(have).packages;
  return Object.entries(JSON.parse(read("package-lock.json")).packages).every(
    ([place, locked]) => place === "" || locked.optional || packages[place]?.version === locked.version,
  );
}

/** One at a time per folder: `npm start` and `npm test` may be started together. */
async function alone(name, work) {
  const lock = await takeLock(path.join(FOLDER, `${name}.lock`), {
    waitSeconds: 900,
    onWait: (holder) => say(`Waiting for process ${holder.pid}, which does the same (${name}) …`),
  });
  if (lock.holder) throw new Problem(`Process ${lock.holder.pid} has been at "${name}" for a quarter of an hour.`);
  try {
    await work();
  } finally {
    lock.release();
  }
}

export async function install() {
  if (installed()) return;
  await alone("install", async () => {
    if (installed()) return;
    say("Installing packages …");
    const started = performance.now();
    const npm = process.env.npm_execpath;
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
    await runQuietly("packages", npm ? process.execPath : "npm", npm ? [npm, ...args] : args);
    say(`Packages installed in ${seconds(started)} s`);
  });
}

function* files(place) {
  if (!existsSync(place)) return;
  if (statSync(place).isFile()) return yield place;
  for (const entry of readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === "generated" || entry.name === "node_modules" || /\.test\.tsx?$/.test(entry.name)) continue;
    yield* files(path.join(place, entry.name));
  }
}

export function hashOf(places) {
  const hash = createHash("sha256").update(process.version);
  for (const place of places) for (const file of files(place)) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

async function whenStale(name, places, made, work) {
  const stamp = path.join(FOLDER, `${name}.hash`);
  const fresh = () => existsSync(made) && read(stamp) === hashOf(places);
  if (fresh()) return;
  await alone(name, async () => {
    if (fresh()) return;
    const hash = hashOf(places);
    const started = performance.now();
    await work();
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(stamp, hash);
    say(`${name} made in ${seconds(started)} s`);
  });
}

/** `prisma generate`, when the schema has changed. */
export const generate = () =>
  whenStale("client", ["prisma/schema.prisma", "package-lock.json"], "lib/platform/generated/client.ts", () =>
    runQuietly("Prisma client", process.execPath, [...program.prisma, "generate"]),
  );

const SOURCES = [
  "app",
  "components",
  "lib",
  "messages",
  "public",
  "prisma/schema.prisma",
  "package-lock.json",
  "tsconfig.json",
];
const CONFIGS = [
  "next.config.mjs",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation.node.ts",
  "instrumentation-client.ts",
];

/** `next build`, when anything that goes into it has changed. */
export const build = () =>
  whenStale("build", [...SOURCES, ...CONFIGS], ".next/BUILD_ID", async () => {
    say("Building the portal …");
    await runQuietly("build", process.execPath, [...program.next, "build"], { env: { NODE_ENV: "production" } });
  });
