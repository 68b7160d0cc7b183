import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { holderOf, takeLock } from "./lock.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "tollgate-lock-"));
const file = path.join(folder, "one.lock");
afterAll(() => rmSync(folder, { recursive: true }));

const HOLD = `
  import { takeLock } from ${JSON.stringify(path.join(import.meta.dirname, "lock.mjs"))};
  const lock = await takeLock(process.argv[1], { waitSeconds: Number(process.argv[2]) });
  console.log(lock.holder ? "refused" : "held");
  setInterval(() => {}, 1000);`;

async function holder(waitSeconds = 0) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", HOLD, file, String(waitSeconds)]);
  const [said] = await once(child.stdout, "data");
  return { child, said: String(said).trim() };
}

it("a lock is held by one process at a time, and is free when that one was killed", async () => {
  const first = await holder();
  expect(first.said).toBe("held");
  expect((await takeLock(file)).holder?.pid).toBe(first.child.pid);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  expect(holderOf(file)).toBeUndefined();
  const mine = await takeLock(file);
  expect(mine.holder).toBeUndefined();
  mine.release?.();
  expect(readdirSync(folder)).toEqual([]);
});

it("a lock goes to exactly one of many that find a dead holder's file", async () => {
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 - 1, started: "long ago" }));
  const all = await Promise.all(Array.from({ length: 8 }, () => holder()));
  expect(all.filter(({ said }) => said === "held")).toHaveLength(1);
  for (const { child } of all) child.kill("SIGKILL");
});

it("a lock does not take another process with the same id for the holder", () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: "another time" }));
  expect(holderOf(file)).toBeUndefined();
});
