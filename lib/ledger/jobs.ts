/** Changes of the ledger by time: grants expire, free plans renew, the log gets its next months. */
import type { InstallationContext } from "@/lib/platform/context";
import { advanceOne, makePartitions, readDue } from "./write-store";

const MOST_ORGANIZATIONS = 500;
const DAY_MS = 86_400_000;

/** Writes off expired grants and renews free plans whose cycle has ended. Returns the number of transactions. */
export async function advanceDue(ctx: InstallationContext): Promise<number> {
  let made = 0;
  for (const organizationId of await readDue(ctx, MOST_ORGANIZATIONS))
    made += await advanceOne(ctx, organizationId, null);
  return made;
}

/** One organization at a given time: for tests and simulations. */
export async function advance(ctx: InstallationContext, organizationId: string, now: Date | null): Promise<number> {
  return advanceOne(ctx, organizationId, now);
}

/** Keeps the log's partitions two months ahead, and as far back as late reports reach. Returns how many were made. */
export async function ensurePartitions(ctx: InstallationContext, from?: Date): Promise<number> {
  const first = from ?? new Date(ctx.now.getTime() - 40 * DAY_MS);
  return makePartitions(ctx, first, new Date(ctx.now.getTime() + 62 * DAY_MS));
}
