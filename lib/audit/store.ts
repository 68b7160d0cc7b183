/** Rows of the audit log. They are only ever added. */
import { isUuid, newId } from "@/lib/kernel/ids";
import type { Actor, InstallationContext } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import type { AuditAction, AuditCsvQuery, AuditEntry, AuditObject } from "./schema";

/** The action, as its verb describes it. Values are as on the wire: amounts as decimals, times in RFC 3339. */
export type AuditRecord = {
  action: AuditAction;
  object: { type: AuditObject; id?: string | null; name?: string | null };
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  /** Where the verb itself stands above organizations, the one that it concerns. */
  organizationId?: string;
};

const LONGEST_AGENT = 200;

function idOf(actor: Actor): string | null {
  if (actor.type === "user") return actor.userId;
  if (actor.type === "gateway") return actor.secretId;
  return actor.type === "key" ? actor.keyId : null;
}

// The name that the actor has now is read by the same statement.
const INSERT = `INSERT INTO audit_entry (organization_id, id, at, actor_type, actor_id, actor_name, action, object_type,
    object_id, object_name, before, after, address, agent)
  VALUES ($1, $2, $3, $4, $5, CASE $4 WHEN 'user' THEN (SELECT email FROM "user" WHERE id = $5::uuid)
    WHEN 'gateway' THEN (SELECT name FROM gateway_secret WHERE id = $5::uuid) END, $6, $7, $8, $9, $10, $11, $12, $13)`;

export async function insertAudit(
  client: Client,
  { actor, origin, now }: InstallationContext,
  organizationId: string,
  { action, object, before, after }: AuditRecord,
): Promise<void> {
  await client.query(INSERT, [
    ...[organizationId, newId(now), now, actor.type, idOf(actor), action, object.type, object.id ?? null],
    ...[object.name ?? null, before ?? null, after ?? null, origin?.address ?? null],
    origin?.agent?.slice(0, LONGEST_AGENT) ?? null,
  ]);
}

/** `before` is the id that the page ends at; ids start with their time. */
export async function readAudit(
  { tables }: Client,
  organizationId: string,
  { from, to, actor, action, object }: AuditCsvQuery,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<AuditEntry[]> {
  if (actor !== undefined && !isUuid(actor)) return [];
  const rows = await tables.auditEntry.findMany({
    where: { organizationId, at: { gte: from, lt: to }, actorId: actor, action, objectId: object, id: { lt: before } },
    omit: { organizationId: true },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(({ actorType, actorId, actorName, objectType, objectId, objectName, at, ...row }) => ({
    ...(row as Pick<AuditEntry, "id" | "action" | "before" | "after" | "address" | "agent">),
    at: at.toISOString(),
    actor: { type: actorType as AuditEntry["actor"]["type"], id: actorId, name: actorName },
    object: { type: objectType as AuditObject, id: objectId, name: objectName },
  }));
}
