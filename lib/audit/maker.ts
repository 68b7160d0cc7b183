import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import type { AuditAction, AuditEntry } from "./schema";
import { readAudit } from "./store";

/** Who did this to an object last, as they were called then; null where it was not recorded. Any member may know. */
export async function readMaker(
  ctx: Context,
  action: AuditAction,
  object: string,
): Promise<Pick<AuditEntry["actor"], "type" | "name"> | null> {
  const [entry] = await queryOrganization(ctx.db, ctx.organizationId, (client) =>
    readAudit(client, ctx.organizationId, { action, object }, { limit: 1 }),
  );
  return entry ? { type: entry.actor.type, name: entry.actor.name } : null;
}
