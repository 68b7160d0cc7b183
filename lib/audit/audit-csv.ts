import { csvLines, plainCell, type RowFile } from "@/lib/kernel/csv";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import type { AuditCsvQuery, AuditEntry } from "./schema";
import { readAudit } from "./store";

const PAGE_ROWS = 1_000;
const HEADER = [
  ...["at", "action", "actor_type", "actor", "actor_id", "object_type", "object", "object_id", "before", "after"],
  ...["address", "agent", "id"],
];

function cells({ id, at, action, actor, object, before, after, address, agent }: AuditEntry): string[] {
  const facts = (value: Record<string, unknown> | null) => (value === null ? "" : JSON.stringify(value));
  return [
    ...[at, action, actor.type, plainCell(actor.name), actor.id ?? "", object.type, plainCell(object.name)],
    ...[object.id ?? "", facts(before), facts(after), address ?? "", plainCell(agent), id],
  ];
}

/** The same as CSV (RFC 4180), the latest first, page by page in constant memory. Errors: forbidden. */
export function auditCsv(ctx: Context, query: AuditCsvQuery): RowFile {
  requirePermission(ctx, "audit.read");
  return { text: pages(ctx, query), rows: undefined };
}

async function* pages(ctx: Context, query: AuditCsvQuery) {
  yield csvLines([HEADER]);
  let before: string | undefined;
  for (;;) {
    const page = { before, limit: PAGE_ROWS };
    const rows = await queryOrganization(ctx.db, ctx.organizationId, (client) =>
      readAudit(client, ctx.organizationId, query, page),
    );
    if (rows.length > 0) yield csvLines(rows.map(cells));
    before = rows.at(-1)?.id;
    if (rows.length < PAGE_ROWS) return;
  }
}
