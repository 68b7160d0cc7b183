/** Rows of the audit log. They are only ever added. */
import { newId } from "@/lib/kernel/ids";
import type { Actor, InstallationContext } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import type { AuditAction, AuditCsvQuery, AuditEntry, AuditObject } from "./schema";

/** What was done, as its verb knows it. Values are as on the wire: amounts as decimals, times in RFC 3339. */
export type AuditRecord = {
  action: AuditAction;
  object: { type: AuditObject; id?: string | null; name?: string | null };
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  /** Where the verb itself stands above organizations, the one that it concerns. */
  organizationId?: string;
};

/** The organization of what concerns the whole installation. */
export const NIL = "00000000-0000-0000-0000-000000000000";
const LONGEST_AGENT = 200;

function idOf(actor: Actor): string | null {
  if (actor.type === "user") return actor.userId;
  if (actor.type === "gateway") return actor.secretId;
  return actor.type === "key" ? actor.keyId : null;
}

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

type Row = Omit<AuditEntry, "at" | "actor" | "object"> & {
  at: Date;
  actorType: AuditEntry["actor"]["type"];
  actorId: string | null;
  actorName: string | null;
  objectType: AuditObject;
  objectId: string | null;
  objectName: string | null;
};
const COLUMNS = `id, at, action, before, after, address, agent, actor_type AS "actorType", actor_id AS "actorId",
  actor_name AS "actorName", object_type AS "objectType", object_id AS "objectId", object_name AS "objectName"`;

/** `before` is the id that the page ends at; ids start with their time. */
export async function readAudit(
  client: Client,
  organizationId: string,
  query: AuditCsvQuery,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<AuditEntry[]> {
  const values: unknown[] = [organizationId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = ["organization_id = $1"];
  if (query.from) where.push(`at >= ${bind(query.from)}`);
  if (query.to) where.push(`at < ${bind(query.to)}`);
  if (query.actor) where.push(`actor_id::text = ${bind(query.actor)}`);
  if (query.action) where.push(`action = ${bind(query.action)}`);
  if (query.object) where.push(`object_id = ${bind(query.object)}`);
  if (before) where.push(`id < ${bind(before)}`);
  const { rows } = await client.query<Row>(
    `SELECT ${COLUMNS} FROM audit_entry WHERE ${where.join(" AND ")} ORDER BY id DESC LIMIT ${bind(limit)}`,
    values,
  );
  return rows.map(({ actorType, actorId, actorName, objectType, objectId, objectName, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
    actor: { type: actorType, id: actorId, name: actorName },
    object: { type: objectType, id: objectId, name: objectName },
  }));
}
