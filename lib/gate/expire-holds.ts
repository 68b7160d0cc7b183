import type { InstallationContext } from "@/lib/platform/context";
import { endExpiredHolds } from "./call-store";

const MOST_HOLDS = 500;

/** Ends holds past their expiry and gives everything back. Returns how many. */
export async function expireHolds(ctx: InstallationContext): Promise<number> {
  let ended = 0;
  for (;;) {
    const some = await endExpiredHolds(ctx, MOST_HOLDS);
    ended += some;
    if (some < MOST_HOLDS) return ended;
  }
}
