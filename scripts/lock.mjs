/**
 * Locks between processes: a file that names its holder. A holder that is gone (kill -9 included) has lost the lock,
 * so the file names the process by its id and its start time: ids come again.
 */
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The fields of /proc/PID/stat from the third on; the second, a name, may hold spaces and brackets. */
function procFields(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function ps(pid, field) {
  try {
    return execFileSync("ps", ["-o", `${field}=`, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** When the process started, in words of the system; undefined when there is no such process. */
function startOf(pid) {
  if (!isAlive(pid)) return undefined;
  try {
    const fields = procFields(pid);
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return ps(pid, "lstart") || "unknown";
  }
}

export function isAlive(pid) {
  if (!(pid > 0)) return false; // To a signal 0 is the caller's own group.
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

export function parentOf(pid) {
  try {
    return Number(procFields(pid)[1]);
  } catch {
    return Number(ps(pid, "ppid"));
  }
}

/** Who holds the lock now: `{pid, started, ...details}`, or undefined. */
export function holderOf(file) {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8"));
    const started = startOf(holder.pid);
    return started !== undefined && started === holder.started ? holder : undefined;
  } catch {
    return undefined;
  }
}

function attempt(file, details) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ ...details, pid: process.pid, started: startOf(process.pid) }));
  try {
    linkSync(own, file); // A link appears with its contents or not at all.
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Takes away the file of a holder that is gone, unless someone else has just done so and taken the lock. */
function clearStale(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside)) linkSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Takes the lock, waiting up to `waitSeconds` for a holder that is about to go. Returns `{release}`, or `{holder}` when
 * another process has it.
 */
export async function takeLock(file, { waitSeconds = 0, details = {}, onWait = () => {} } = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  const until = performance.now() + waitSeconds * 1000;
  let waited = false;
  for (;;) {
    if (attempt(file, details)) break;
    const holder = holderOf(file);
    if (!holder) {
      clearStale(file);
      continue;
    }
    if (performance.now() >= until) return { holder };
    if (!waited) onWait(holder);
    waited = true;
    await sleep(100);
  }
  let held = true;
  const release = () => {
    if (held) rmSync(file, { force: true });
    held = false;
  };
  process.once("exit", release);
  return { release };
}
