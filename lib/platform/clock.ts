/**
 * The time that decisions go by: the database's clock. This process's own clock may be minutes wrong, or be set while
 * it runs, so between two readings of the database, its monotonic clock counts on. One per process, whatever copies of this
 * module exist.
 */
import type { Pool } from "pg";
import { perProcess } from "./holders";
import { log } from "./log";

type Database = { read: Pool };
/** `offset` plus the monotonic clock is the database's time, in milliseconds. */
type Followed = { offset: number; timer: NodeJS.Timeout };

const held = perProcess<Followed>("clock");
const LOOK_MS = 10_000;
const SLOW_MS = 500;
const NOTABLE_MS = 30_000;

/** The database's time; the process's where nothing follows the database, as in a test that needs none. */
export function now(): Date {
  const followed = held.get();
  return new Date(followed ? followed.offset + performance.now() : Date.now());
}

/** The database's time at this moment, which all processes share: readings at the provider are ordered by it. */
export async function databaseTime(db: Database): Promise<Date> {
  const { rows } = await db.read.query<{ at: Date }>("SELECT clock_timestamp() AS at");
  return (rows[0] as { at: Date }).at;
}

/** The database's answer is older than its arrival, so `now` is behind by the travel time and never ahead. */
async function readDatabaseClock(db: Database): Promise<{ offset: number; tookMs: number }> {
  const asked = performance.now();
  const { rows } = await db.read.query<{ at: string }>("SELECT extract(epoch FROM clock_timestamp()) * 1000 AS at");
  const answered = performance.now();
  return { offset: Math.floor(Number(rows[0]?.at)) - answered, tookMs: answered - asked };
}

function warnOfSkew(offset: number): void {
  const skewMs = Date.now() - (offset + performance.now());
  if (Math.abs(skewMs) < NOTABLE_MS) return;
  const seconds = Math.round(skewMs / 1000);
  log.warn({ seconds }, "this machine's clock differs from the database's, which is the one that counts");
}

/** Reads the database's clock now and every ten seconds. Errors: those of the database at the first read. */
export async function followDatabaseClock(db: Database): Promise<void> {
  if (held.get()) return;
  const { offset } = await readDatabaseClock(db);
  forgetDatabaseClock();
  warnOfSkew(offset);
  const timer = setInterval(async () => {
    try {
      const { offset: newest, tookMs } = await readDatabaseClock(db);
      const followed = held.get();
      if (followed?.timer === timer && tookMs < SLOW_MS) followed.offset = newest;
    } catch (error) {
      log.warn({ err: (error as Error).message }, "the database's clock could not be read");
    }
  }, LOOK_MS);
  timer.unref();
  held.set({ offset, timer });
}

/** The database is closed: nothing of it is left to follow. */
export function forgetDatabaseClock(): void {
  const followed = held.take();
  if (followed) clearInterval(followed.timer);
}
