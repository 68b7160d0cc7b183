import { SQLSTATE, sqlstateOf } from "@/lib/platform/sqlstate";

// The gate's connections wait 200 ms for a lock; a caller waits two seconds before it gets a 503.
const TRIES = 10;

/** Runs a statement that locks one organization by itself, again while batches keep holding that lock. */
export async function retryOnLockTimeout<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (sqlstateOf(error) !== SQLSTATE.lockTimeout || tries === TRIES) throw error;
    }
  }
}
