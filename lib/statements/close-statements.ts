import { requireOperator } from "@/lib/platform/authorize";
import type { InstallationContext } from "@/lib/platform/context";
import { closeNext, readDue } from "./statement-store";

const MOST_ORGANIZATIONS = 500;

/** Closes every month that ended three days ago, the earliest of each organization first. Returns how many. */
export async function closeStatements(ctx: InstallationContext): Promise<number> {
  requireOperator(ctx.actor, "close statements");
  let closed = 0;
  for (;;) {
    const due = await readDue(ctx, MOST_ORGANIZATIONS);
    for (const organizationId of due) while (await closeNext(ctx, organizationId)) closed += 1;
    if (due.length < MOST_ORGANIZATIONS) return closed;
  }
}
