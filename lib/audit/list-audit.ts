import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import type { AuditList, AuditQuery } from "./schema";
import { readAudit } from "./store";

const cursorParts = z.tuple([z.uuid()]);

/** The actions in the organization, the latest first. Errors: forbidden, validation_failed (a wrong cursor). */
export async function listAudit(ctx: Context, query: AuditQuery): Promise<AuditList> {
  requirePermission(ctx, "audit.read");
  const { cursor, limit } = query;
  const before = cursor === undefined ? undefined : decodeCursor(cursor, cursorParts)[0];
  const rows = await queryOrganization(ctx.db, ctx.organizationId, (client) =>
    readAudit(client, ctx.organizationId, query, { before, limit: limit + 1 }),
  );
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: last && rows.length > limit ? encodeCursor([last.id]) : null };
}
